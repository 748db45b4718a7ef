/**
 * The TypeScript implementations of the builtins, by name.
 *
 * Families that need a library are loaded when `prepareBuiltins` is asked for one of their names, so that a policy pulls in
 * no more than it uses; the others are always there. What reaches the network is not here at all.
 */
import { type BuiltinContext, BuiltinError, type FunctionTable, type HostFunction } from './context.js'
import { AGGREGATES } from './impl/aggregates.js'
import { COLLECTIONS } from './impl/collections.js'
import { COMPARISON } from './impl/comparison.js'
import { ENCODING } from './impl/encoding.js'
import { JSON_PATCH } from './impl/json-patch.js'
import { JSON_SELECT } from './impl/json-select.js'
import { NUMBERS } from './impl/numbers.js'
import { OBJECTS } from './impl/objects.js'
import { SPRINTF } from './impl/sprintf.js'
import { STRINGS } from './impl/strings.js'
import { TYPES } from './impl/types.js'
import type { RegoValue } from '../value/value.js'

const READY: ReadonlyMap<string, HostFunction> = new Map(
  [COMPARISON, TYPES, NUMBERS, AGGREGATES, COLLECTIONS, ENCODING, OBJECTS, JSON_SELECT, JSON_PATCH, SPRINTF, STRINGS].flatMap((table) => Object.entries(table)),
)

/** The implementation of a builtin; undefined if there is none. It throws if its family has not been prepared. */
export function hostFunction(name: string): HostFunction | undefined {
  const implementation = READY.get(name)
  return implementation === undefined ? undefined : namingFaults(name, implementation)
}

/** Puts the name of the builtin before the messages of its failures, as OPA does. */
function namingFaults(name: string, implementation: HostFunction): HostFunction {
  return (context, ...args) => {
    try {
      return implementation(context, ...args)
    } catch (error) {
      if (error instanceof BuiltinError) throw new BuiltinError(error.code, `${name}: ${error.message}`)
      throw error
    }
  }
}

export type { BuiltinContext, FunctionTable, RegoValue }
