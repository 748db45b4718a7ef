/**
 * The order in which OPA keeps what object and set literals consist of: by term, constants before variables before
 * references. It is seen where parts turn out to be equal: the last value of a key wins, and the first spelling of it.
 */
import { compareStrings, compareValues } from '../../value/compare.js'
import { typeNameOf } from '../../value/value.js'
import type { CoreLocal, CoreRef, CoreTerm } from '../core.js'

const RANKS: readonly string[] = [
  ...['null', 'boolean', 'number', 'string', 'local', 'ref', 'array', 'object', 'set'],
  ...['array-compr', 'object-compr', 'set-compr', 'call'],
]

/** Negative if `a` comes first; 0 where nothing can be said before the parts have values. */
export function compareTerms(a: CoreTerm, b: CoreTerm): number {
  const ranks = rankOf(a) - rankOf(b)
  if (ranks !== 0) return ranks
  if (a.kind === 'const' && b.kind === 'const') return compareValues(a.value, b.value)
  if (a.kind === 'local' && b.kind === 'local') return compareLocals(a, b)
  if (a.kind === 'ref' && b.kind === 'ref') return compareRefs(a, b)
  return 0
}

function rankOf(term: CoreTerm): number {
  return RANKS.indexOf(term.kind === 'const' ? typeNameOf(term.value) : term.kind)
}

/** Those that are written come before those that are made up, and in the order of their declarations. */
function compareLocals(a: CoreLocal, b: CoreLocal): number {
  return Number(isMadeUp(a)) - Number(isMadeUp(b)) || a.id - b.id
}

function isMadeUp({ name }: CoreLocal): boolean {
  return name.startsWith('__local')
}

function compareRefs(a: CoreRef, b: CoreRef): number {
  const heads = compareStrings(headText(a), headText(b))
  if (heads !== 0) return heads
  const length = Math.min(a.path.length, b.path.length)
  for (let place = 0; place < length; place++) {
    const order = compareTerms(a.path[place] as CoreTerm, b.path[place] as CoreTerm)
    if (order !== 0) return order
  }
  return a.path.length - b.path.length
}

/** References to locals come first: their names begin with an underscore. */
function headText({ head }: CoreRef): string {
  return head.kind === 'term' ? '' : head.kind
}
