/**
 * Strings and their bytes.
 *
 * Rego strings are bytes that are usually UTF-8, but some builtins (decoding base64, say) make others. Here a byte that is
 * not part of valid UTF-8 is the lone surrogate U+DC80 … U+DCFF, a code unit that no valid text holds, so that such a
 * string survives the way through this side unchanged, counts the byte as one character as OPA does, and can be told
 * from U+FFFD.
 */

const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Lone surrogates; in well-formed text there are none. */
const LONE_SURROGATE = /\p{Surrogate}/u
const LONE_SURROGATES = /\p{Surrogate}/gu

/** Whether the text holds bytes that are not UTF-8. */
export function hasRawBytes(text: string): boolean {
  return LONE_SURROGATE.test(text)
}

/** The text with U+FFFD in place of everything that is not UTF-8: what a JSON document shows. */
export function toWellFormed(text: string): string {
  return hasRawBytes(text) ? text.replace(LONE_SURROGATES, '\ufffd') : text
}

/** The bytes of a string, raw ones included. */
export function encodeUtf8(text: string): Uint8Array {
  if (!hasRawBytes(text)) return encoder.encode(text)
  const parts: Uint8Array[] = []
  let from = 0
  for (const match of text.matchAll(LONE_SURROGATES)) {
    const unit = text.charCodeAt(match.index)
    parts.push(encoder.encode(text.slice(from, match.index)))
    parts.push(unit >= 0xdc80 && unit <= 0xdcff ? Uint8Array.of(unit - 0xdc00) : Uint8Array.of(0xef, 0xbf, 0xbd))
    from = match.index + 1
  }
  parts.push(encoder.encode(text.slice(from)))
  return concatBytes(parts)
}

/** The string that has these bytes. Bytes that are not UTF-8 become lone surrogates, each for itself. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strictDecoder.decode(bytes)
  } catch {
    return decodeLoosely(bytes)
  }
}

/** A string put together from pieces: raw bytes that now make up valid UTF-8 become what they spell. */
export function joinRawBytes(text: string): string {
  return hasRawBytes(text) ? decodeUtf8(encodeUtf8(text)) : text
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function decodeLoosely(bytes: Uint8Array): string {
  const out: string[] = []
  let from = 0
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    if (length > 0) {
      at += length
      continue
    }
    out.push(strictDecoder.decode(bytes.subarray(from, at)), String.fromCharCode(0xdc00 + (bytes[at] as number)))
    from = ++at
  }
  out.push(strictDecoder.decode(bytes.subarray(from)))
  return out.join('')
}

/** How many bytes the valid sequence at `at` has; 0 if there is none. Unicode standard, table 3-7. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number
  if (lead < 0x80) return 1
  const second = bytes[at + 1] ?? 0
  const isTail = (place: number): boolean => ((bytes[place] ?? 0) & 0xc0) === 0x80
  if (lead >= 0xc2 && lead <= 0xdf) return isTail(at + 1) ? 2 : 0
  if (lead >= 0xe0 && lead <= 0xef) {
    const low = lead === 0xe0 ? 0xa0 : 0x80
    const high = lead === 0xed ? 0x9f : 0xbf
    return second >= low && second <= high && isTail(at + 2) ? 3 : 0
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const low = lead === 0xf0 ? 0x90 : 0x80
    const high = lead === 0xf4 ? 0x8f : 0xbf
    return second >= low && second <= high && isTail(at + 2) && isTail(at + 3) ? 4 : 0
  }
  return 0
}
