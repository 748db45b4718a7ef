/**
 * The abstract syntax of Rego, v0 and v1: what the parser makes and the printer prints.
 *
 * Nodes are plain, readonly and tagged: `kind` first, `span` last. Nothing is resolved here: a bare name is a `var`
 * whether it will turn out to be a local, a rule, an import or a builtin. Infix operators, `in` and templates keep their
 * own nodes so that a module can be printed as it was written.
 */
import type { Span } from '../source/source.js'

export type RegoVersion = 'v0' | 'v1'

export interface Module {
  readonly kind: 'module'
  /** The version the rules of this module follow: `v1` also for a v0 text that says `import rego.v1`. */
  readonly version: RegoVersion
  readonly package: PackageDecl
  readonly imports: readonly Import[]
  readonly rules: readonly Rule[]
  /** Every comment, in order, without its `#`. */
  readonly comments: readonly Comment[]
  /** Metadata blocks, in order, parsed; malformed ones are diagnostics only where annotations are processed. */
  readonly annotations: readonly AnnotationBlock[]
  /** Keywords in force: `in`, `every`, `if`, `contains`, and the experimental `not`, `and`, `or`. */
  readonly keywords: ReadonlySet<string>
  readonly span: Span
}

export interface PackageDecl {
  readonly kind: 'package'
  /** Path without `data`. */
  readonly path: readonly string[]
  readonly span: Span
}

export interface Import {
  readonly kind: 'import'
  /** First part is `data`, `input`, `future` or `rego`. */
  readonly path: readonly string[]
  readonly alias: string | undefined
  readonly span: Span
}

export interface Comment {
  readonly kind: 'comment'
  readonly text: string
  readonly span: Span
}

export interface AnnotationBlock {
  readonly kind: 'annotations'
  /** The YAML below `# METADATA`, with the `#` of each line removed. */
  readonly text: string
  /** What the block applies to: the rule (by index in `rules`), or the package. Undefined at the end of a file. */
  readonly target:
    { readonly kind: 'rule'; readonly index: number } | { readonly kind: 'package' } | { readonly kind: 'import' } | undefined
  readonly span: Span
}

/** One rule as written. `p { a } { b }` and `p if {a} {b}` have two bodies; the checker splits them. */
export interface Rule {
  readonly kind: 'rule'
  readonly default: boolean
  readonly head: Head
  /** Empty where the rule has no body (which means `true`). */
  readonly bodies: readonly Body[]
  readonly elses: readonly Else[]
  /** Whether `if` introduced the first body. */
  readonly usesIf: boolean
  readonly span: Span
}

export interface Head {
  readonly kind: 'head'
  /** The name and what follows it: `p`, `p.q`, `p[x].r`. `name` may be a reserved word when `path` is not empty. */
  readonly name: string
  readonly path: readonly RefPart[]
  /** Present for functions. */
  readonly args: readonly Term[] | undefined
  /** Present for `contains`, and for a v0 set `p[x] { … }`, which the parser brings into this form. */
  readonly contains: Term | undefined
  readonly value: Term | undefined
  readonly assign: ':=' | '=' | undefined
  readonly span: Span
}

export interface Else {
  readonly kind: 'else'
  readonly value: Term | undefined
  readonly assign: ':=' | '=' | undefined
  readonly body: Body | undefined
  readonly usesIf: boolean
  readonly span: Span
}

/** A query: a conjunction, never empty. */
export interface Body {
  readonly kind: 'body'
  readonly literals: readonly Literal[]
  readonly span: Span
}

/** One member of a body. */
export interface Literal {
  readonly kind: 'literal'
  readonly negated: boolean
  readonly expr: Expr
  readonly withs: readonly With[]
  readonly span: Span
}

export interface With {
  readonly kind: 'with'
  /** A `var` or a `ref`. */
  readonly target: Term
  readonly value: Term
  readonly span: Span
}

