/**
 * A growing buffer of bytes: what every part of the encoder writes into.
 *
 * Bytes go straight into one `Uint8Array` that doubles when it is full, so that a module of megabytes is written in time
 * linear in its size. Multi-byte integers are little-endian, as everything in WebAssembly is.
 */

const INITIAL_CAPACITY = 256
const encoder = new TextEncoder()

export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(capacity = INITIAL_CAPACITY) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** Number of bytes written so far. */
  get length(): number {
    return this.#length
  }

  u8(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#length++] = value
  }

  /** Two bytes, for what is written often. */
  pair(first: number, second: number): void {
    if (this.#length + 2 > this.#bytes.length) this.#grow(2)
    this.#bytes[this.#length++] = first
    this.#bytes[this.#length++] = second
  }

  u32(value: number): void {
    this.#grow(4)
    this.#put32(this.#length, value)
    this.#length += 4
  }

  u64(value: bigint): void {
    const low = BigInt.asUintN(64, value)
    this.u32(Number(low & 0xffffffffn))
    this.u32(Number(low >> 32n))
  }

  bytes(source: Uint8Array): void {
    this.#grow(source.length)
    this.#bytes.set(source, this.#length)
    this.#length += source.length
  }

  /** The UTF-8 bytes of `text`, without length or terminator. Returns how many there are. */
  utf8(text: string): number {
    this.#grow(text.length * 3)
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(this.#length))
    this.#length += written
    return written
  }

  /** Zero bytes up to the next multiple of `alignment`, a power of two. */
  align(alignment: number): void {
    const end = (this.#length + alignment - 1) & -alignment
    while (this.#length < end) this.u8(0)
  }

  /** Overwrite four bytes at `at`, which lies before the end. */
  patch32(at: number, value: number): void {
    if (at + 4 > this.#length) throw new RangeError(`patch at ${at} lies beyond the end ${this.#length}`)
    this.#put32(at, value)
  }

  /** Forget everything written, keeping the buffer. */
  clear(): void {
    this.#length = 0
  }

  /** What has been written, without a copy: valid until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  /** A copy of what has been written. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const copy = new Uint8Array(this.#length)
    copy.set(this.view())
    return copy
  }

  #put32(at: number, value: number): void {
    this.#bytes[at] = value
    this.#bytes[at + 1] = value >>> 8
    this.#bytes[at + 2] = value >>> 16
    this.#bytes[at + 3] = value >>> 24
  }

  #grow(more: number): void {
    const need = this.#length + more
    if (need <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(need, this.#bytes.length * 2))
    grown.set(this.view())
    this.#bytes = grown
  }
}
