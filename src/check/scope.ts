/**
 * Local names: which variable a name means at a place in a body.
 *
 * A scope is a body with its head. Declarations come into force one by one, in the order of the text; a name that the
 * body declares further on is *pending*: it means the variable of an enclosing scope if there is one, and otherwise
 * nothing global, only an undeclared variable. In the bodies of `every` and `not { … }` what is pending can be seen from
 * bodies further inside.
 */
import type { Span } from '../source/source.js'
import type { CoreLocal } from './core.js'
import type { CheckContext, LocalOrigin } from './context.js'
import type { TakenNames } from './names.js'

export interface Binding {
  readonly local: CoreLocal
  readonly origin: LocalOrigin
  /** Whether something must use it: a plain `some`, `every`, and in strict mode arguments and assignments. */
  readonly mustBeUsed: 'declared-unused' | 'assigned-unused' | 'argument-unused' | undefined
  used: boolean
  /** Whether something in its own body may have given it a value by now. */
  known: boolean
  /**
   * Declared by a plain `some` in a body that mentions it only in bodies inside: each of those has a variable of its own.
   */
  readonly indirect: boolean
}

type BindingFacts = Pick<Binding, 'mustBeUsed'> & Partial<Pick<Binding, 'used' | 'known' | 'indirect'>>

const NOTHING: ReadonlySet<string> = new Set()
const NO_NAMES: TakenNames = { declares: NOTHING, hides: NOTHING }

export class Scope {
  readonly #bindings = new Map<string, Binding>()
  /** Names that the body and its head mention, bodies inside left aside. */
  readonly mentions = new Set<string>()
  /** Undeclared variables of enclosing scopes that were used here first: they cannot be declared here any more. */
  readonly #borrowed = new Set<string>()
  /** Variables that bodies inside mention before this one declares them. */
  readonly #ahead = new Map<string, CoreLocal>()
  /** Variables with the names of some that are declared further on. */
  readonly #apart = new Map<string, Binding>()
  #isApart = false
  /** Names that have been called before they are declared here. */
  readonly #called = new Set<string>()
  /** Whether bodies inside see, for the moment, what calls would call here. */
  #showsCalled = false
  /** Variables of this scope that cannot be seen at the moment. */
  #hidden = NOTHING

  constructor(
    readonly parent: Scope | undefined,
    readonly depth: number,
    readonly taken: TakenNames = NO_NAMES,
    /** Whether bodies inside see what this one declares further on. */
    readonly showsPending = false,
  ) {}

