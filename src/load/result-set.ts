/**
 * The text of a result set, as an evaluation writes it: `[{"result": …}]`, or `[]` if the document is undefined.
 */

/** A result set of one compiled entrypoint begins and ends so. */
const START = '[{"result":'
const END = '}]'
/** Where a second result would begin. */
const NEXT = '},{"result":'

/** The text of the first result; undefined if there is none. */
export function firstResult(text: string): string | undefined {
  if (!text.startsWith(START)) return undefined
  return text.includes(NEXT) ? cutFirst(text) : text.slice(START.length, -END.length)
}

/** The first result of a set that may have several: what stands for the next one may also be part of a document. */
function cutFirst(text: string): string | undefined {
  let depth = 0
  let isString = false
  for (let at = START.length; at < text.length; at++) {
    const char = text[at]
    if (isString) {
      if (char === '\\') at++
      else if (char === '"') isString = false
    } else if (char === '"') isString = true
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') {
      if (depth === 0) return text.slice(START.length, at)
      depth--
    }
  }
  return undefined
}
