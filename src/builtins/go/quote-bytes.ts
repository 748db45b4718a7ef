/** Quotes a text as Go's `time` does: bytes that are not printable ASCII in hexadecimal. */
import { encodeUtf8 } from '../../value/utf8.js'

export function quoteBytes(text: string): string {
  const bytes = Array.from(encodeUtf8(text), (byte) => {
    const char = String.fromCharCode(byte)
    if (byte < 0x20 || byte >= 0x80) return `\\x${byte.toString(16).padStart(2, '0')}`
    return char === '"' || char === '\\' ? `\\${char}` : char
  })
  return `"${bytes.join('')}"`
}
