/** What the warnings of a policy are drawn from: its rules, and those of its names that are constants. */
import type { Module, Rule } from '../../syntax/ast.js'
import { constantsOf } from '../constants.js'
import { type JsonValue, isJsonObject } from '../json-value.js'
import { compareVersions } from '../version.js'
import { FRAMEWORK_VERSION } from './api-table.js'

/** How the objects of a policy are taken, by the framework version it states. */
export type ObjectAge = 'current' | 'older' | 'ignored' | 'unknown'

export class PolicyFacts {
  readonly constants: ReadonlyMap<string, JsonValue | undefined>
  readonly #rules = new Map<string, Rule[]>()

  constructor(readonly module: Module) {
    this.constants = constantsOf(module)
    for (const rule of module.rules) {
      const known = this.#rules.get(rule.head.name)
      if (known === undefined) this.#rules.set(rule.head.name, [rule])
      else known.push(rule)
    }
  }

  defines(name: string): boolean {
    return this.#rules.has(name)
  }

  rules(name: string): readonly Rule[] {
    return this.#rules.get(name) ?? []
  }

  /** The objects of a list that is a constant, with their places. */
  objects(name: string): readonly PlacedObject[] {
    return placed(name, this.constants.get(name))
  }

  /** The version of the objects; undefined if it is computed, or not stated. */
  get frameworkVersion(): JsonValue | undefined {
    return this.constants.get(this.defines('framework_version') ? 'framework_version' : 'framework_svn')
  }

  get age(): ObjectAge {
    if (!this.defines('framework_version') && !this.defines('framework_svn')) return 'ignored'
    if (this.frameworkVersion === undefined) return 'unknown'
    const order = compareVersions(this.frameworkVersion, FRAMEWORK_VERSION)
    return order === undefined || order > 0 ? 'ignored' : order === 0 ? 'current' : 'older'
  }

  /** Whether the objects are of a version before this one. */
  isBefore(version: string): boolean {
    const order = compareVersions(this.frameworkVersion, version)
    return order !== undefined && order < 0
  }
}

export interface PlacedObject {
  readonly where: string
  readonly object: JsonMembers
}

export type JsonMembers = { readonly [name: string]: JsonValue }

/** The objects of a list, with their places. */
export function placed(name: string, list: JsonValue | undefined): readonly PlacedObject[] {
  if (!Array.isArray(list)) return []
  return (list as readonly JsonValue[]).flatMap((object, at) =>
    isJsonObject(object) ? [{ where: `${name}[${at}]`, object }] : [],
  )
}
