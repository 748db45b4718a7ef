/**
 * Text under construction: one block at a time that grows, in place as long as nothing else is allocated above it. Its size
 * is at all times one that `allocate` gives, so that the block can be released like any other.
 *
 * Whoever needs a second text while one is open suspends the first (`suspendWriter`, `resumeWriter`).
 */
import { Text, textLength, writeText } from '../eval/abort'
import { copyBytes } from '../memory/bytes'
import { MAX_BLOCK, allocate, blockSize, extendHeapTop, heapTop, lowerHeapTop, outOfMemory, release } from '../memory/heap'

const FIRST_SIZE: usize = 256

let start: usize = 0
let at: usize = 0
let limit: usize = 0

/** Begins a text after `header` bytes that the caller will fill. */
export function openWriter(header: usize): void {
  start = allocate(FIRST_SIZE)
  at = start + header
  limit = start + FIRST_SIZE
}

/** Makes sure that `size` more bytes fit. */
@inline export function reserve(size: usize): void {
  if (limit - at < size) enlarge(size)
}

/** Appends a byte that was reserved. */
@inline export function putReserved(byte: u32): void {
  store<u8>(at, byte)
  at++
}

export function put(byte: u32): void {
  reserve(1)
  putReserved(byte)
}

export function putTwo(first: u32, second: u32): void {
  reserve(2)
  store<u16>(at, first | (second << 8))
  at += 2
}

export function putBytes(bytes: usize, byteLength: usize): void {
  reserve(byteLength)
  copyBytes(at, bytes, byteLength)
  at += byteLength
}

/** Appends static text. */
export function writeWord(word: Text): void {
  reserve(textLength(word))
  at = writeText(at, word)
}

/** Where the next byte goes, for those who write reserved room themselves. */
@inline export function writerPlace(): usize {
  return at
}

@inline export function advanceWriter(place: usize): void {
  at = place
}

/** Ends the text and gives what it did not need back. Returns the block; `writerPlace` still says where the text ends. */
export function closeWriter(): usize {
  if (heapTop() == limit) {
    limit = start + blockSize(at - start)
    lowerHeapTop(limit)
  }
  return start
}

/** Size of the block, after `closeWriter`. */
export function writerBlockSize(): usize {
  return limit - start
}

export function resumeWriter(itsStart: usize, itsPlace: usize, itsLimit: usize): void {
  start = itsStart
  at = itsPlace
  limit = itsLimit
}

@inline export function writerStart(): usize {
  return start
}

@inline export function writerLimit(): usize {
  return limit
}

function enlarge(size: usize): void {
  const used = at - start
  const present = limit - start
  if (size > MAX_BLOCK - used) outOfMemory()
  const wanted = blockSize(max(min(present << 1, MAX_BLOCK), used + size))
  if (heapTop() == limit) {
    extendHeapTop(start + wanted)
  } else {
    const moved = allocate(wanted)
    memory.copy(moved, start, used)
    release(start, present)
    start = moved
    at = moved + used
  }
  limit = start + wanted
}
