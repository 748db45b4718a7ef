/**
 * What statements of a plan stand for, for those who watch it run: a table beside the plan, made only when asked for.
 *
 * The statements of an expression are those emitted while it was planned. Marks, statements without an effect, stand where
 * a clause is entered, where an expression begins, where it has a solution, and where a body has one. Terms are noted with
 * the operand that holds their value and the number of the statement after which it does.
 */
import type { CheckedClause, CoreBody, CoreExpr, CoreTerm } from '../check/core.js'
import type { IrLocal, IrOperand, IrStmt } from '../ir/plan.js'
import { walkBody } from './core-walk.js'
import type { Cursor } from './cursor.js'
import type { Frame } from './frame.js'

/** A plan or function under construction. */
export interface FunctionNote {
  /** The path of its document, or of the function; undefined for a query. */
  readonly path: readonly string[] | undefined
}

/** A body, with what its solutions produce, in one function. */
export interface ClauseNote {
  readonly function: FunctionNote
  /** Undefined for a query. */
  readonly clause: CheckedClause | undefined
  readonly body: CoreBody
}

export interface ExprNote {
  /** A value in the head of a rule counts as an expression behind the others. */
  readonly expr: CoreExpr
  readonly clause: ClauseNote
  /** Place in the body of the clause; that of the outermost expression for one in a nested body. */
  readonly place: number
  /** The expression whose body this one is in. */
  readonly parent: ExprNote | undefined
  /** Slots from this one on are of the expression's own making. */
  readonly firstLocal: IrLocal
  readonly terms: readonly TermNote[]
}

/** A term of an expression and where its value is. */
export interface TermNote {
  readonly term: CoreTerm
  readonly operand: IrOperand
  /** The value is there when statements of this number and above run. */
  readonly since: number
}

export type Mark =
  /** Of a clause: its body begins. */
  | 'enter'
  /** Of an expression: it begins. */
  | 'eval'
  /** Of an expression: here is a solution. */
  | 'done'
  /** Of a clause: its body has a solution. */
  | 'exit'

export interface StmtNote {
  /** Statements are numbered in the order in which they are planned. */
  readonly number: number
  readonly clause: ClauseNote | undefined
  readonly expr: ExprNote | undefined
  readonly mark: Mark | undefined
}

interface OpenExpr extends ExprNote {
  readonly terms: TermNote[]
}

export class PlanNotes {
  readonly #stmts = new Map<IrStmt, StmtNote>()
  /** Places of the expressions in the body of the clause. */
  #places: ReadonlyMap<CoreExpr, number> = new Map()
  #function: FunctionNote = { path: undefined }
  #clause: ClauseNote | undefined
  #expr: OpenExpr | undefined
  #mark: Mark | undefined

  /** What a statement stands for; undefined for one that only holds the plan together. */
  of(stmt: IrStmt): StmtNote | undefined {
    return this.#stmts.get(stmt)
  }

  /** Every statement with its note. */
  get all(): Iterable<readonly [stmt: IrStmt, note: StmtNote]> {
    return this.#stmts
  }

  /** What is planned from here on belongs to this function. */
  beginFunction(path: readonly string[] | undefined, out: Cursor): void {
    this.#function = { path }
    this.#clause = undefined
    out.onEmit = (stmt) => {
      this.#stmts.set(stmt, { number: out.emitted, clause: this.#clause, expr: this.#expr, mark: this.#mark })
    }
  }

  beginClause(frame: Frame, clause: CheckedClause | undefined, body: CoreBody): void {
    this.#clause = { function: this.#function, clause, body }
    this.#places = new Map(body.map((expr, place) => [expr, place]))
    this.#emit(frame, 'enter')
  }

  /** The body has a solution: plans what it produces. */
  endBody(frame: Frame, produce: () => void): void {
    this.#emit(frame, 'exit')
    const value = this.#clause?.clause?.value
    if (value === undefined || value.kind === 'const') produce()
    else this.expr(frame, { kind: 'term', term: value, withs: [], span: value.span }, true, produce)
    this.#clause = undefined
  }

  /** Plans an expression, or a part of it that is tested ahead. */
  expr(frame: Frame, expr: CoreExpr, isAhead: boolean, plan: () => void): void {
    const clause = this.#clause
    if (clause === undefined) return plan()
    const parent = this.#expr
    const place = parent?.place ?? this.#places.get(expr) ?? clause.body.length
    const note: OpenExpr = { expr, clause, place, parent, firstLocal: frame.out.fresh(), terms: [] }
    this.#expr = note
    noteVariables(frame, note, 0)
    if (!isAhead) this.#emit(frame, 'eval')
    plan()
    noteVariables(frame, note, frame.out.emitted)
    if (!isAhead) this.#emit(frame, 'done')
    this.#expr = parent
  }

  /** A term has been planned, its value is in the operand. */
  term(frame: Frame, term: CoreTerm, operand: IrOperand): void {
    if (term.kind === 'const') return
    this.#expr?.terms.push({ term, operand, since: frame.out.emitted })
  }

  #emit(frame: Frame, mark: Mark): void {
    this.#mark = mark
    frame.out.emit('NopStmt', {})
    this.#mark = undefined
  }
}

/** Notes the variables of an expression that are bound by now. */
function noteVariables({ bindings }: Frame, { expr, terms }: OpenExpr, since: number): void {
  const known = new Set(terms.map(({ term }) => term))
  walkBody([expr], {
    term: (term) => {
      const operand = term.kind === 'local' && !known.has(term) ? bindings.get(term.id) : undefined
      if (operand !== undefined) terms.push({ term, operand, since })
    },
    replacement: () => undefined,
  })
}
