/** What a generated term may refer to at its place. */
import type { Choices } from '../choices.js'
import type { Kind } from './kinds.js'
import { OPERATOR_NAMES } from './operators.js'

/** A rule that is there already. */
export interface KnownRule {
  /** As it is called in its own package. */
  readonly name: string
  /** From `data` on. */
  readonly path: string
  readonly kind: Kind
}

export interface KnownFunction {
  readonly name: string
  readonly path: string
  readonly args: readonly Kind[]
  readonly result: Kind
}

/** The generators that need one another, told to those that stand below them. */
export interface Grammar {
  term(scope: Scope, kind: Kind): string
  /** The literals of a body, one to so many. */
  literals(scope: Scope, most: number): readonly string[]
}

/** What holds for a whole module. */
export interface ModuleFacts {
  readonly grammar: Grammar
  readonly choices: Choices
  readonly version: 'v0' | 'v1'
  /** Path of the package, from `data` on. */
  readonly package: string
  /** Keywords in force beyond those of the version. */
  readonly keywords: ReadonlySet<string>
  /** Whether now and then something is written that compilers refuse. */
  readonly loose: boolean
  /** Whether a query is made, where bare names do not stand for builtins. */
  readonly isQuery: boolean
  /** Whether rules, imports and variables may have the names of operators. */
  readonly hasOperatorNames: boolean
  /** Path of another package, which may be read as a whole. */
  readonly library: string | undefined
  /** Documents by the names under which they are imported. */
  readonly aliases: readonly KnownRule[]
  readonly rules: KnownRule[]
  readonly functions: KnownFunction[]
  /** Counts names of variables. */
  variables: number
}

export interface Local {
  readonly name: string
  readonly kind: Kind
}

export class Scope {
  constructor(
    readonly module: ModuleFacts,
    readonly locals: Local[],
    /** How many more levels of terms there may be. */
    readonly depth: number,
    /** Whether variables without a value may stand as keys. */
    readonly mayIterate: boolean,
    /** Variables of the scopes around, which may be hidden here. */
    readonly outer: readonly Local[] = [],
  ) {}

  get choices(): Choices {
    return this.module.choices
  }

  /** The same scope, one level of terms down. */
  get deeper(): Scope {
    return new Scope(this.module, this.locals, this.depth - 1, this.mayIterate, this.outer)
  }

  /** The same scope where every variable must have a value. */
  get bound(): Scope {
    return new Scope(this.module, this.locals, this.depth, false, this.outer)
  }

  /** A scope inside: what it declares stays there. */
  get inner(): Scope {
    return new Scope(this.module, [...this.locals], this.depth - 1, true, [...this.locals])
  }

  term(kind: Kind): string {
    return this.module.grammar.term(this, kind)
  }

  has(keyword: string): boolean {
    return this.module.keywords.has(keyword)
  }

  /** Something that is refused, now and then. */
  slip(): boolean {
    return this.module.loose && this.choices.chance(3)
  }

  /** A scope for what binds nothing outside, such as a negated expression. */
  get closed(): Scope {
    return new Scope(this.module, [...this.locals], this.depth - 1, false)
  }

  /** A new variable; now and then it hides one of an outer scope. */
  declare(kind: Kind): string {
    const hidable = this.slip() ? this.locals : this.outer
    const hidden = hidable.length > 0 && this.choices.chance(5) ? this.choices.oneOf(hidable).name : undefined
    const name = hidden ?? this.#operatorName() ?? this.#moduleName() ?? this.freshName()
    this.add(name, kind)
    return name
  }

  /** The name of an operator, which cannot be used then: such policies are mostly refused. */
  #operatorName(): string | undefined {
    const { hasOperatorNames, loose } = this.module
    if (!hasOperatorNames || !loose || !this.choices.chance(4)) return undefined
    const { name } = this.choices.oneOf(OPERATOR_NAMES)
    return name.includes('.') || this.locals.some((one) => one.name === name) ? undefined : name
  }

  /** The name of a rule, function or import, which is hidden then. */
  #moduleName(): string | undefined {
    const { rules, functions, aliases } = this.module
    const names = [...rules, ...functions, ...aliases].map(({ name }) => name).filter((name) => /^\w+$/.test(name))
    return names.length > 0 && this.choices.chance(2) ? this.choices.oneOf(names) : undefined
  }

  /** A name for a variable that is not declared here: what binds it has to add it. */
  freshName(): string {
    return `v${this.module.variables++}`
  }

  add(name: string, kind: Kind): void {
    const at = this.locals.findIndex((one) => one.name === name)
    if (at >= 0) this.locals.splice(at, 1)
    this.locals.push({ name, kind })
  }
}
