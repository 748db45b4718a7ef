/**
 * Local names: which variable a name means at a place in a body.
 *
 * A scope is a body with its head. Declarations come into force one by one, in the order of the text; a name that the
 * body declares further on is *pending*: it means the variable of an enclosing scope if there is one, and otherwise
 * nothing global, only an undeclared variable.
 */
import type { Span } from '../source/source.js'
import type { CoreLocal } from './core.js'
import type { CheckContext, LocalOrigin } from './context.js'

export interface Binding {
  readonly local: CoreLocal
  readonly origin: LocalOrigin
  /** Whether something must use it: a plain `some`, `every`, and in strict mode arguments and assignments. */
  readonly mustBeUsed: 'declared-unused' | 'assigned-unused' | 'argument-unused' | undefined
  used: boolean
}

const NOTHING: ReadonlySet<string> = new Set()

export class Scope {
  readonly #bindings = new Map<string, Binding>()

  constructor(
    readonly parent: Scope | undefined,
    readonly depth: number,
    /** Names that the body declares somewhere. */
    readonly declares: ReadonlySet<string> = NOTHING,
  ) {}

  /** The variable that `name` means here, in this scope or around it. */
  find(name: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.#bindings.get(name)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Whether this scope or one around it declares `name` at some place. */
  isDeclared(name: string): boolean {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.declares.has(name)) return true
    }
    return false
  }

  /** A variable that is used without a declaration. */
  addImplicit(name: string, span: Span, cx: CheckContext): Binding {
    const binding: Binding = { local: cx.locals.create(name, 'implicit', this.depth, span), origin: 'implicit', mustBeUsed: undefined, used: true }
    this.#bindings.set(name, binding)
    return binding
  }

  addArgument(name: string, span: Span, cx: CheckContext): Binding {
    const mustBeUsed = cx.options.strict === true ? 'argument-unused' : undefined
    const binding: Binding = { local: cx.locals.create(name, 'argument', this.depth, span), origin: 'argument', mustBeUsed, used: false }
    this.#bindings.set(name, binding)
    return binding
  }

  /** Bring a declaration into force; reports what forbids it. */
  declare(name: string, origin: 'assigned' | 'declared', mustBeUsed: Binding['mustBeUsed'], span: Span, cx: CheckContext): Binding {
    const known = this.#bindings.get(name) ?? this.#argument(name)
    if (known !== undefined) {
      if (known.origin === 'argument') cx.report('argument-redeclared', span, name)
      else if (known.origin === 'assigned') cx.report('assigned-above', span, name)
      else if (known.origin === 'declared') cx.report('declared-above', span, name)
      else cx.report('referenced-above', span, name)
    }
    const binding: Binding = { local: cx.locals.create(name, origin, this.depth, span), origin, mustBeUsed, used: false }
    this.#bindings.set(name, binding)
    return binding
  }

  reportUnused(cx: CheckContext): void {
    for (const [name, { mustBeUsed, used, local }] of this.#bindings) {
      if (mustBeUsed !== undefined && !used) cx.report(mustBeUsed, local.span, name)
    }
  }

  *bindings(): Generator<readonly [string, Binding]> {
    yield* this.#bindings
  }

  #argument(name: string): Binding | undefined {
    const found = this.parent?.depth === 0 ? this.parent.#bindings.get(name) : undefined
    return found?.origin === 'argument' ? found : undefined
  }
}
