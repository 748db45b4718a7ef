/**
 * Statements that run blocks: nested blocks, negation, scans, replacements, calls.
 */
import type { RegoValue } from '../../value/value.js'
import type { IrBlock, IrFunc, IrLocal } from '../plan.js'
import { replaceAt } from './access.js'
import { type Slot, settle } from './draft.js'
import { BROKEN, Locals, type Machine, type Opening, type Outcome, RAN, RETURNED } from './machine.js'

/** Blocks in turn, whether or not they are left at some point. */
export function openBlocks(locals: Locals, blocks: readonly IrBlock[]): Opening {
  let at = 0
  return { locals, next: (ended) => leavesMore(ended) ?? blocks[at++] ?? RAN }
}

/** Breaks if the block runs to its end. */
export function openNot(locals: Locals, block: IrBlock): Opening {
  let isOver = false
  return {
    locals,
    next: (ended) => {
      if (!isOver) {
        isOver = true
        return block
      }
      return leavesMore(ended) ?? (ended === RAN ? BROKEN : RAN)
    },
  }
}

/** The block once for each entry. */
export function openScan(
  locals: Locals,
  entries: readonly (readonly [key: RegoValue, value: RegoValue])[],
  target: { readonly key: IrLocal; readonly value: IrLocal; readonly block: IrBlock },
): Opening {
  let at = 0
  return {
    locals,
    next: (ended) => {
      const leaves = leavesMore(ended)
      if (leaves !== undefined) return leaves
      const entry = entries[at++]
      if (entry === undefined) return RAN
      locals.set(target.key, entry[0])
      locals.set(target.value, entry[1])
      return target.block
    },
  }
}

/** The block while a local, or the entry at a path in it, has another value. */
export function openWith(
  machine: Machine,
  locals: Locals,
  replacement: { readonly local: IrLocal; readonly path: readonly string[]; readonly value: RegoValue | undefined },
  block: IrBlock,
): Opening {
  const { local, path, value } = replacement
  const before = locals.slot(local)
  const { memo } = machine
  let isOver = false
  return {
    locals,
    next: (ended) => {
      if (!isOver) {
        isOver = true
        const base = before === undefined ? undefined : settle(before)
        locals.set(local, value === undefined ? undefined : replaceAt(base, path, value))
        machine.memo = new Map()
        return block
      }
      machine.memo = memo
      locals.set(local, before)
      return leavesMore(ended) ?? ended
    },
  }
}

/** The blocks of a function until it returns; equal calls are evaluated once. `define` takes the result. */
export function openCall(
  machine: Machine,
  func: IrFunc,
  args: readonly (Slot | undefined)[],
  define: (result: RegoValue | undefined) => Outcome,
): Opening | Outcome {
  const { memo } = machine
  const key = machine.callKey(func, args)
  if (memo.has(key)) return define(memo.get(key))
  const locals = new Locals(machine)
  func.params.forEach((param, place) => locals.set(param, args[place]))
  const blocks = func.blocks ?? []
  let at = 0
  return {
    locals,
    next: (ended) => {
      const block = ended === RETURNED ? undefined : blocks[at++]
      if (block !== undefined) return block
      memo.set(key, locals.returned)
      return define(locals.returned)
    },
  }
}

/** How a statement ends whose block was left together with others, or returned; undefined if neither is so. */
function leavesMore(ended: Outcome): Outcome | undefined {
  if (ended === RETURNED) return RETURNED
  return ended > BROKEN ? ended - 1 : undefined
}
