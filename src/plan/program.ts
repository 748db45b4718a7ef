/**
 * What all plans and functions of one policy share: the rules, the tables behind `static`, and the functions that have been
 * asked for and are still to be planned.
 */
import type { BuiltinRow } from '../builtins/signature.js'
import type { IrLocal } from '../ir/plan.js'
import type { Environment } from './environment.js'
import { NO_REPLACEMENTS, environmentKey, functionName, restrict } from './environment.js'
import type { PlanNotes } from './notes.js'
import { Places } from './places.js'
import type { Reach } from './reach.js'
import { type RuleNode, pathOf } from './rule-trie.js'
import { StringTable } from './strings.js'

/** How many functions may be planned a second time, and more often, because of `with`. */
export const MAX_VARIANTS = 20_000

/** How many statements the functions of a plan may have together: each takes up to a kilobyte on its way to a module. */
export const MAX_STATEMENTS = 1_000_000

/** A function of the plan: that of a rule, of a part of its document, or of the whole document of a package. */
export interface FunctionTicket {
  readonly name: string
  readonly path: readonly string[]
  readonly node: RuleNode
  readonly environment: Environment
  /** How many keys are given: the function then answers for that part of the document alone. See `keyed-rule.ts`. */
  readonly keyCount: number
  /** Keys of the functions whose stand-in values are extra parameters, in their order. */
  readonly mockParams: readonly string[]
}

export class Program {
  readonly strings = new StringTable()
  readonly places = new Places()
  readonly #tickets: FunctionTicket[] = []
  readonly #byNode = new Map<RuleNode, Map<string, FunctionTicket>>()
  /** Environments by key; their places give the `g…` of function names. */
  readonly #groups = new Map<string, string>([[environmentKey(NO_REPLACEMENTS), 'g0']])
  readonly #usedBuiltins = new Map<string, BuiltinRow>()
  #variants = 0
  #statements = 0
  /** Whether the function that looks keys up in base documents is called. */
  usesBaseLookup = false

  constructor(
    readonly root: RuleNode,
    readonly reach: Reach,
    readonly builtins: (name: string) => BuiltinRow | undefined,
    /** The only names at the top of base data; any name where this is undefined. */
    readonly baseNames: ReadonlySet<string> | undefined,
    /** Whether errors of builtins end an evaluation. */
    readonly strictBuiltinErrors: boolean,
    /** Where what statements stand for is noted, if anybody wants to know. */
    readonly notes: PlanNotes | undefined = undefined,
  ) {}

  /** The function that computes the document of `node`, or is the function at it, in an environment. */
  functionOf(node: RuleNode, environment: Environment, keyCount = 0): FunctionTicket {
    const restricted = restrict(environment, node, this.reach)
    const environmentText = environmentKey(restricted)
    const key = `${keyCount} ${environmentText}`
    let tickets = this.#byNode.get(node)
    if (tickets === undefined) this.#byNode.set(node, (tickets = new Map()))
    let ticket = tickets.get(key)
    if (ticket === undefined) {
      ticket = this.#issue(node, restricted, keyCount, this.#groupOf(environmentText))
      tickets.set(key, ticket)
      if (environmentText !== '') this.#variants++
      this.#tickets.push(ticket)
    }
    return ticket
  }

  /** All functions asked for. Those asked for while it is iterated come too. */
  *functions(): Generator<FunctionTicket, void, void> {
    for (let at = 0; at < this.#tickets.length && !this.hasTooManyVariants && !this.hasTooManyStatements; at++) {
      yield this.#tickets[at] as FunctionTicket
    }
  }

  get hasTooManyVariants(): boolean {
    return this.#variants > MAX_VARIANTS
  }

  get hasTooManyStatements(): boolean {
    return this.#statements > MAX_STATEMENTS
  }

  /** Takes down how many statements a function came to. */
  addStatements(count: number): void {
    this.#statements += count
  }

  /** Records the use of a builtin. */
  builtin(name: string): BuiltinRow | undefined {
    const row = this.builtins(name)
    if (row !== undefined) this.#usedBuiltins.set(name, row)
    return row
  }

  /** Builtins in use, by name. */
  get usedBuiltins(): readonly BuiltinRow[] {
    return [...this.#usedBuiltins.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  #groupOf(key: string): string {
    let group = this.#groups.get(key)
    if (group === undefined) this.#groups.set(key, (group = `g${this.#groups.size}`))
    return group
  }

  #issue(node: RuleNode, environment: Environment, keyCount: number, group: string): FunctionTicket {
    const path = pathOf(node)
    const name = `${functionName(group, path)}${'[]'.repeat(keyCount)}`
    const mockParams = [...environment.mocks].filter(([, substitute]) => substitute.kind === 'value').map(([key]) => key)
    return { name, path: [group, ...path], node, environment, keyCount, mockParams }
  }
}

/** Parameters that every function has. */
export const INPUT: IrLocal = 0
export const DATA: IrLocal = 1
