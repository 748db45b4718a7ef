/** Counting, summing, sorting: collections to one value. */
import { productOf, sumOf } from '../../value/arithmetic.js'
import { compareValues } from '../../value/compare.js'
import type { RegoNumber } from '../../value/number.js'
import { RegoObject, type RegoValue, RegoSet, isArray, num } from '../../value/value.js'
import type { FunctionTable } from '../context.js'
import { codePointCount } from '../code-points.js'
import { membersOf, numbersOf, wrongType } from '../operand.js'

/** Digits that are added, for one unit of work; as many times as many are multiplied. */
const DIGITS_PER_UNIT = 64

export const AGGREGATES: FunctionTable = {
  count: (_, collection) => {
    if (typeof collection === 'string') return num(codePointCount(collection))
    if (collection instanceof RegoObject || collection instanceof RegoSet) return num(collection.size)
    if (collection !== undefined && isArray(collection)) return num(collection.length)
    throw wrongType(collection, 1, 'array', 'object', 'set', 'string')
  },
  sum: ({ spend }, collection) => {
    const numbers = numbersOf(collection, 1)
    const most = sizesOf(numbers).reduce((one, other) => Math.max(one, other), 1)
    spend?.((numbers.length * most) / DIGITS_PER_UNIT)
    return sumOf(numbers)
  },
  product: ({ spend }, collection) => {
    const numbers = numbersOf(collection, 1)
    const size = sizesOf(numbers).reduce((sum, one) => sum + one, 0)
    spend?.((size / DIGITS_PER_UNIT) ** 2)
    return productOf(numbers)
  },
  // Of equal members the last counts, which shows in the spelling of numbers.
  max: (_, collection) => best(membersOf(collection, 1), (order) => order >= 0),
  min: (_, collection) => best(membersOf(collection, 1), (order) => order <= 0),
  sort: (_, collection) => (collection instanceof RegoSet ? collection.items : [...membersOf(collection, 1)].sort(compareValues)),
  all: (_, collection) => membersOf(collection, 1).every((member) => member === true),
  any: (_, collection) => membersOf(collection, 1).some((member) => member === true),
}

/** How many digits a number may be written out with. */
function sizesOf(numbers: readonly RegoNumber[]): readonly number[] {
  return numbers.map((number) => number.text.length + Math.abs(number.parts.exponent))
}

function best(members: readonly RegoValue[], isBetter: (order: number) => boolean): RegoValue | undefined {
  if (members.length === 0) return undefined
  return members.reduce((found, member) => (isBetter(compareValues(member, found)) ? member : found))
}
