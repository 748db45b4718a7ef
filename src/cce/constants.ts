/** The rules of a module that are constants, as JSON. */
import type { Module, Rule, Term } from '../syntax/ast.js'
import { compareNumbers, numberOf } from '../value/number.js'
import { type JsonValue, objectFrom } from './json-value.js'

/** Every name that the module defines, with its value if it is defined once and by a constant that JSON has. */
export function constantsOf(module: Module): ReadonlyMap<string, JsonValue | undefined> {
  const found = new Map<string, JsonValue | undefined>()
  for (const rule of module.rules) {
    const { name } = rule.head
    found.set(name, found.has(name) ? undefined : constantOf(rule))
  }
  return found
}

function constantOf({ head, bodies, elses, default: isDefault }: Rule): JsonValue | undefined {
  const isPlain = head.path.length === 0 && head.args === undefined && head.contains === undefined && !isDefault
  const isFact = isPlain && bodies.length === 0 && elses.length === 0
  return isFact && head.value !== undefined ? jsonOf(head.value) : undefined
}

/** The value of a term without variables, calls and sets; the parser has bounded its depth. */
function jsonOf(term: Term): JsonValue | undefined {
  switch (term.kind) {
    case 'null':
      return null
    case 'boolean':
    case 'string':
      return term.value
    case 'number':
      return numberFrom(term.text)
    case 'array': {
      const items = term.items.map(jsonOf)
      return items.includes(undefined) ? undefined : (items as JsonValue[])
    }
    case 'object':
      return objectOf(term.entries)
    default:
      return undefined
  }
}

function objectOf(entries: readonly { readonly key: Term; readonly value: Term }[]): JsonValue | undefined {
  const members: [string, JsonValue][] = []
  for (const { key, value } of entries) {
    const json = jsonOf(value)
    if (key.kind !== 'string' || json === undefined) return undefined
    members.push([key.value, json])
  }
  return objectFrom(members)
}

/** Undefined where a double would be another number. */
function numberFrom(text: string): number | undefined {
  const number = Number(text)
  return Number.isFinite(number) && compareNumbers(numberOf(String(number)), numberOf(text)) === 0 ? number : undefined
}
