/**
 * A plan as text for people: what tests compare and what one reads when a policy does not do what was meant.
 *
 * One line per statement, blocks indented. Locals are `%n`, with `input` and `data` by name; strings are quoted.
 */
import { displayValue } from '../value/text.js'
import type { IrBlock, IrFunc, IrLocal, IrOperand, IrPlan, IrPolicy, IrStmt, IrStmtKind, IrStmtOf } from './plan.js'
import { blocksOf, numberTextIndex, stmtsOf } from './walk.js'

/** The text of a whole plan: builtins, entrypoints, functions. Ends with a newline. */
export function printPlan(policy: IrPolicy): string {
  const printer = new Printer(policy)
  for (const { name } of policy.static.builtin_funcs ?? []) printer.line(0, `builtin ${name}`)
  for (const plan of policy.plans.plans ?? []) printer.plan(plan)
  for (const func of policy.funcs.funcs ?? []) printer.func(func)
  return printer.text()
}

type Describe = { readonly [Kind in IrStmtKind]: (stmt: IrStmtOf<Kind>['stmt'], p: Printer) => string }

/** One line for each kind. Blocks follow below it. */
const DESCRIBE: Describe = {
  ArrayAppendStmt: (s, p) => `append ${p.operand(s.value)} to ${p.local(s.array)}`,
  AssignIntStmt: (s, p) => `${p.local(s.target)} = ${s.value}`,
  AssignVarStmt: (s, p) => `${p.local(s.target)} = ${p.operand(s.source)}`,
  AssignVarOnceStmt: (s, p) => `${p.local(s.target)} = ${p.operand(s.source)} once`,
  BlockStmt: () => 'blocks',
  BreakStmt: (s) => `break ${s.index}`,
  CallStmt: (s, p) => `${p.local(s.result)} = call ${s.func}(${p.operands(s.args)})`,
  CallDynamicStmt: (s, p) =>
    `${p.local(s.result)} = call [${p.operands(s.path)}](${(s.args ?? []).map((arg) => p.local(arg)).join(', ')})`,
  DotStmt: (s, p) => `${p.local(s.target)} = ${p.operand(s.source)}[${p.operand(s.key)}]`,
  EqualStmt: (s, p) => `${p.operand(s.a)} == ${p.operand(s.b)}`,
  IsArrayStmt: (s, p) => `${p.operand(s.source)} is array`,
  IsDefinedStmt: (s, p) => `${p.local(s.source)} is defined`,
  IsObjectStmt: (s, p) => `${p.operand(s.source)} is object`,
  IsSetStmt: (s, p) => `${p.operand(s.source)} is set`,
  IsUndefinedStmt: (s, p) => `${p.local(s.source)} is undefined`,
  LenStmt: (s, p) => `${p.local(s.target)} = length of ${p.operand(s.source)}`,
  MakeArrayStmt: (s, p) => `${p.local(s.target)} = array`,
  MakeConstantStmt: (s, p) => `${p.local(s.target)} = constant ${displayValue(s.value)}`,
  MakeNullStmt: (s, p) => `${p.local(s.target)} = null`,
  MakeNumberIntStmt: (s, p) => `${p.local(s.target)} = number ${s.value}`,
  MakeNumberRefStmt: (s, p) => `${p.local(s.target)} = number ${p.rawString(numberTextIndex(s))}`,
  MakeObjectStmt: (s, p) => `${p.local(s.target)} = object`,
  MakeSetStmt: (s, p) => `${p.local(s.target)} = set`,
  NopStmt: () => 'nop',
  NotEqualStmt: (s, p) => `${p.operand(s.a)} != ${p.operand(s.b)}`,
  NotStmt: () => 'not',
  ObjectInsertStmt: (s, p) => `${p.local(s.object)}[${p.operand(s.key)}] = ${p.operand(s.value)}`,
  ObjectInsertOnceStmt: (s, p) => `${p.local(s.object)}[${p.operand(s.key)}] = ${p.operand(s.value)} once`,
  ObjectMergeStmt: (s, p) => `${p.local(s.target)} = merge ${p.local(s.a)} over ${p.local(s.b)}`,
  ResetLocalStmt: (s, p) => `${p.local(s.target)} = undefined`,
  ResultSetAddStmt: (s, p) => `add ${p.local(s.value)} to results`,
  ReturnLocalStmt: (s, p) => `return ${p.local(s.source)}`,
  ScanStmt: (s, p) => `scan ${p.local(s.source)} as ${p.local(s.key)}, ${p.local(s.value)}`,
  SetAddStmt: (s, p) => `add ${p.operand(s.value)} to ${p.local(s.set)}`,
  WithStmt: (s, p) =>
    `with ${[p.local(s.local), ...(s.path ?? []).map((part) => p.rawString(part))].join('.')} as ${p.operand(s.value)}`,
}

class Printer {
  readonly #lines: string[] = []

  constructor(readonly policy: IrPolicy) {}

  text(): string {
    return this.#lines.map((line) => `${line}\n`).join('')
  }

  line(indent: number, text: string): void {
    this.#lines.push(`${'  '.repeat(indent)}${text}`)
  }

  plan(plan: IrPlan): void {
    this.line(0, `plan ${plan.name}`)
    this.blocks(plan.blocks ?? [], 1)
  }

  func(func: IrFunc): void {
    this.line(0, `func ${func.name}(${func.params.map((param) => this.local(param)).join(', ')}) -> ${this.local(func.return)}`)
    this.blocks(func.blocks ?? [], 1)
  }

  blocks(blocks: readonly IrBlock[], indent: number): void {
    for (const block of blocks) {
      this.line(indent, 'block')
      this.stmts(block, indent + 1)
    }
  }

  stmts(block: IrBlock, indent: number): void {
    for (const stmt of stmtsOf(block)) {
      this.line(indent, describe(stmt, this))
      if (stmt.type === 'BlockStmt') this.blocks(blocksOf(stmt), indent + 1)
      else for (const inner of blocksOf(stmt)) this.stmts(inner, indent + 1)
    }
  }

  local(local: IrLocal): string {
    return local === 0 ? 'input' : local === 1 ? 'data' : `%${local}`
  }

  operand(operand: IrOperand): string {
    switch (operand.type) {
      case 'local':
        return this.local(operand.value)
      case 'bool':
        return String(operand.value)
      case 'string_index':
        return JSON.stringify(this.rawString(operand.value))
    }
  }

  operands(operands: readonly IrOperand[] | null): string {
    return (operands ?? []).map((one) => this.operand(one)).join(', ')
  }

  rawString(index: number): string {
    return this.policy.static.strings?.[index]?.value ?? `<string ${index}>`
  }
}

function describe(stmt: IrStmt, printer: Printer): string {
  const text = DESCRIBE[stmt.type] as (stmt: IrStmt['stmt'], printer: Printer) => string
  return text(stmt.stmt, printer)
}
