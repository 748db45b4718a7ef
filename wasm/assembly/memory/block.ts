/**
 * Blocks for the host: with their size in front, because `opa_free` is told nothing but the address.
 *
 *  -8          -4       0
 *  │ size: u32 │        │ what the host sees …
 */
import { allocate, isStatic, release } from './heap'

export const BLOCK_HEADER: usize = 8

export function mallocBlock(size: usize): usize {
  const block = allocate(size + BLOCK_HEADER)
  store<u32>(block, size + BLOCK_HEADER)
  return block + BLOCK_HEADER
}

export function freeBlock(address: usize): void {
  if (isStatic(address)) return
  release(address - BLOCK_HEADER, load<u32>(address - BLOCK_HEADER))
}
