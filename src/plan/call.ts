/** Calls of builtins and of function rules, and of what stands in for them under `with`. */
import type { Callee, CoreCall, CoreTerm } from '../check/core.js'
import type { Span } from '../source/source.js'
import type { IrLocal, IrOperand } from '../ir/plan.js'
import { type Environment, calleeKey, withoutMock, withoutMocks } from './environment.js'
import { type Frame, bool, local } from './frame.js'
import { withParts } from './prepare.js'
import { DATA, type FunctionTicket, INPUT } from './program.js'
import { findNode } from './rule-trie.js'

export function planCall(frame: Frame, call: CoreCall): IrOperand {
  const args = withParts(frame, [{ kind: 'array', items: call.args, span: call.span }], () =>
    call.args.map((arg) => frame.visit.term(frame, arg)),
  )
  const key = calleeKey(call.callee)
  const substitute = frame.environment.mocks.get(key)
  switch (substitute?.kind) {
    case undefined:
      return callFunction(frame, call.callee, args, frame.environment)
    case 'function':
      return isDocument(frame, substitute.callee)
        ? planDocument(frame, key, substitute.callee, call.span)
        : callFunction(frame, substitute.callee, args, withoutMocks(frame.environment))
    case 'value':
      return mockOperand(frame, key)
  }
}

function isDocument(frame: Frame, callee: Callee): callee is Extract<Callee, { kind: 'rule' }> {
  return callee.kind === 'rule' && findNode(frame.program.root, callee.path)?.rule?.kind !== 'function'
}

/** The document of a rule in place of a call. What it calls by the name that it stands in for is the function itself. */
function planDocument(frame: Frame, key: string, { path }: Extract<Callee, { kind: 'rule' }>, span: Span): IrOperand {
  const environment = withoutMock(frame.environment, key)
  const keys = path.map((value): CoreTerm => ({ kind: 'const', value, span }))
  return frame.visit.term({ ...frame, environment }, { kind: 'ref', head: { kind: 'data' }, path: keys, span })
}

/** Calls the function that computes the document of a rule or package, or that is one. Equal calls are made once. */
export function callTicket(frame: Frame, ticket: FunctionTicket, args: readonly IrOperand[] = []): IrOperand {
  const given = [...args, ...ticket.mockParams.map((key) => mockOperand(frame, key))]
  const key = `${frame.documents}: ${ticket.name}(${given.map(({ type, value }) => `${type} ${String(value)}`).join(', ')})`
  return frame.out.constant(key, () => local(emitCall(frame, ticket.name, [local(INPUT), local(DATA), ...given])))
}

/** Calls a builtin; a relation answers with the array of all its results. */
export function callBuiltin(frame: Frame, name: string, args: readonly IrOperand[]): IrLocal {
  frame.program.builtin(name)
  return emitCall(frame, name, args)
}

function callFunction(frame: Frame, callee: Callee, args: readonly IrOperand[], environment: Environment): IrOperand {
  if (callee.kind === 'builtin') return callByName(frame, callee.name, args)
  const node = findNode(frame.program.root, callee.path)
  if (node === undefined) throw new Error(`plan: there is no function \`${calleeKey(callee)}\``)
  return callTicket(frame, frame.program.functionOf(node, environment), args)
}

function callByName(frame: Frame, name: string, args: readonly IrOperand[]): IrOperand {
  const row = frame.program.builtin(name)
  if (row === undefined) throw new Error(`plan: there is no builtin \`${name}\``)
  if (row.result === undefined) return callStatement(frame, name, args)
  const result = callBuiltin(frame, name, args)
  return local(row.relation ? frame.out.scan(result).value : result)
}

/** A function without a value succeeds whatever it answers. */
function callStatement(frame: Frame, name: string, args: readonly IrOperand[]): IrOperand {
  const block = frame.out.block(() => callBuiltin(frame, name, args))
  frame.out.emit('BlockStmt', { blocks: [block] })
  return bool(true)
}

function emitCall(frame: Frame, func: string, args: readonly IrOperand[]): IrLocal {
  const result = frame.out.fresh()
  frame.out.emit('CallStmt', { func, args, result })
  return result
}

function mockOperand(frame: Frame, key: string): IrOperand {
  const operand = frame.mockOperands.get(key)
  if (operand === undefined) throw new Error(`plan: the value that stands in for \`${key}\` is missing`)
  return operand
}
