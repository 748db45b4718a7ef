/** Strings by code point, which is how Rego counts characters; plain text takes a short cut. */

const BEYOND_BASIC_PLANE = /[\ud800-\udbff][\udc00-\udfff]/

/** Whether every character is one code unit, so that offsets in one are offsets in the other. */
function isFlat(text: string): boolean {
  return !BEYOND_BASIC_PLANE.test(text)
}

export function codePointCount(text: string): number {
  if (isFlat(text)) return text.length
  let count = 0
  for (let at = 0; at < text.length; at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1) count++
  return count
}

/** The characters from `from` up to `to`. */
export function sliceCodePoints(text: string, from: number, to: number): string {
  return isFlat(text) ? text.slice(from, to) : Array.from(text).slice(from, to).join('')
}

/** Turns ascending offsets in code units into offsets in code points. */
export function codePointOffsets(text: string, offsets: readonly number[]): number[] {
  if (isFlat(text)) return [...offsets]
  let at = 0
  let count = 0
  return offsets.map((offset) => {
    for (; at < offset; at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1) count++
    return count
  })
}
