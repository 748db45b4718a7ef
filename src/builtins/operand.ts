/**
 * Takes the operands of builtins apart: each function here gives an operand as the type that is wanted, or throws the type
 * error that OPA raises. Places count from 1.
 */
import { integerOf } from '../value/arithmetic.js'
import type { RegoNumber } from '../value/number.js'
import { RegoObject, RegoSet, type RegoArray, type RegoTypeName, type RegoValue, isArray, typeNameOf } from '../value/value.js'
import { BuiltinError } from './context.js'

export function typeFault(place: number, wanted: string, got: string): BuiltinError {
  return new BuiltinError('eval_type_error', `operand ${place} must be ${wanted} but got ${got}`)
}

/** An array or set of strings that holds something else. */
function memberFault(place: number, collection: RegoValue, wanted: string, found: RegoValue): BuiltinError {
  return typeFault(place, `${typeNameOf(collection)} of ${wanted}s`, `${typeNameOf(collection)} containing ${typeNameOf(found)}`)
}

export function stringOf(value: RegoValue | undefined, place: number): string {
  if (typeof value === 'string') return value
  throw wrongType(value, place, 'string')
}

export function booleanOf(value: RegoValue | undefined, place: number): boolean {
  if (typeof value === 'boolean') return value
  throw wrongType(value, place, 'boolean')
}

export function numberOperand(value: RegoValue | undefined, place: number): RegoNumber {
  if (isNumber(value)) return value
  throw wrongType(value, place, 'number')
}

export function arrayOperand(value: RegoValue | undefined, place: number): RegoArray {
  if (value !== undefined && isArray(value)) return value
  throw wrongType(value, place, 'array')
}

export function objectOperand(value: RegoValue | undefined, place: number): RegoObject {
  if (value instanceof RegoObject) return value
  throw wrongType(value, place, 'object')
}

export function setOperand(value: RegoValue | undefined, place: number): RegoSet {
  if (value instanceof RegoSet) return value
  throw wrongType(value, place, 'set')
}

/** An integer of any size. */
export function integerOperand(value: RegoValue | undefined, place: number): bigint {
  const integer = integerOf(numberOperand(value, place))
  if (integer === undefined) throw typeFault(place, 'integer number', 'floating-point number')
  return integer
}

/**
 * An index, offset or count. What a double does not hold is far outside of every collection and string, so that it may be
 * inexact.
 */
export function indexOperand(value: RegoValue | undefined, place: number): number {
  const whole = machineInteger(numberOperand(value, place))
  if (whole === undefined) throw typeFault(place, 'integer number', 'floating-point number')
  return Number(whole)
}

/** Most digits that a machine integer with a point may have, zeros behind the point included. */
const MOST_WITH_POINT = 18

/** An integer of 64 bits, written without an exponent: `1.0` will do, `1e0` will not, as in OPA. */
export function machineInteger({ text }: RegoNumber): bigint | undefined {
  const [, digits, zeros] = /^(-?[0-9]+)(?:\.(0*))?$/.exec(text) ?? []
  if (zeros !== undefined && text.replace(/[-.]/g, '').length > MOST_WITH_POINT) return undefined
  const whole = digits === undefined ? undefined : BigInt(digits)
  return whole === undefined || BigInt.asIntN(64, whole) !== whole ? undefined : whole
}

/** The members of an array or a set. */
export function membersOf(value: RegoValue | undefined, place: number): readonly RegoValue[] {
  if (value instanceof RegoSet) return value.items
  if (value !== undefined && isArray(value)) return value
  throw wrongType(value, place, 'set', 'array')
}

/** The strings of an array or a set. */
export function stringsOf(value: RegoValue | undefined, place: number): readonly string[] {
  return membersOf(value, place).map((member) => {
    if (typeof member === 'string') return member
    throw memberFault(place, value as RegoValue, 'string', member)
  })
}

/** The numbers of an array or a set. */
export function numbersOf(value: RegoValue | undefined, place: number): readonly RegoNumber[] {
  return membersOf(value, place).map((member) => {
    if (isNumber(member)) return member
    throw memberFault(place, value as RegoValue, 'number', member)
  })
}

export function isNumber(value: RegoValue | undefined): value is RegoNumber {
  return value !== undefined && typeNameOf(value) === 'number'
}

/** Several types would do, and the operand has none of them. */
export function wrongType(value: RegoValue | undefined, place: number, ...wanted: RegoTypeName[]): BuiltinError {
  const types = wanted.length === 1 ? (wanted[0] as string) : `one of {${wanted.join(', ')}}`
  return typeFault(place, types, value === undefined ? 'undefined' : typeNameOf(value))
}
