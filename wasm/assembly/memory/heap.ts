/**
 * The heap: a bump pointer, and free lists by size class for what is given back.
 *
 * Blocks have no header: whoever releases one knows its size (a value's size follows from its layout). `text.ts` adds
 * headers for the buffers that the host frees. Every block is a multiple of 8 bytes at a multiple of 8. An evaluation
 * begins with empty lists, so allocation is then an addition and a comparison.
 */
import { abortWith } from '../eval/abort'
import { FREE_LISTS, STASHED_LISTS } from './layout'
import { SIZE_CLASSES, classHolding, classSize, classWithin } from './size-class'

const PAGE_SHIFT: usize = 16
/** No address is as high. */
const NEVER: usize = 0xffffffff
/** The last bytes of memory are never given out, so that reading a few bytes beyond a block is always allowed. */
const SLACK: usize = 16
const GROWTH_STEP: usize = 1 << 20
/**
 * No block is larger: 512 MiB, about what a JavaScript string can hold. Sizes that are computed from those of values, up to
 * six times as much, then still fit an address, so that no addition wraps around unnoticed.
 */
export const MAX_BLOCK: usize = 1 << 29

let base: usize = 0
let top: usize = 0
let end: usize = 0
let listed: bool = false

/** Bytes of memory above which growing aborts; 0: none. */
export let memoryLimit: u32 = 0

/** First address of the heap proper. Values below it are static and are never freed. */
@inline export function isStatic(address: usize): bool {
  return address < base
}

/** First address of what goes with the evaluation under way; all ones between evaluations. */
let transientBase: usize = 0xffffffff

/** Whether a value goes with the evaluation under way. Only then may more memory be attached to it in passing. */
@inline export function isTransient(address: usize): bool {
  return address >= transientBase
}

@inline export function isEvaluating(): bool {
  return transientBase != NEVER
}

/** From here on, what is allocated goes with the evaluation. */
export function beginTransient(): void {
  if (transientBase == NEVER) transientBase = top
}

export function endTransient(): void {
  transientBase = NEVER
}

export function initHeap(heapBase: usize): void {
  base = align(heapBase)
  top = base
  end = memoryEnd()
  memory.fill(FREE_LISTS, 0, <usize>SIZE_CLASSES << 2)
  memory.fill(STASHED_LISTS, 0, <usize>SIZE_CLASSES << 2)
}

/** A block of at least so many bytes. The content is arbitrary. */
export function allocate(size: usize): usize {
  if (listed || size > 1024) return allocateByClass(size)
  const block = top
  top = block + align(size)
  if (top > end) growTo(top)
  return block
}

function allocateByClass(size: usize): usize {
  if (size > MAX_BLOCK) outOfMemory()
  const sizeClass = classHolding(size)
  const head = FREE_LISTS + (<usize>sizeClass << 2)
  const free = load<u32>(head)
  if (free != 0) {
    store<u32>(head, load<u32>(free))
    return free
  }
  const block = top
  const next = block + classSize(sizeClass)
  if (next < block) outOfMemory()
  top = next
  if (next > end) growTo(next)
  return block
}

/** Gives a block back; `size` is what `allocate` was asked for. */
export function release(block: usize, size: usize): void {
  if (size != 0) list(block, classHolding(size))
}

/** Gives back what a block has beyond the `smaller` size that it turned out to need; `size` is what it was asked for. */
export function shrink(block: usize, size: usize, smaller: usize): void {
  const present = blockSize(size)
  const kept = blockSize(smaller)
  if (kept < present) list(block + kept, classWithin(present - kept))
}

/** Bytes that `allocate` really takes for a block. */
export function blockSize(size: usize): usize {
  return classSize(classHolding(size))
}

function list(block: usize, sizeClass: u32): void {
  if (block + classSize(sizeClass) == top) {
    top = block
    return
  }
  const head = FREE_LISTS + (<usize>sizeClass << 2)
  store<u32>(block, load<u32>(head))
  store<u32>(head, block)
  listed = true
}

/** First address that no block has been given from. */
@inline export function heapTop(): usize {
  return top
}

/** Sets the bump pointer; everything above is forgotten, and so are all free blocks. */
export function setHeapTop(address: usize): void {
  forgetFree()
  top = align(address)
  end = memoryEnd()
  if (top > end) growTo(top)
}

/** Moves the bump pointer up, as a block that grows in place needs it. */
export function extendHeapTop(address: usize): void {
  if (address < top) outOfMemory()
  top = align(address)
  if (top > end) growTo(top)
}

/** Moves the bump pointer down to the end of the last block, which was larger than needed. */
export function lowerHeapTop(address: usize): void {
  top = align(address)
}

/** Puts the free blocks aside, to be found again after evaluations have reset the heap. */
export function stashFree(): void {
  memory.copy(STASHED_LISTS, FREE_LISTS, <usize>SIZE_CLASSES << 2)
  forgetFree()
}

export function restoreFree(): void {
  memory.copy(FREE_LISTS, STASHED_LISTS, <usize>SIZE_CLASSES << 2)
  clearStash()
  listed = true
}

export function clearStash(): void {
  memory.fill(STASHED_LISTS, 0, <usize>SIZE_CLASSES << 2)
}

function forgetFree(): void {
  if (!listed) return
  memory.fill(FREE_LISTS, 0, <usize>SIZE_CLASSES << 2)
  listed = false
}

@inline export function align(size: usize): usize {
  return (size + 7) & ~7
}

/** The host may have grown the memory meanwhile, so the present size is asked for. */
function growTo(address: usize): void {
  const present = memoryEnd()
  if (address > present) {
    const ceiling: usize = memoryLimit == 0 ? 0xffff0000 : memoryLimit
    const limit: usize = ceiling > SLACK ? ceiling - SLACK : 0
    if (address > limit) outOfMemory()
    const pages = <i32>((address - present + 0xffff) >> PAGE_SHIFT)
    const generous = <i32>(min(max(GROWTH_STEP, present >> 1), limit - min(limit, present)) >> PAGE_SHIFT)
    if (memory.grow(max(pages, generous)) < 0 && memory.grow(pages) < 0) outOfMemory()
  }
  end = memoryEnd()
}

function memoryEnd(): usize {
  return (<usize>memory.size() << PAGE_SHIFT) - SLACK
}

export function outOfMemory(): void {
  abortWith('budget exceeded: memory')
}
