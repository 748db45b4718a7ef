/** Flags of one formatting directive, and the padding that they ask for. */
import { codePointCount } from '../code-points.js'

export interface Flags {
  plus: boolean
  minus: boolean
  sharp: boolean
  space: boolean
  zero: boolean
  width: number | undefined
  precision: number | undefined
}

export const NO_FLAGS: Readonly<Flags> = {
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
}

/** Fills up to the width: on the right after `-`, with zeros after `0`. */
export function pad(text: string, flags: Readonly<Flags>): string {
  const missing = (flags.width ?? 0) - codePointCount(text)
  if (missing <= 0) return text
  if (flags.minus) return text + ' '.repeat(missing)
  return (flags.zero ? '0' : ' ').repeat(missing) + text
}
