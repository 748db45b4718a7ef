/** Files as text: bytes that are not UTF-8 are refused with their place, instead of becoming other text. */
import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { decodeUtf8 } from '../value/utf8.js'
import { type FileProblem, systemMessage } from './file-problem.js'

/** Characters of the longest text that there can be. */
const MAX_BYTES = 0x1fffffe8

/** The text of a file, or why there is none. `name` is what messages call it. */
export function readText(path: string, name: string): string | FileProblem {
  const bytes = readBytes(path, name)
  return bytes instanceof Uint8Array ? decodeText(bytes, name) : bytes
}

export function readBytes(path: string, name: string): Uint8Array | FileProblem {
  try {
    return readFileSync(path)
  } catch (error) {
    return { file: name, message: systemMessage(error) }
  }
}

export function decodeText(bytes: Uint8Array, name: string): string | FileProblem {
  if (bytes.length > MAX_BYTES) return { file: name, message: `is too large: ${bytes.length} bytes` }
  if (isUtf8(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  if (/^(?:fffe|feff)/.test(Buffer.from(bytes.subarray(0, 2)).toString('hex'))) {
    return { file: name, message: 'is UTF-16; save it as UTF-8' }
  }
  return notUtf8(bytes, name)
}

function notUtf8(bytes: Uint8Array, name: string): FileProblem {
  const before = Buffer.from(decodeUtf8(bytes.subarray(0, firstBadByte(bytes))))
  const row = before.reduce((rows, byte) => rows + (byte === 0x0a ? 1 : 0), 1)
  const line = before.subarray(before.lastIndexOf(0x0a) + 1).toString('utf8')
  const byte = (bytes[before.length] as number).toString(16).padStart(2, '0')
  return { file: name, message: `is not UTF-8: byte ${before.length} is 0x${byte}`, place: { row, col: [...line].length + 1 } }
}

/** The offset of the first byte that is not part of a character: halves are asked, not bytes. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  // INVARIANT: `good` is the end of a character, and what is before it is UTF-8.
  while (bad - good > 8) {
    let middle = (good + bad) >> 1
    while (middle > good && ((bytes[middle] as number) & 0xc0) === 0x80) middle--
    if (middle === good || !isUtf8(bytes.subarray(good, middle))) {
      if (middle === good) break
      bad = middle
    } else good = middle
  }
  for (let end = good + 1; end <= bytes.length && end <= good + 16;) {
    if (isUtf8(bytes.subarray(good, end))) good = end
    end++
  }
  return good
}
