/**
 * The function of a package: its whole document, made of the documents of all rules below it, with base data laid over
 * them. Functions and undefined rules are not in it; a package without rules is an empty object.
 */
import type { IrFunc, IrLocal, IrOperand } from '../ir/plan.js'
import { callTicket } from './call.js'
import { isHidden } from './environment.js'
import { type Frame, attemptOr, inLocal, local, text } from './frame.js'
import { lookUp } from './lookup.js'
import { DATA, type FunctionTicket, INPUT } from './program.js'
import { type RuleNode, pathOf } from './rule-trie.js'

export function planExtent(frame: Frame, ticket: FunctionTicket, mockLocals: readonly IrLocal[]): IrFunc {
  const { out } = frame
  const result = out.fresh()
  const block = out.block(() => {
    const rules = collectRules(frame, ticket.node)
    const merged = attemptOr(
      frame,
      () => {
        const path = pathOf(ticket.node)
        const base = path.reduce((value, name) => lookUp(frame, value, text(frame, name)), local(DATA))
        const target = out.fresh()
        out.emit('ObjectMergeStmt', { a: inLocal(frame, base), b: rules, target })
        return local(target)
      },
      () => local(rules),
    )
    out.emit('AssignVarStmt', { source: local(merged), target: result })
    out.emit('ReturnLocalStmt', { source: result })
  })
  return { name: ticket.name, params: [INPUT, DATA, ...mockLocals], return: result, blocks: [block], path: ticket.path }
}

/** A package whose object is being filled. */
interface Filling {
  readonly node: RuleNode
  readonly object: IrLocal
  readonly children: Iterator<RuleNode>
}

/** An object of all documents below a node. Without recursion: a package path may be as long as its author likes. */
function collectRules(frame: Frame, top: RuleNode): IrLocal {
  const stack = [startFilling(frame, top)]
  for (;;) {
    const filling = stack.at(-1) as Filling
    const next = filling.children.next()
    if (next.done !== true) {
      const child = next.value
      if (child.rule === undefined) stack.push(startFilling(frame, child))
      else insertRule(frame, filling.object, child)
      continue
    }
    stack.pop()
    const parent = stack.at(-1)
    if (parent === undefined) return filling.object
    insert(frame, parent.object, filling.node.name, local(filling.object))
  }
}

function startFilling(frame: Frame, node: RuleNode): Filling {
  const object = frame.out.fresh()
  frame.out.emit('MakeObjectStmt', { target: object })
  const isVisible = (child: RuleNode): boolean => !isHidden(frame.environment, child) && child.rule?.kind !== 'function'
  const visible = [...node.children.values()].filter(isVisible)
  return { node, object, children: visible.values() }
}

/** In a block of its own, which an undefined rule ends. */
function insertRule(frame: Frame, object: IrLocal, node: RuleNode): void {
  const block = frame.out.block(() => {
    insert(frame, object, node.name, callTicket(frame, frame.program.functionOf(node, frame.environment)))
  })
  frame.out.emit('BlockStmt', { blocks: [block] })
}

function insert(frame: Frame, object: IrLocal, name: string, value: IrOperand): void {
  frame.out.emit('ObjectInsertStmt', { key: text(frame, name), value, object })
}
