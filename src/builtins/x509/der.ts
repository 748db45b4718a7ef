/**
 * Reads DER, the binary encoding of certificates and keys.
 *
 * Written here because builtins have to be synchronous and exact about what Go refuses: definite lengths in their shortest
 * form only, nothing after the end of an element.
 */
import { failure } from '../context.js'

/** The tags that certificates and keys are made of. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** One element: what it is, its content, and all of its bytes. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
  readonly raw: Uint8Array
}

/** The tag `[number]` of an element that holds others (`constructed`) or just bytes. */
export function contextTag(number: number, isConstructed: boolean): number {
  return (isConstructed ? 0xa0 : 0x80) | number
}

export function malformed(what: string): Error {
  return failure(`asn1: structure error: ${what}`)
}

/** The elements that bytes consist of. */
export function readElements(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = []
  for (let at = 0; at < bytes.length;) {
    const element = readAt(bytes, at)
    elements.push(element)
    at += element.raw.length
  }
  return elements
}

/** The one element that bytes consist of. */
export function readElement(bytes: Uint8Array): DerElement {
  const element = readAt(bytes, 0)
  if (element.raw.length !== bytes.length) throw malformed('trailing data')
  return element
}

function readAt(bytes: Uint8Array, start: number): DerElement {
  const tag = bytes[start]
  const first = bytes[start + 1]
  if (tag === undefined || first === undefined) throw malformed('truncated tag or length')
  if ((tag & 0x1f) === 0x1f) throw malformed('tags of several bytes do not occur here')
  let at = start + 2
  let length = first
  if (first >= 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 4 || at + count > bytes.length) throw malformed('length')
    length = bytes.subarray(at, at + count).reduce((value, byte) => value * 256 + byte, 0)
    if (length < 0x80 || bytes[at] === 0) throw malformed('non-minimal length')
    at += count
  }
  if (at + length > bytes.length) throw malformed('data truncated')
  return { tag, content: bytes.subarray(at, at + length), raw: bytes.subarray(start, at + length) }
}

/** Takes elements of a sequence one after the other. */
export class DerSequence {
  readonly #elements: readonly DerElement[]
  #at = 0

  constructor(element: DerElement, tag: number = TAG.sequence) {
    this.#elements = readElements(expectTag(element, tag).content)
  }

  get isAtEnd(): boolean {
    return this.#at === this.#elements.length
  }

  next(tag?: number): DerElement {
    const element = this.#elements[this.#at++]
    if (element === undefined) throw malformed('sequence truncated')
    return tag === undefined ? element : expectTag(element, tag)
  }

  /** The next element if it has the tag. */
  optional(tag: number): DerElement | undefined {
    return this.#elements[this.#at]?.tag === tag ? this.#elements[this.#at++] : undefined
  }

  rest(): readonly DerElement[] {
    const rest = this.#elements.slice(this.#at)
    this.#at = this.#elements.length
    return rest
  }
}

export function expectTag(element: DerElement, tag: number): DerElement {
  if (element.tag !== tag) throw malformed(`tags don't match (${tag} vs ${element.tag})`)
  return element
}

export function sequenceOf(bytes: Uint8Array): DerSequence {
  return new DerSequence(readElement(bytes))
}

export function integerOf(element: DerElement): bigint {
  const { content } = expectTag(element, TAG.integer)
  const [first, second] = content
  if (first === undefined) throw malformed('empty integer')
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw malformed('integer not minimally-encoded')
  }
  const value = content.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  return first >= 0x80 ? value - (1n << BigInt(content.length * 8)) : value
}

/** The arcs of an object identifier. */
export function oidOf(element: DerElement): readonly number[] {
  return oidOfBytes(expectTag(element, TAG.oid).content)
}

function oidOfBytes(content: Uint8Array): readonly number[] {
  const arcs: number[] = []
  let value = 0
  let isOpen = false
  for (const byte of content) {
    if (!isOpen && byte === 0x80) throw malformed('object identifier not minimally-encoded')
    value = value * 128 + (byte & 0x7f)
    if (value > 0x7fffffff) throw malformed('base 128 integer too large')
    isOpen = byte >= 0x80
    if (isOpen) continue
    if (arcs.length === 0) arcs.push(Math.min(Math.floor(value / 40), 2), value - 40 * Math.min(Math.floor(value / 40), 2))
    else arcs.push(value)
    value = 0
  }
  if (arcs.length === 0 || isOpen) throw malformed('object identifier truncated')
  return arcs
}

export function oidText(arcs: readonly number[]): string {
  return arcs.join('.')
}

export function booleanOf(element: DerElement): boolean {
  const { content } = expectTag(element, TAG.boolean)
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw malformed('invalid boolean')
  return content[0] === 0xff
}

/** The bytes of a bit string whose length is a multiple of eight. */
export function bitStringOf(element: DerElement): Uint8Array {
  const { content } = expectTag(element, TAG.bitString)
  if (content.length === 0 || (content[0] as number) > 7) throw malformed('invalid bit string')
  return content.subarray(1)
}

/** Milliseconds since 1970 of a time in UTC. */
export function timeOf(element: DerElement): number {
  const text = String.fromCharCode(...element.content)
  const pattern =
    element.tag === TAG.utcTime
      ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
      : /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
  if (element.tag !== TAG.utcTime && element.tag !== TAG.generalizedTime) throw malformed('unsupported time format')
  const match = pattern.exec(text)
  if (match === null) throw malformed(`cannot parse time ${JSON.stringify(text)}`)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const date = new Date(0)
  date.setUTCFullYear(element.tag === TAG.utcTime ? (year >= 50 ? 1900 + year : 2000 + year) : year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    throw malformed(`time ${JSON.stringify(text)} is out of range`)
  }
  return date.getTime()
}

/** The text of a string of any of the kinds that names have. */
export function textOf({ tag, content }: DerElement): string {
  switch (tag) {
    case TAG.utf8String:
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
      } catch {
        throw malformed('invalid UTF-8 string')
      }
    case TAG.bmpString:
      if (content.length % 2 === 1) throw malformed('invalid BMPString')
      return Array.from({ length: content.length / 2 }, (_, at) =>
        String.fromCharCode(((content[at * 2] as number) << 8) | (content[at * 2 + 1] as number)),
      ).join('')
    case TAG.printableString:
    case TAG.numericString:
    case TAG.ia5String:
    case TAG.teletexString:
      return Array.from(content, (byte) => String.fromCharCode(byte)).join('')
    default:
      throw malformed(`unsupported string type: ${tag}`)
  }
}
