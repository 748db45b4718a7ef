/** Counting, summing, sorting: collections to one value. */
import { productOf, sumOf } from '../../value/arithmetic.js'
import { compareValues } from '../../value/compare.js'
import { RegoObject, type RegoValue, RegoSet, isArray, num } from '../../value/value.js'
import type { FunctionTable } from '../context.js'
import { codePointCount } from '../code-points.js'
import { membersOf, numbersOf, wrongType } from '../operand.js'

export const AGGREGATES: FunctionTable = {
  count: (_, collection) => {
    if (typeof collection === 'string') return num(codePointCount(collection))
    if (collection instanceof RegoObject || collection instanceof RegoSet) return num(collection.size)
    if (collection !== undefined && isArray(collection)) return num(collection.length)
    throw wrongType(collection, 1, 'array', 'object', 'set', 'string')
  },
  sum: (_, collection) => sumOf(numbersOf(collection, 1)),
  product: (_, collection) => productOf(numbersOf(collection, 1)),
  // Of equal members the last counts, which shows in the spelling of numbers.
  max: (_, collection) => best(membersOf(collection, 1), (order) => order >= 0),
  min: (_, collection) => best(membersOf(collection, 1), (order) => order <= 0),
  sort: (_, collection) => (collection instanceof RegoSet ? collection.items : [...membersOf(collection, 1)].sort(compareValues)),
  all: (_, collection) => membersOf(collection, 1).every((member) => member === true),
  any: (_, collection) => membersOf(collection, 1).some((member) => member === true),
}

function best(members: readonly RegoValue[], isBetter: (order: number) => boolean): RegoValue | undefined {
  if (members.length === 0) return undefined
  return members.reduce((found, member) => (isBetter(compareValues(member, found)) ? member : found))
}
