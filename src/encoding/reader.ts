/**
 * A cursor over bytes, with bounds checked: what the module reader reads from.
 */

/** The bytes are no well-formed module. `offset` counts from the start of the module. */
export class WasmFormatError extends Error {
  override readonly name = 'WasmFormatError'

  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(`${message} at byte ${offset}`)
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export class ByteReader {
  #at: number

  /** Reads `bytes` from `start` up to `end`; offsets in errors count from the start of `bytes`. */
  constructor(
    readonly source: Uint8Array,
    start = 0,
    readonly end = source.length,
  ) {
    this.#at = start
  }

  /** Offset of the next byte. */
  get offset(): number {
    return this.#at
  }

  get done(): boolean {
    return this.#at >= this.end
  }

  u8(): number {
    if (this.#at >= this.end) throw new WasmFormatError('unexpected end', this.#at)
    return this.source[this.#at++] as number
  }

  /** The next `count` bytes, without a copy. */
  bytes(count: number): Uint8Array {
    if (count > this.end - this.#at) throw new WasmFormatError(`expected ${count} more bytes`, this.#at)
    const start = this.#at
    this.#at += count
    return this.source.subarray(start, this.#at)
  }

  /** A reader of the next `count` bytes alone; this one goes on after them. */
  section(count: number): ByteReader {
    const start = this.#at
    this.bytes(count)
    return new ByteReader(this.source, start, this.#at)
  }

  /** Text of `count` UTF-8 bytes. */
  utf8(count: number): string {
    const start = this.#at
    try {
      return decoder.decode(this.bytes(count))
    } catch (cause) {
      if (cause instanceof WasmFormatError) throw cause
      throw new WasmFormatError('malformed UTF-8', start)
    }
  }
}
