/**
 * Text in and out of a policy's memory, without needless copies: text is encoded where the module will read it, and decoded
 * where the module wrote it.
 *
 * Addresses come out of the module as signed numbers: beyond two gigabytes they are negative, and are read as unsigned here.
 */
const PAGE_SIZE = 65536
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export class PolicyMemory {
  #bytes: Uint8Array

  constructor(readonly memory: WebAssembly.Memory) {
    this.#bytes = new Uint8Array(memory.buffer)
  }

  /** The whole memory. Valid until the module runs or the memory grows. */
  get bytes(): Uint8Array {
    if (this.#bytes.buffer !== this.memory.buffer) this.#bytes = new Uint8Array(this.memory.buffer)
    return this.#bytes
  }

  /**
   * Writes text as UTF-8 at an address and returns its length in bytes. The memory grows as needed, but not beyond `limit`
   * bytes; then nothing is written and the result is undefined.
   */
  write(address: number, text: string, limit: number): number | undefined {
    const start = address >>> 0
    // A code unit takes at most three bytes, and mostly one: the small guess first, so as not to grow for nothing.
    for (const guess of [text.length, text.length * 3]) {
      let room = guess
      if (!this.#reserve(start + guess, limit)) {
        if (guess === text.length) return undefined
        room = byteLength(text)
        if (!this.#reserve(start + room, limit)) return undefined
      }
      const { read, written } = encoder.encodeInto(text, this.bytes.subarray(start, start + room))
      if (read === text.length) return written
    }
    return undefined
  }

  /** The NUL-terminated text at an address. */
  read(address: number): string {
    const { bytes } = this
    const start = address >>> 0
    return decoder.decode(bytes.subarray(start, bytes.indexOf(0, start)))
  }

  #reserve(end: number, limit: number): boolean {
    const present = this.memory.buffer.byteLength
    if (end <= present) return true
    if (end > limit) return false
    try {
      this.memory.grow(Math.ceil((end - present) / PAGE_SIZE))
      return true
    } catch {
      return false
    }
  }
}

/** Length of a text in UTF-8. Lone surrogates count as the three bytes of U+FFFD. */
export function byteLength(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    if (unit < 0x800) length += 1
    else length += 2
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) at++
  }
  return length
}
