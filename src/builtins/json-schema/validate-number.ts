/** What schemas say about numbers; all of it exact. */
import { compareNumbers, type RegoNumber } from '../../value/number.js'
import { formatFloat } from '../go/float-text.js'
import type { SchemaObject } from './schema.js'
import type { Result } from './validate.js'

export function validateNumber(value: RegoNumber, schema: SchemaObject, path: readonly string[], result: Result): void {
  const { multipleOf, minimum, maximum } = schema
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) {
    result.add(path, 'multiple_of', `Must be a multiple of ${shown(multipleOf)}`)
  }
  if (maximum !== undefined) {
    const order = compareNumbers(value, maximum.limit)
    if (maximum.isExclusive && order >= 0) result.add(path, 'number_lt', `Must be less than ${shown(maximum.limit)}`)
    else if (order > 0) result.add(path, 'number_lte', `Must be less than or equal to ${shown(maximum.limit)}`)
  }
  if (minimum !== undefined) {
    const order = compareNumbers(value, minimum.limit)
    if (minimum.isExclusive && order <= 0) result.add(path, 'number_gt', `Must be greater than ${shown(minimum.limit)}`)
    else if (order < 0) result.add(path, 'number_gte', `Must be greater than or equal to ${shown(minimum.limit)}`)
  }
  result.score++
}

/** Limits are shown as doubles are. */
function shown({ text }: RegoNumber): string {
  return formatFloat(Number(text), 'g', undefined)
}

function isMultiple(value: RegoNumber, factor: RegoNumber): boolean {
  const exponent = Math.min(value.parts.exponent, factor.parts.exponent)
  const scaled = ({ parts }: RegoNumber): bigint => parts.digits * 10n ** BigInt(parts.exponent - exponent)
  return scaled(value) % scaled(factor) === 0n
}
