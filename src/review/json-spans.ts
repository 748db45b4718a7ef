/** Where the values of a JSON text stand. */
import { escapePointer } from '../cce/pointer.js'

export interface TextSpan {
  readonly start: number
  readonly end: number
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gsu

interface Level {
  readonly pointer: string
  readonly start: number
  /** Place of the next item; undefined in an object. */
  at: number | undefined
  /** Name of the member whose value comes next. */
  name: string
}

/** The span of each value of a JSON text that parses, by its pointer. Of members with the same name the last one counts. */
export function spansOf(text: string): ReadonlyMap<string, TextSpan> {
  const spans = new Map<string, TextSpan>()
  const levels: Level[] = []
  let expectsName = false
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const top = levels.at(-1)
    const here = top === undefined ? '' : `${top.pointer}/${top.at ?? top.name}`
    if (token === ':') expectsName = false
    else if (token === ',') {
      if (top?.at !== undefined) top.at++
      else expectsName = true
    } else if (token === '}' || token === ']') {
      levels.pop()
      expectsName = false
      if (top !== undefined) spans.set(top.pointer, { start: top.start, end: index + 1 })
    } else if (expectsName && top !== undefined) top.name = escapePointer(JSON.parse(token) as string)
    else if (token === '{' || token === '[') {
      levels.push({ pointer: here, start: index, at: token === '[' ? 0 : undefined, name: '' })
      expectsName = token === '{'
    } else spans.set(here, { start: index, end: index + token.length })
  }
  return spans
}

/** The text with another text value at a JSON pointer; undefined if there is no value. */
export function replaceAt(text: string, pointer: string, value: string): string | undefined {
  const span = spansOf(text).get(pointer)
  return span === undefined ? undefined : `${text.slice(0, span.start)}${JSON.stringify(value)}${text.slice(span.end)}`
}
