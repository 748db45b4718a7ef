/** JSON that was cut off: as much of it as is whole. */
import type { JsonValue } from '../../cce/json-value.js'

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(-?[0-9][0-9.eE+-]*|true|false|null)|([{}[\],:]))/gsuy

/**
 * The value of a JSON text, or of the longest part from its beginning that becomes JSON by closing what is open. Members
 * and items that are not whole are left out; undefined if nothing is whole.
 */
export function recoverJson(text: string): JsonValue | undefined {
  const closers: string[] = []
  let good: string | undefined
  let at = 0
  let expectsValue = true
  let afterName = false
  TOKEN.lastIndex = 0
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    const [whole, quoted, scalar, sign] = found
    const end = at + whole.length
    const inObject = closers.at(-1) === '}'
    if (sign === '{' || sign === '[') {
      closers.push(sign === '{' ? '}' : ']')
      expectsValue = sign === '['
      afterName = false
      good = close(text.slice(0, end), closers)
    } else if (sign === '}' || sign === ']') {
      closers.pop()
      good = close(text.slice(0, end), closers)
      if (closers.length === 0) break
    } else if (sign === ':') {
      expectsValue = true
      afterName = true
    } else if (sign === ',') {
      expectsValue = !inObject
      afterName = false
    } else if (quoted !== undefined && inObject && !afterName) {
      expectsValue = false
    } else if (expectsValue || quoted !== undefined) {
      // A number at the very end may have lost digits.
      if (scalar === undefined || end < text.length || /^[tfn]/.test(scalar)) good = close(text.slice(0, end), closers)
      afterName = false
    }
    at = end
  }
  if (good === undefined) return undefined
  try {
    return JSON.parse(good) as JsonValue
  } catch {
    return undefined
  }
}

function close(text: string, closers: readonly string[]): string {
  return text + [...closers].reverse().join('')
}
