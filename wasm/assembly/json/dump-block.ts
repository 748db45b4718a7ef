/**
 * Dumps for the host: NUL-terminated text in a block of its own, for `opa_free`.
 */
import { BLOCK_HEADER } from '../memory/block'
import { Value } from '../value/type'
import { writeJson, writeValueText } from './dump'
import { closeWriter, openWriter, put, writerBlockSize } from './writer'

export function dumpJson(value: Value): usize {
  openWriter(BLOCK_HEADER)
  writeJson(value)
  return finishBlock()
}

export function dumpValueText(value: Value): usize {
  openWriter(BLOCK_HEADER)
  writeValueText(value)
  return finishBlock()
}

function finishBlock(): usize {
  put(0)
  const block = closeWriter()
  store<u32>(block, writerBlockSize())
  return block + BLOCK_HEADER
}
