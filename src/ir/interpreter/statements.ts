/**
 * What each kind of statement does: the table of the plan language, one function a row.
 */
import { equalValues } from '../../value/compare.js'
import { numberOf } from '../../value/number.js'
import { RegoObject, RegoSet, type RegoValue, num } from '../../value/value.js'
import type { IrLocal, IrLocation, IrStmt, IrStmtKind, IrStmtOf } from '../plan.js'
import { numberTextIndex } from '../walk.js'
import { entriesOf, get, isList, lengthOf, merge } from './access.js'
import { ObjectDraft, SetDraft, type Slot, settle } from './draft.js'
import { BROKEN, type Locals, type Machine, type Opening, type Outcome, RAN, RETURNED } from './machine.js'
import { openBlocks, openCall, openNot, openScan, openWith } from './openings.js'

type Row<Kind extends IrStmtKind> = (stmt: IrStmtOf<Kind>['stmt'], locals: Locals, machine: Machine) => Outcome | Opening

/** Runs one statement. */
export function executeStatement(machine: Machine, locals: Locals, stmt: IrStmt): Outcome | Opening {
  const row = STATEMENTS[stmt.type] as Row<IrStmtKind> | undefined
  if (row === undefined) throw machine.error('eval_internal_error', `there is no statement \`${String(stmt.type)}\``, stmt.stmt)
  return row(stmt.stmt as IrStmtOf<IrStmtKind>['stmt'], locals, machine)
}

const STATEMENTS: { readonly [Kind in IrStmtKind]: Row<Kind> } = {
  ArrayAppendStmt: (s, locals) => {
    const array = locals.slot(s.array)
    const value = locals.value(s.value)
    if (value === undefined || !isList(array ?? null)) return BROKEN
    ;(array as RegoValue[]).push(value)
    return RAN
  },
  AssignIntStmt: (s, locals) => set(locals, s.target, num(s.value)),
  AssignVarStmt: (s, locals) => {
    locals.set(s.target, locals.read(s.source))
    return RAN
  },
  AssignVarOnceStmt: (s, locals, machine) => {
    const value = locals.value(s.source)
    const present = locals.slot(s.target)
    if (present === undefined) locals.set(s.target, value)
    else if (value !== undefined && !equalValues(settle(present), value)) throw conflict(machine, 'var assignment conflict', s)
    return RAN
  },
  BlockStmt: (s, locals) => openBlocks(locals, s.blocks ?? []),
  BreakStmt: (s) => s.index,
  CallStmt: (s, locals, machine) => {
    const func = machine.prepared.functions.get(s.func)
    if (func !== undefined) {
      const given = (s.args ?? []).map((arg) => locals.read(arg))
      // Input and data may be undefined; an undefined argument makes the call undefined.
      if (given.slice(2).includes(undefined)) return BROKEN
      return openCall(machine, func, given, (result) => define(locals, s.result, result))
    }
    const args: RegoValue[] = []
    for (const arg of s.args ?? []) {
      const value = locals.value(arg)
      if (value === undefined) return BROKEN
      args.push(value)
    }
    return define(locals, s.result, machine.callBuiltin(s.func, args, s))
  },
  CallDynamicStmt: (s, locals, machine) => {
    const path = (s.path ?? []).map((part) => locals.value(part))
    if (!path.every((part) => typeof part === 'string')) return BROKEN
    const func = machine.prepared.functionsByPath.get(JSON.stringify(path))
    const given = (s.args ?? []).map((arg) => locals.slot(arg))
    if (func === undefined || given.slice(2).includes(undefined)) return BROKEN
    return openCall(machine, func, given, (result) => (define(locals, s.result, result) === RAN ? RAN : UNDEFINED_DYNAMIC))
  },
  DotStmt: (s, locals) => {
    const source = locals.read(s.source)
    const key = locals.value(s.key)
    if (source === undefined || key === undefined) return BROKEN
    const found = get(source, key)
    locals.set(s.target, found)
    return require(found !== undefined)
  },
  EqualStmt: (s, locals) => require(locals.equal(s.a, s.b) === true),
  IsArrayStmt: (s, locals) => require(Array.isArray(locals.read(s.source))),
  IsDefinedStmt: (s, locals) => require(locals.slot(s.source) !== undefined),
  IsObjectStmt: (s, locals) => require(isObject(locals.read(s.source))),
  IsSetStmt: (s, locals) => require(isSet(locals.read(s.source))),
  IsUndefinedStmt: (s, locals) => require(locals.slot(s.source) === undefined),
  LenStmt: (s, locals) => {
    const source = locals.read(s.source)
    if (source === undefined) return BROKEN
    const length = lengthOf(source)
    return define(locals, s.target, length === undefined ? undefined : num(length))
  },
  MakeArrayStmt: (s, locals) => set(locals, s.target, []),
  MakeConstantStmt: (s, locals) => set(locals, s.target, s.value),
  MakeNullStmt: (s, locals) => set(locals, s.target, null),
  MakeNumberIntStmt: (s, locals) => set(locals, s.target, num(s.value)),
  MakeNumberRefStmt: (s, locals, machine) => set(locals, s.target, numberOf(machine.string(numberTextIndex(s)))),
  MakeObjectStmt: (s, locals) => {
    locals.set(s.target, new ObjectDraft())
    return RAN
  },
  MakeSetStmt: (s, locals) => {
    locals.set(s.target, new SetDraft())
    return RAN
  },
  NopStmt: () => RAN,
  NotEqualStmt: (s, locals) => require(locals.equal(s.a, s.b) === false),
  NotStmt: (s, locals) => openNot(locals, s.block),
  ObjectInsertStmt: (s, locals) => {
    const key = locals.value(s.key)
    const value = locals.read(s.value)
    const object = objectIn(locals, s.object)
    if (key === undefined || value === undefined || object === undefined) return BROKEN
    object.insert(key, value)
    return RAN
  },
  ObjectInsertOnceStmt: (s, locals, machine) => {
    const key = locals.value(s.key)
    const value = locals.value(s.value)
    const object = objectIn(locals, s.object)
    if (key === undefined || value === undefined || object === undefined) return BROKEN
    const present = object.get(key)
    if (present === undefined) object.insert(key, value)
    else if (!equalValues(settle(present), value)) throw conflict(machine, 'object insert conflict', s)
    return RAN
  },
  ObjectMergeStmt: (s, locals) => {
    const a = locals.slot(s.a)
    const b = locals.slot(s.b)
    if (a === undefined || b === undefined) return BROKEN
    return set(locals, s.target, merge(settle(a), settle(b)))
  },
  ResetLocalStmt: (s, locals) => {
    locals.set(s.target, undefined)
    return RAN
  },
  ResultSetAddStmt: (s, locals, machine) => {
    const value = locals.slot(s.value)
    if (value === undefined) return BROKEN
    machine.results.add(settle(value))
    return RAN
  },
  ReturnLocalStmt: (s, locals) => {
    const slot = locals.slot(s.source)
    locals.returned = slot === undefined ? undefined : settle(slot)
    return RETURNED
  },
  ScanStmt: (s, locals) => {
    const source = locals.slot(s.source)
    return openScan(locals, source === undefined ? [] : entriesOf(source), s)
  },
  SetAddStmt: (s, locals) => {
    const value = locals.value(s.value)
    const made = setIn(locals, s.set)
    if (value === undefined || made === undefined) return BROKEN
    made.add(value)
    return RAN
  },
  WithStmt: (s, locals, machine) => {
    const value = locals.value(s.value)
    const path = (s.path ?? []).map((part) => machine.string(part))
    // Without a path the value may be undefined: that is how a local gets back what it had.
    if (value === undefined && path.length > 0) return BROKEN
    return openWith(machine, locals, { local: s.local, path, value }, s.block)
  },
}

