/** Finding an object of one policy again in the other. */
import { sortedJson } from '../../cce/rego-json.js'
import type { NormalObject } from './normal.js'

export interface Pairing<Item> {
  readonly pairs: readonly (readonly [before: Item, after: Item])[]
  readonly removed: readonly Item[]
  readonly added: readonly Item[]
}

/** By what two objects may be known to be the same: a text, or undefined for those that this trait says nothing about. */
export type Trait<Item> = (item: Item) => string | undefined

/**
 * Pairs by one trait after the other, the surest first; of objects that share a trait the first is paired with the first.
 * Each trait is one pass, however long the lists are.
 */
export function pairUp<Item>(before: readonly Item[], after: readonly Item[], traits: readonly Trait<Item>[]): Pairing<Item> {
  let [left, right] = [before, after]
  const pairs: (readonly [Item, Item])[] = []
  for (const trait of traits) {
    const waiting = new Map<string, Item[]>()
    for (const item of [...right].reverse()) {
      const key = trait(item)
      if (key === undefined) continue
      const known = waiting.get(key)
      if (known === undefined) waiting.set(key, [item])
      else known.push(item)
    }
    const taken = new Set<Item>()
    left = left.filter((item) => {
      const key = trait(item)
      const found = key === undefined ? undefined : waiting.get(key)?.pop()
      if (found === undefined) return true
      taken.add(found)
      pairs.push([item, found])
      return false
    })
    right = right.filter((item) => !taken.has(item))
  }
  return { pairs, removed: left, added: right }
}

const exactly: Trait<NormalObject> = ({ key }) => key

/** The object's values of some members together; undefined unless it has all of them. */
function byMembers(...names: readonly string[]): Trait<NormalObject> {
  return ({ members }) => {
    const values = names.map((name) => members[name])
    return values.includes(undefined) ? undefined : sortedJson(values as NonNullable<(typeof values)[number]>[])
  }
}

/** The program that is run, without its arguments. */
const byProgram: Trait<NormalObject> = ({ members }) => {
  const command = members['command']
  return Array.isArray(command) && typeof command[0] === 'string' ? command[0] : undefined
}

/** The name of the variable that an environment rule is about, as far as it is written out. */
const byVariable: Trait<NormalObject> = ({ members }) => {
  const { pattern, name } = members
  return typeof pattern === 'string' ? pattern.split('=', 1)[0] : typeof name === 'string' ? name : undefined
}

export const TRAITS: Readonly<Record<string, readonly Trait<NormalObject>[]>> = {
  containers: [exactly, byMembers('layers', 'command'), ({ name }) => name, byMembers('layers'), byMembers('command'), byProgram],
  external_processes: [exactly, byMembers('command'), byProgram],
  fragments: [exactly, byMembers('issuer', 'feed'), byMembers('feed'), byMembers('issuer')],
  platform_rules: [exactly, byMembers('mounts'), byMembers('env_rules')],
  transparency_trust_lists: [exactly, byMembers('issuer', 'subject'), byMembers('subject')],
  env_rules: [exactly, byVariable],
  mounts: [exactly, byMembers('destination')],
  exec_processes: [exactly, byMembers('command')],
}
