/**
 * Core Rego: what checking makes of modules and what planning starts from.
 *
 * Everything is resolved. A name is a `local` (numbered, unique in the program), a reference from `input` or `data`, or
 * a callee. Syntactic sugar is gone:
 *
 * - `:=` and `=` are both `unify`; `some x in xs` is `x = xs[_]`; `some` declarations leave no trace;
 * - infix operators and `x in xs` are calls of their builtins (`plus`, `equal`, `internal.member_2`, …);
 * - a call with an extra last argument is `unify(that argument, call)`;
 * - a template string is a call of `internal.template_string` whose array holds, for each embedded expression, a set
 *   comprehension with at most one element (empty stands for undefined);
 * - `print` is gone, or a call of `internal.print` built in the same way;
 * - `rego.metadata.*` are constants; ground array, object and set literals are folded into constants;
 * - the operands of a plain `not` that are to be computed before it (rego-language 7.5) are unified with fresh locals
 *   in front of it.
 *
 * Bodies are ordered: when expressions run from first to last, every local is bound before it is read. At its first
 * occurrence in an output position (a side of `unify`, a key of a reference, a pattern in either) a local is bound
 * there. An unused wildcard is an ordinary local that occurs once.
 */
import type { Span } from '../source/source.js'
import type { RegoValue } from '../value/value.js'

export interface CheckedProgram {
  /** Every definition, ordered by file name, then by place. */
  readonly rules: readonly CheckedRule[]
  /** Packages of all modules, without `data`; each once. A package without rules is an empty object in `data`. */
  readonly packages: readonly (readonly string[])[]
  /** The query, when one was given. */
  readonly query: CheckedQuery | undefined
  /** How many locals are in use: their numbers are 0 … count-1. */
  readonly localCount: number
}

export interface CheckedQuery {
  readonly body: CoreBody
  /** The variables of the query that appear in its solutions, by name. */
  readonly bindings: readonly { readonly name: string; readonly local: CoreLocal }[]
}

/** One definition with its else chain. */
export interface CheckedRule {
  /**
   * `value`: a complete rule (no `keys`), or an entry of nested objects (with `keys`);
   * `set`: `contains` (with `keys`: nested objects whose leaves are sets);
   * `function`: `args` present, no `keys`.
   */
  readonly shape: 'value' | 'set' | 'function'
  /** Package and the constant string prefix of the head, without `data`. */
  readonly path: readonly string[]
  /** The rest of the head reference: constants and locals (anything else is bound to a local in the body). */
  readonly keys: readonly CoreTerm[]
  /** Patterns, unified with the values of a call. */
  readonly args: readonly CoreTerm[] | undefined
  readonly isDefault: boolean
  /** The first body and its else branches, in order. A default has one clause with an empty body. */
  readonly clauses: readonly CheckedClause[]
  readonly span: Span
}

export interface CheckedClause {
  readonly body: CoreBody
  /** The value of the rule, or the member of the set. */
  readonly value: CoreTerm
  readonly span: Span
}

/** A conjunction in evaluation order; an empty one succeeds. */
export type CoreBody = readonly CoreExpr[]

export type CoreExpr = (
  /** Succeeds if the term is defined and not `false`. */
  | { readonly kind: 'term'; readonly term: CoreTerm }
  | { readonly kind: 'unify'; readonly left: CoreTerm; readonly right: CoreTerm }
  /** Succeeds if the body has no solution. */
  | { readonly kind: 'not'; readonly body: CoreBody }
  | {
      readonly kind: 'every'
      readonly key: CoreLocal | undefined
      readonly value: CoreLocal
      readonly domain: CoreTerm
      readonly body: CoreBody
    }
  /** `and`: both have a solution; `or`: one has, the right side is tried only if the left has none. Each binds nothing. */
  | { readonly kind: 'logical'; readonly op: 'and' | 'or'; readonly left: CoreBody; readonly right: CoreBody }
) & {
  /** Replacements in force while this expression is evaluated; their values are evaluated before, outside of them. */
  readonly withs: readonly CoreWith[]
  readonly span: Span
}

export interface CoreWith {
  readonly target:
    | { readonly kind: 'input'; readonly path: readonly string[] }
    | { readonly kind: 'data'; readonly path: readonly string[] }
    | { readonly kind: 'callee'; readonly callee: Callee }
  /** A value, or (for a `callee` target) the function or the document of a rule that stands in. */
  readonly value: { readonly kind: 'value'; readonly term: CoreTerm } | { readonly kind: 'callee'; readonly callee: Callee }
  readonly span: Span
}

/** A function of the language, or a function rule by its path without `data`. */
export type Callee =
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'rule'; readonly path: readonly string[] }

export interface CoreLocal {
  readonly kind: 'local'
  readonly id: number
  /** As written, for messages and for reading plans; generated ones begin with `__local`. */
  readonly name: string
  readonly span: Span
}

export type CoreTerm =
  /** Any ground value, composite ones included. */
  | { readonly kind: 'const'; readonly value: RegoValue; readonly span: Span }
  | CoreLocal
  | CoreRef
  | CoreCall
  | { readonly kind: 'array'; readonly items: readonly CoreTerm[]; readonly span: Span }
  | {
      readonly kind: 'object'
      readonly entries: readonly { readonly key: CoreTerm; readonly value: CoreTerm }[]
      readonly span: Span
    }
  | { readonly kind: 'set'; readonly items: readonly CoreTerm[]; readonly span: Span }
  | { readonly kind: 'array-compr'; readonly head: CoreTerm; readonly body: CoreBody; readonly span: Span }
  | { readonly kind: 'set-compr'; readonly head: CoreTerm; readonly body: CoreBody; readonly span: Span }
  | {
      readonly kind: 'object-compr'
      readonly key: CoreTerm
      readonly head: CoreTerm
      readonly body: CoreBody
      readonly span: Span
    }

/** A look-up from a root. `input` and `data` alone are references with an empty path. */
export interface CoreRef {
  readonly kind: 'ref'
  readonly head: { readonly kind: 'input' } | { readonly kind: 'data' } | { readonly kind: 'term'; readonly term: CoreTerm }
  /** Constants, locals, patterns (arrays, objects with locals in them), references and calls. */
  readonly path: readonly CoreTerm[]
  readonly span: Span
}

/** Undefined if an argument is, or if the function is for these arguments. */
export interface CoreCall {
  readonly kind: 'call'
  readonly callee: Callee
  readonly args: readonly CoreTerm[]
  readonly span: Span
}