/** A function that is found by its path but undefined leaves so many blocks more: what stands there is the way around it. */
const UNDEFINED_DYNAMIC: Outcome = 3

function require(holds: boolean): Outcome {
  return holds ? RAN : BROKEN
}

function set(locals: Locals, target: IrLocal, value: RegoValue): Outcome {
  locals.set(target, value)
  return RAN
}

function define(locals: Locals, target: IrLocal, value: RegoValue | undefined): Outcome {
  locals.set(target, value)
  return require(value !== undefined)
}

function isObject(slot: Slot | undefined): boolean {
  return slot instanceof RegoObject || slot instanceof ObjectDraft
}

function isSet(slot: Slot | undefined): boolean {
  return slot instanceof RegoSet || slot instanceof SetDraft
}

/** The object that a local holds, opened for insertion. */
function objectIn(locals: Locals, local: IrLocal): ObjectDraft | undefined {
  const slot = locals.slot(local)
  if (!(slot instanceof RegoObject)) return slot instanceof ObjectDraft ? slot : undefined
  const draft = ObjectDraft.from(slot)
  locals.set(local, draft)
  return draft
}

function setIn(locals: Locals, local: IrLocal): SetDraft | undefined {
  const slot = locals.slot(local)
  if (!(slot instanceof RegoSet)) return slot instanceof SetDraft ? slot : undefined
  const draft = SetDraft.from(slot)
  locals.set(local, draft)
  return draft
}

function conflict(machine: Machine, message: string, location: IrLocation): Error {
  return machine.error('eval_conflict_error', message, location)
}
