/**
 * Dumps for the host: NUL-terminated text in a block of its own, for `opa_free`.
 */
import { BLOCK_HEADER } from '../memory/block'
import { Value } from '../value/type'
import { write } from './dump'
import { closeWriter, openWriter, put, writerBlockSize } from './writer'

export function dump(value: Value, style: u32): usize {
  openWriter(BLOCK_HEADER)
  write(value, style)
  put(0)
  const block = closeWriter()
  store<u32>(block, writerBlockSize())
  return block + BLOCK_HEADER
}
