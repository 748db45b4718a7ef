/** Types: asking for one, and turning values into another. */
import { numberOf } from '../../value/number.js'
import { quoteText } from '../../value/text.js'
import { type RegoTypeName, type RegoValue, RegoSet, isArray, num, typeNameOf } from '../../value/value.js'
import { type FunctionTable, type HostFunction, failure } from '../context.js'
import { isNumber, typeFault, wrongType } from '../operand.js'

const isOfType =
  (name: RegoTypeName): HostFunction =>
  (_, value) =>
    typeNameOf(value as RegoValue) === name

/** The value itself if it is of the type, else a type error. */
const sameType =
  (name: RegoTypeName): HostFunction =>
  (_, value) => {
    if (typeNameOf(value as RegoValue) === name) return value
    throw wrongType(value, 1, name)
  }

export const TYPES: FunctionTable = {
  is_array: isOfType('array'),
  is_boolean: isOfType('boolean'),
  is_null: isOfType('null'),
  is_number: isOfType('number'),
  is_object: isOfType('object'),
  is_set: isOfType('set'),
  is_string: isOfType('string'),
  type_name: (_, value) => typeNameOf(value as RegoValue),
  cast_array: (_, value) => {
    if (value instanceof RegoSet) return value.items
    if (value !== undefined && isArray(value)) return value
    throw wrongType(value, 1, 'array')
  },
  cast_boolean: sameType('boolean'),
  cast_null: sameType('null'),
  cast_object: sameType('object'),
  cast_set: (_, value) => {
    if (value instanceof RegoSet) return value
    if (value !== undefined && isArray(value)) return RegoSet.of(value)
    throw wrongType(value, 1, 'set')
  },
  cast_string: sameType('string'),
  to_number: (_, value) => {
    if (value === null) return num(0)
    if (typeof value === 'boolean') return num(value ? 1 : 0)
    if (typeof value === 'string') return parseNumber(value)
    if (isNumber(value)) return value
    throw wrongType(value, 1, 'null', 'boolean', 'number', 'string')
  },
}

/** Any spelling that Go's `ParseFloat` takes; those that are not JSON become one that is. */
function parseNumber(text: string): RegoValue {
  if (/^[+-]?(?:inf|infinity|nan)$/i.test(text)) throw typeFault(1, 'valid number string', 'string')
  const digits = withoutUnderscores(text)
  const decimal = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+)?$/.exec(digits)
  if (decimal !== null && (decimal[2] !== '' || (decimal[3] ?? '') !== '')) {
    if (!Number.isFinite(Number(digits))) throw failure(`strconv.ParseFloat: parsing ${quoteText(text)}: value out of range`)
    if (/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(text)) return numberOf(text)
    const [, sign = '', whole = '', fraction = '', exponent = ''] = decimal
    const integer = whole.replace(/^0+(?=.)/, '') || '0'
    return numberOf(`${sign === '-' ? '-' : ''}${integer}${fraction === '' ? '' : `.${fraction}`}${exponent}`)
  }
  const hex = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?[0-9]{1,5})$/.exec(digits)
  if (hex !== null && (hex[2] !== '' || (hex[3] ?? '') !== '')) {
    const [, sign = '', whole = '', fraction = '', power = ''] = hex
    const value = Number(BigInt(`0x0${whole}${fraction}`)) * 2 ** (Number(power) - 4 * fraction.length)
    if (!Number.isFinite(value)) throw failure(`strconv.ParseFloat: parsing ${quoteText(text)}: value out of range`)
    return num(sign === '-' ? -value : value)
  }
  throw failure(`strconv.ParseFloat: parsing ${quoteText(text)}: invalid syntax`)
}

/** Underscores may stand between digits, as in Go's literals; elsewhere they stay and make the text no number. */
function withoutUnderscores(text: string): string {
  return text.includes('_') ? text.replace(/(?<=[0-9a-fA-FxX])_(?=[0-9a-fA-F])/g, '') : text
}
