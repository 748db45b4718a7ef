/**
 * Messages of the static type checker. The sentences are OPA's; the types that it puts below them are in the hints.
 */
import type { MessageRow } from '../diagnostic.js'

const code = 'rego_type_error'

export const TYPE_MESSAGES = {
  'match-error': {
    code,
    text: (_left: string, _right: string) => 'match error',
    hint: (left: string, right: string) => `the sides can never be equal: left is ${left}, right is ${right}`,
    explain:
      'Both sides of `=`, `==` or `in` are known well enough to tell that no value fits both. Types are inferred from ' +
      'literals, rules, and results and arguments of functions.',
  },
  'undefined-ref': {
    code,
    text: (ref: string, _hint: string) => `undefined ref: ${ref}`,
    hint: (_ref: string, hint: string) => hint,
    explain:
      'The reference looks into something of a known type that has no such key: a rule, a literal, the result of a function, ' +
      'or a document with a schema.',
  },
  'invalid-arguments': {
    code,
    text: (name: string, _have: string, _want: string) => `${name}: invalid argument(s)`,
    hint: (_name: string, have: string, want: string) => `have ${have}, want ${want}`,
    explain:
      'An argument can never be of a type that the function takes. What the functions of a policy take follows from the ' +
      'patterns of their arguments and from what their bodies do with them.',
  },
  'stand-in-mismatch': {
    code,
    text: (name: string, _have: string, _want: string) => `${name}: arity mismatch`,
    hint: (_name: string, have: string, want: string) => `have ${have}, want ${want}`,
    explain: '`with` replaces a function by one that takes other types of arguments.',
  },
  'undefined-schema': {
    code,
    text: (ref: string) => `undefined schema: ${ref}`,
    hint: () => 'pass a schema of this name, or correct the annotation',
    explain: 'A `schemas` annotation names a schema that was not given to the compiler.',
  },
  'invalid-schema': {
    code,
    text: (problem: string) => problem,
    hint: () => 'correct the schema: nothing is checked against it',
    explain: 'A JSON Schema is malformed, refers to something that is not in it, or combines parts that exclude each other.',
  },
} as const satisfies Record<string, MessageRow<never>>
