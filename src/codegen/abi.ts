/**
 * The ABI's names: what a policy module exports.
 */

/** Exports of the runtime that a module keeps, besides all that begin with `opa_`. */
export const KEPT_GLOBALS = ['rt_fuel', 'rt_memory_limit', 'rt_strict', 'rt_place'] as const

export const ABI_PREFIX = 'opa_'

/** Message of the abort for an entrypoint that does not exist. */
export const ILLEGAL_ENTRYPOINT = 'internal: illegal entrypoint id'
