/**
 * Names of operators. `1 + 2` calls `plus`, and so calls a rule, an import or a variable of that name, where there is one:
 * policies that have such names say what operators mean.
 */
import type { Kind } from './kinds.js'

export interface OperatorName {
  readonly name: string
  readonly args: readonly Kind[]
  readonly result: Kind
}

const binary = (result: Kind, arg: Kind, names: readonly string[]): OperatorName[] => names.map((name) => ({ name, args: [arg, arg], result }))

/** Operators that have a value. */
export const OPERATOR_NAMES: readonly OperatorName[] = [
  ...binary('number', 'number', ['plus', 'minus', 'mul', 'div', 'rem']),
  ...binary('set', 'set', ['and', 'or']),
  ...binary('boolean', 'any', ['equal', 'neq', 'lt', 'lte', 'gt', 'gte', 'internal.member_2']),
  { name: 'internal.member_3', args: ['any', 'any', 'any'], result: 'boolean' },
]

/** Those that bind variables: a policy that has one of these names is mostly refused. */
export const BINDING_NAMES: readonly OperatorName[] = binary('any', 'any', ['eq', 'assign'])