export type Expr =
  | { readonly kind: 'some-decl'; readonly vars: readonly VarTerm[]; readonly span: Span }
  | {
      readonly kind: 'some-in'
      readonly key: Term | undefined
      readonly value: Term
      readonly collection: Term
      readonly span: Span
    }
  | {
      readonly kind: 'every'
      readonly key: VarTerm | undefined
      readonly value: VarTerm
      readonly domain: Term
      readonly body: Body
      readonly span: Span
    }
  /** `left := right` */
  | { readonly kind: 'assign'; readonly left: Term; readonly right: Term; readonly span: Span }
  /** `left = right` */
  | { readonly kind: 'unify'; readonly left: Term; readonly right: Term; readonly span: Span }
  | { readonly kind: 'term'; readonly term: Term; readonly span: Span }
  /** `not { … }`, only with `future.keywords.not`; the literal that holds it is `negated`. */
  | { readonly kind: 'body-expr'; readonly body: Body; readonly span: Span }
  /** Experimental `and` / `or`. */
  | {
      readonly kind: 'logical'
      readonly op: 'and' | 'or'
      readonly left: LogicalOperand
      readonly right: LogicalOperand
      readonly span: Span
    }

/**
 * An operand of `and` / `or`: `{ body }` or a parenthesised or bare literal, whose own `withs` are those inside the parentheses.
 */
export type LogicalOperand =
  | { readonly kind: 'operand-body'; readonly negated: boolean; readonly body: Body; readonly span: Span }
  | { readonly kind: 'operand-literal'; readonly literal: Literal; readonly span: Span }

export type Term =
  | ScalarTerm
  | VarTerm
  | RefTerm
  | CallTerm
  | InfixTerm
  | MemberTerm
  | ArrayTerm
  | ObjectTerm
  | SetTerm
  | ComprehensionTerm
  | TemplateTerm

export type ScalarTerm =
  | { readonly kind: 'null'; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  /** The spelling as written, sign included and without white space after it. */
  | { readonly kind: 'number'; readonly text: string; readonly span: Span }
  | { readonly kind: 'string'; readonly value: string; readonly raw: boolean; readonly span: Span }

/** A bare name; the wildcard is `_`. */
export interface VarTerm {
  readonly kind: 'var'
  readonly name: string
  readonly span: Span
}

/** `head` is never a scalar; `path` is never empty. */
export interface RefTerm {
  readonly kind: 'ref'
  readonly head: Term
  readonly path: readonly RefPart[]
  readonly span: Span
}

/** `.name` (always a string term) or `[term]`. */
export interface RefPart {
  readonly dot: boolean
  readonly term: Term
}

export interface CallTerm {
  readonly kind: 'call'
  /** A `var` or a `ref` whose parts are all names. */
  readonly operator: VarTerm | RefTerm
  readonly args: readonly Term[]
  readonly span: Span
}

export type InfixOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&' | '|'

/** `left op right`. Negating a variable or reference, `-x`, is `0 - x` with `unaryMinus` set. */
export interface InfixTerm {
  readonly kind: 'infix'
  readonly op: InfixOperator
  readonly left: Term
  readonly right: Term
  readonly parens: boolean
  readonly unaryMinus?: boolean
  readonly span: Span
}

/** `value in collection`, `key, value in collection`: a boolean. */
export interface MemberTerm {
  readonly kind: 'member'
  readonly key: Term | undefined
  readonly value: Term
  readonly collection: Term
  readonly parens: boolean
  readonly span: Span
}

export interface ArrayTerm {
  readonly kind: 'array'
  readonly items: readonly Term[]
  readonly span: Span
}

export interface ObjectTerm {
  readonly kind: 'object'
  readonly entries: readonly { readonly key: Term; readonly value: Term }[]
  readonly span: Span
}

/** `{a, b}` or `set()`. */
export interface SetTerm {
  readonly kind: 'set'
  readonly items: readonly Term[]
  readonly span: Span
}

export type ComprehensionTerm =
  | { readonly kind: 'array-compr'; readonly head: Term; readonly body: Body; readonly span: Span }
  | { readonly kind: 'set-compr'; readonly head: Term; readonly body: Body; readonly span: Span }
  | { readonly kind: 'object-compr'; readonly key: Term; readonly head: Term; readonly body: Body; readonly span: Span }

/** `$"a{x}b"`: literal text and embedded literals, in order. */
export interface TemplateTerm {
  readonly kind: 'template'
  readonly raw: boolean
  readonly parts: readonly (
    { readonly kind: 'text'; readonly value: string } | { readonly kind: 'embedded'; readonly literal: Literal }
  )[]
  readonly span: Span
}