  /** The variable that `name` means here, in this scope or around it. */
  find(name: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.#hidden.has(name) ? undefined : (scope.#bindings.get(name) ?? scope.#findApart(name))
      if (found === undefined) continue
      if (!found.indirect) return found
      found.used = true
    }
    return undefined
  }

  /** Where variables around this scope have one of the names, what `run` does sees them, and none of this scope. */
  hiding<Result>(names: ReadonlySet<string>, run: () => Result): Result {
    this.#hidden = new Set([...names].filter((name) => this.parent?.find(name) !== undefined))
    try {
      return run()
    } finally {
      this.#hidden = NOTHING
    }
  }

  /** Names that this scope declares further on stand for other variables in what `run` does. */
  apart<Result>(run: () => Result): Result {
    this.#isApart = true
    try {
      return run()
    } finally {
      this.#isApart = false
    }
  }

  /** In operands of `and` and `or`, and in all bodies inside, a name that is declared further on cannot be called. */
  showingCalled<Result>(run: () => Result): Result {
    const before = this.#showsCalled
    this.#showsCalled = true
    try {
      return run()
    } finally {
      this.#showsCalled = before
    }
  }

  #findApart(name: string): Binding | undefined {
    return this.#isApart ? this.#apart.get(name) : undefined
  }

  /** Find the variable for an expression that mentions it. */
  use(name: string): Binding | undefined {
    const binding = this.find(name)
    if (binding === undefined) return undefined
    binding.used = true
    const isOwn = this.#bindings.get(name) === binding || this.#findApart(name) === binding
    if (binding.origin !== 'implicit' || isOwn) binding.known = true
    else if (!this.isKnown(name)) this.#borrowed.add(name)
    return binding
  }

  /** Whether something in front of this place may have given the variable a value. */
  isKnown(name: string): boolean {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.#borrowed.has(name)) return true
      const found = scope.#bindings.get(name)
      if (found !== undefined && !found.indirect) return found.known
    }
    return false
  }

  /** Whether `name` means nothing of the module, though no variable may be there. */
  hidesGlobal(name: string): boolean {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.taken.hides.has(name)) return true
    }
    return false
  }

  /** Whether this scope or one around it declares `name` at some place. */
  isDeclared(name: string): boolean {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.taken.declares.has(name)) return true
    }
    return false
  }

  /**
   * Whether calling `name` means to call a variable, there or declared further on. From inside comprehensions, `every` and
   * `not { … }` only what is there is seen, and what is shown.
   */
  callsVariable(name: string): boolean {
    return this.taken.declares.has(name) || this.#isThere(name) || this.#showing(name) !== undefined
  }

  /** Whether a call of `name` is refused where the name is declared, after the call. Notes that it is called. */
  callsAhead(name: string): boolean {
    if (this.#isThere(name)) return false
    const scope = this.taken.declares.has(name) ? this : this.#showing(name)
    if (scope === undefined || (scope !== this && !scope.#showsCalled)) return false
    scope.#called.add(name)
    return true
  }

  #isThere(name: string): boolean {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.#bindings.has(name) || scope.#findApart(name) !== undefined) return true
    }
    return false
  }

  /** The scope around this one that shows a name that it declares further on. */
  #showing(name: string): Scope | undefined {
    let scope = this.parent
    while (scope !== undefined && !((scope.showsPending || scope.#showsCalled) && scope.taken.declares.has(name))) {
      scope = scope.parent
    }
    return scope
  }

  /** A variable that is used without a declaration. */
  addImplicit(name: string, span: Span, cx: CheckContext): Binding {
    const bindings = this.#isApart && this.taken.declares.has(name) ? this.#apart : this.#bindings
    return this.#add(name, 'implicit', { mustBeUsed: undefined, known: false }, span, cx, bindings)
  }

  addArgument(name: string, span: Span, cx: CheckContext): Binding {
    return this.#add(name, 'argument', { mustBeUsed: cx.options.strict === true ? 'argument-unused' : undefined }, span, cx)
  }

  /** The variable that a body around this one declares further on, where it shows that. */
  findAhead(name: string, span: Span, cx: CheckContext): CoreLocal | undefined {
    let scope = this.parent
    while (scope !== undefined && !(scope.showsPending && scope.taken.declares.has(name))) scope = scope.parent
    if (scope === undefined || scope.#bindings.has(name)) return undefined
    const found = scope.#ahead.get(name) ?? cx.locals.create(name, 'declared', scope.depth, span)
    scope.#ahead.set(name, found)
    return found
  }

  /** Bring a declaration into force; reports what forbids it. */
  declare(name: string, origin: 'assigned' | 'declared', facts: BindingFacts, span: Span, cx: CheckContext): Binding {
    const known = this.#bindings.get(name) ?? this.#argument(name)
    if (known !== undefined) {
      if (known.origin === 'argument') cx.report('argument-redeclared', span, name)
      else if (known.origin === 'assigned') cx.report('assigned-above', span, name)
      else if (known.origin === 'declared') cx.report('declared-above', span, name)
      else cx.report('referenced-above', span, name)
    } else if (this.#borrowed.has(name) || this.#called.has(name)) {
      cx.report('referenced-above', span, name)
    }
    return this.#add(name, origin, facts, span, cx)
  }

  reportUnused(cx: CheckContext): void {
    for (const [name, { mustBeUsed, used, local }] of this.#bindings) {
      if (mustBeUsed !== undefined && !used) cx.refuse(mustBeUsed, local.span, name)
    }
  }

  *bindings(): Generator<readonly [string, Binding]> {
    yield* this.#bindings
  }

  #add(
    name: string,
    origin: LocalOrigin,
    facts: BindingFacts,
    span: Span,
    cx: CheckContext,
    bindings = this.#bindings,
  ): Binding {
    const { mustBeUsed, used = false, known = true, indirect = false } = facts
    const ahead = this.#ahead.get(name)
    const local = ahead === undefined ? cx.locals.create(name, origin, this.depth, span) : { ...ahead, span }
    const binding: Binding = { local, origin, mustBeUsed, used, known, indirect }
    bindings.set(name, binding)
    return binding
  }

  #argument(name: string): Binding | undefined {
    const found = this.parent?.depth === 0 ? this.parent.#bindings.get(name) : undefined
    return found?.origin === 'argument' ? found : undefined
  }
}
