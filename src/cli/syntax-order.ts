/** The order in which OPA's parser keeps the members of set literals and the keys of object literals. */
import { compareStrings } from '../value/compare.js'
import { compareNumbers, numberOf } from '../value/number.js'
import { JsonText } from './json-text.js'
import type { TermJson } from './syntax-json-terms.js'

const RANKS: readonly string[] = [
  ...['null', 'boolean', 'number', 'string', 'templatestring', 'var', 'ref', 'array', 'object', 'set'],
  ...['arraycomprehension', 'objectcomprehension', 'setcomprehension', 'call'],
]

/** Members ascending, each once. */
export function sortedTerms(terms: readonly TermJson[]): readonly TermJson[] {
  const sorted = [...terms].sort(compareTerms)
  return sorted.filter((term, at) => at === 0 || compareTerms(term, sorted[at - 1] as TermJson) !== 0)
}

/** Entries ascending by key; of equal keys all stay, in their order. */
export function sortedEntries(entries: readonly (readonly [TermJson, TermJson])[]): readonly (readonly [TermJson, TermJson])[] {
  return [...entries].sort(([a], [b]) => compareTerms(a, b))
}

function compareTerms(a: TermJson, b: TermJson): number {
  const ranks = RANKS.indexOf(a.type) - RANKS.indexOf(b.type)
  if (ranks !== 0) return ranks
  const [left, right] = [a.value, b.value]
  if (left instanceof JsonText && right instanceof JsonText) return compareNumbers(numberOf(left.text), numberOf(right.text))
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right)
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right)
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(flat(left), flat(right))
  return compareStrings(JSON.stringify(left), JSON.stringify(right))
}

function compareLists(left: readonly TermJson[], right: readonly TermJson[]): number {
  for (const [at, one] of left.entries()) {
    const other = right[at]
    const order = other === undefined ? 1 : compareTerms(one, other)
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** Members; of objects, keys and values by turns. */
function flat(members: readonly unknown[]): readonly TermJson[] {
  return members.flat() as readonly TermJson[]
}
