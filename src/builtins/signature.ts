/**
 * Types of builtin functions, and the row that says everything about one of them.
 *
 * Rows live under `rows/`, one file per group; `table.ts` gathers them. `declJson` writes a signature the way a plan's
 * `static.builtin_funcs` has it.
 */

/** A type in a signature. */
export type TypeDecl =
  | { readonly kind: 'null' | 'boolean' | 'number' | 'string' }
  /** One of several types; of anything if `of` is empty. */
  | { readonly kind: 'any'; readonly of: readonly TypeDecl[] }
  /** Fixed positions, then any number of `dynamic` ones. */
  | { readonly kind: 'array'; readonly static: readonly TypeDecl[]; readonly dynamic: TypeDecl | undefined }
  | { readonly kind: 'set'; readonly of: TypeDecl }
  /** Required keys, and the type of all other entries. */
  | {
      readonly kind: 'object'
      readonly static: readonly { readonly key: string; readonly value: TypeDecl }[]
      readonly dynamic: { readonly key: TypeDecl; readonly value: TypeDecl } | undefined
    }

/** Everything the compiler knows about one builtin function. */
export interface BuiltinRow {
  readonly name: string
  /** The group that the documentation lists it under. */
  readonly category: string
  readonly args: readonly TypeDecl[]
  /** Absent for a function without a value, which may only be a statement. */
  readonly result: TypeDecl | undefined
  /** The operator that stands for it. */
  readonly infix: string | undefined
  /** Type of further arguments, of which there may be any number. */
  readonly variadic: TypeDecl | undefined
  /** Whether a call may have several results, which it enumerates. */
  readonly relation: boolean
  /** Whether Rego v1 refuses it. */
  readonly deprecated: boolean
  /** Whether evaluations may differ; within one evaluation equal calls agree. */
  readonly nondeterministic: boolean
  /** First release of OPA that has it; 0.17.0 stands for anything older too. */
  readonly since: string
}

export const nil: TypeDecl = { kind: 'null' }
export const boolean: TypeDecl = { kind: 'boolean' }
export const number: TypeDecl = { kind: 'number' }
export const string: TypeDecl = { kind: 'string' }
export const any: TypeDecl = { kind: 'any', of: [] }
export const oneOf = (...of: readonly TypeDecl[]): TypeDecl => ({ kind: 'any', of })
export const arrayOf = (dynamic: TypeDecl): TypeDecl => ({ kind: 'array', static: [], dynamic })
export const tuple = (...positions: readonly TypeDecl[]): TypeDecl => ({ kind: 'array', static: positions, dynamic: undefined })
export const setOf = (of: TypeDecl): TypeDecl => ({ kind: 'set', of })
export const objectOf = (key: TypeDecl, value: TypeDecl): TypeDecl => ({ kind: 'object', static: [], dynamic: { key, value } })
export const anyArray = arrayOf(any)
export const anySet = setOf(any)
export const anyObject = objectOf(any, any)

/** An object with the given keys, and perhaps others of type `rest`. */
export function record(fields: Readonly<Record<string, TypeDecl>>, rest?: { key: TypeDecl; value: TypeDecl }): TypeDecl {
  return { kind: 'object', static: Object.entries(fields).map(([key, value]) => ({ key, value })), dynamic: rest }
}

/** Makes a row; what is not said has its usual value. */
export function row(
  name: string,
  category: string,
  args: readonly TypeDecl[],
  result: TypeDecl | undefined,
  since: string,
  more: Partial<Pick<BuiltinRow, 'infix' | 'variadic' | 'relation' | 'deprecated' | 'nondeterministic'>> = {},
): BuiltinRow {
  return {
    name,
    category,
    args,
    result,
    infix: more.infix,
    variadic: more.variadic,
    relation: more.relation ?? false,
    deprecated: more.deprecated ?? false,
    nondeterministic: more.nondeterministic ?? false,
    since,
  }
}

/** JSON form of a type, as plans and capabilities have it. */
export interface TypeJson {
  readonly type: string
  readonly of?: TypeJson | readonly TypeJson[]
  readonly dynamic?: TypeJson | { readonly key: TypeJson; readonly value: TypeJson }
  readonly static?: readonly (TypeJson | { readonly key: string; readonly value: TypeJson })[]
}

/** JSON form of a signature. */
export interface FunctionJson {
  readonly args?: readonly TypeJson[]
  readonly result?: TypeJson
  readonly type: 'function'
  readonly variadic?: TypeJson
}

/** The signature as a plan's `static.builtin_funcs[].decl` has it. */
export function declJson(row: Pick<BuiltinRow, 'args' | 'result' | 'variadic'>): FunctionJson {
  return {
    ...(row.args.length === 0 ? {} : { args: row.args.map(typeJson) }),
    ...(row.result === undefined ? {} : { result: typeJson(row.result) }),
    type: 'function',
    ...(row.variadic === undefined ? {} : { variadic: typeJson(row.variadic) }),
  }
}

function typeJson(decl: TypeDecl): TypeJson {
  switch (decl.kind) {
    case 'any':
      return decl.of.length === 0 ? { type: 'any' } : { of: decl.of.map(typeJson), type: 'any' }
    case 'set':
      return { of: typeJson(decl.of), type: 'set' }
    case 'array':
      return {
        ...(decl.dynamic === undefined ? {} : { dynamic: typeJson(decl.dynamic) }),
        ...(decl.static.length === 0 ? {} : { static: decl.static.map(typeJson) }),
        type: 'array',
      }
    case 'object':
      return {
        ...(decl.dynamic === undefined
          ? {}
          : { dynamic: { key: typeJson(decl.dynamic.key), value: typeJson(decl.dynamic.value) } }),
        ...(decl.static.length === 0 ? {} : { static: decl.static.map(({ key, value }) => ({ key, value: typeJson(value) })) }),
        type: 'object',
      }
    default:
      return { type: decl.kind }
  }
}
