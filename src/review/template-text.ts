/** Putting a policy into a deployment template, without touching any other character of its text. */
import { escapePointer } from '../cce/pointer.js'

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gsu

interface Level {
  /** What the next value of an array, or the member of an object, is called in a pointer. */
  step: string
  readonly isArray: boolean
}

/** Where the value at a JSON pointer stands in a JSON text that parses; undefined if there is none. */
export function spanAt(text: string, pointer: string): { readonly start: number; readonly end: number } | undefined {
  const levels: Level[] = []
  let expectsName = false
  let start: number | undefined
  let depth = 0
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const top = levels.at(-1)
    if (token === ':') expectsName = false
    else if (token === ',') {
      if (top !== undefined && top.isArray) top.step = String(Number(top.step) + 1)
      else expectsName = true
    } else if (expectsName && top !== undefined && token !== '}') top.step = escapePointer(JSON.parse(token) as string)
    else if (token === '}' || token === ']') {
      levels.pop()
      expectsName = false
      if (start !== undefined && levels.length === depth) return { start, end: index + 1 }
    } else {
      const isHere = start === undefined && levels.map(({ step }) => `/${step}`).join('') === pointer
      const opens = token === '{' || token === '['
      if (isHere && !opens) return { start: index, end: index + token.length }
      if (isHere) [start, depth] = [index, levels.length]
      if (opens) {
        levels.push({ step: token === '[' ? '0' : '', isArray: token === '[' })
        expectsName = token === '{'
      }
    }
  }
  return undefined
}

/** The template with another text value at a JSON pointer; undefined if there is no value. */
export function replaceAt(text: string, pointer: string, value: string): string | undefined {
  const span = spanAt(text, pointer)
  return span === undefined ? undefined : `${text.slice(0, span.start)}${JSON.stringify(value)}${text.slice(span.end)}`
}
