/**
 * What functions have already given in this evaluation: a row of results for functions that depend on input and data
 * alone, and a hash table for calls with arguments. A `with` opens a level of its own; both tables of a level are made
 * when they are first written to, so that opening one costs next to nothing.
 *
 * A level that lies below others is kept as
 *
 *  0               4              8              12
 *  │ next below →  │ results →    │ calls →      │ callSlots: u32 │ callCount: u32 │
 */
import { allocate, beginTransient, release } from '../memory/heap'
import { combine, finish } from '../memory/murmur'
import { equal } from '../value/equal'
import { hash } from '../value/hash'
import { Value } from '../value/type'
import { burn } from './fuel'
import { resetNesting } from './nesting'

const UNKNOWN: i32 = -1
const LEVEL_SIZE: usize = 24

let functions: u32 = 0
let below: usize = 0
let results: usize = 0
let calls: usize = 0
let callSlots: u32 = 0
let callCount: u32 = 0

/** Begins an evaluation with `count` functions. */
export function resetMemo(count: u32): void {
  beginTransient()
  resetNesting()
  functions = count
  below = 0
  clearLevel()
}

export function memoOf(index: u32): i32 {
  return results == 0 ? UNKNOWN : load<i32>(results + (<usize>index << 2))
}

export function setMemo(index: u32, value: Value): void {
  if (results == 0) {
    const size = <usize>functions << 2
    results = allocate(size)
    memory.fill(results, 0xff, size)
  }
  store<u32>(results + (<usize>index << 2), value)
}

export function pushMemo(): void {
  const level = allocate(LEVEL_SIZE)
  store<u32>(level, below)
  store<u32>(level, results, 4)
  store<u32>(level, calls, 8)
  store<u32>(level, callSlots, 12)
  store<u32>(level, callCount, 16)
  below = level
  clearLevel()
}

export function popMemo(): void {
  release(results, results == 0 ? 0 : <usize>functions << 2)
  release(calls, callBytes(callSlots))
  const level = below
  below = load<u32>(level)
  results = load<u32>(level, 4)
  calls = load<u32>(level, 8)
  callSlots = load<u32>(level, 12)
  callCount = load<u32>(level, 16)
  release(level, LEVEL_SIZE)
}

function clearLevel(): void {
  results = 0
  calls = 0
  callSlots = 0
  callCount = 0
}

/*
 * A call takes four words; a hash of 0 marks a free slot.
 *
 *  0            4               8         12
 *  │ hash: u32  │ function: u32 │ args →  │ value, or 0
 */
const CALL_SHIFT: usize = 4
const FIRST_SLOTS: u32 = 32

@inline function callBytes(slots: u32): usize {
  return <usize>slots << CALL_SHIFT
}

export function callMemoOf(index: u32, args: Value): i32 {
  if (calls == 0) return UNKNOWN
  const slot = findCall(callHash(index, args), index, args)
  return load<u32>(slot) == 0 ? UNKNOWN : load<i32>(slot, 12)
}

export function setCallMemo(index: u32, args: Value, value: Value): void {
  if (callCount << 1 >= callSlots) growCalls()
  const itsHash = callHash(index, args)
  const slot = findCall(itsHash, index, args)
  if (load<u32>(slot) == 0) callCount++
  store<u32>(slot, itsHash)
  store<u32>(slot, index, 4)
  store<u32>(slot, args, 8)
  store<u32>(slot, value, 12)
}

function callHash(index: u32, args: Value): u32 {
  const result = finish(combine(index, hash(args)))
  return result == 0 ? 1 : result
}

/** The slot of a call, or the free one where it belongs. */
function findCall(itsHash: u32, index: u32, args: Value): usize {
  const mask = callSlots - 1
  let place = itsHash & mask
  let walked: i64 = 0
  while (true) {
    const slot = calls + callBytes(place)
    const found = load<u32>(slot)
    if (found == 0 || (found == itsHash && load<u32>(slot, 4) == index && equal(load<u32>(slot, 8), args))) {
      if (walked > 64) burn(walked)
      return slot
    }
    place = (place + 1) & mask
    walked++
  }
}

function growCalls(): void {
  const old = calls
  const oldSlots = callSlots
  callSlots = oldSlots == 0 ? FIRST_SLOTS : oldSlots << 1
  calls = allocate(callBytes(callSlots))
  memory.fill(calls, 0, callBytes(callSlots))
  for (let place: u32 = 0; place < oldSlots; place++) {
    const from = old + callBytes(place)
    const itsHash = load<u32>(from)
    if (itsHash == 0) continue
    const mask = callSlots - 1
    let to = itsHash & mask
    while (load<u32>(calls + callBytes(to)) != 0) to = (to + 1) & mask
    memory.copy(calls + callBytes(to), from, 1 << CALL_SHIFT)
  }
  release(old, callBytes(oldSlots))
}
