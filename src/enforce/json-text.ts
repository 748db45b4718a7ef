/**
 * Cutting JSON text into the texts of its parts, so that what a policy answered can be stored and passed on without
 * reading its numbers into doubles.
 *
 * The texts cut here were written by the runtime or by `JSON.stringify`: they are taken as valid JSON.
 */

/** The members of an object's text, each value as its own text. A name given twice keeps its last value. */
export function cutMembers(text: string): Map<string, string> {
  const members = new Map<string, string>()
  let at = skipBlank(text, skipBlank(text, 0) + 1)
  while (text[at] !== '}') {
    const nameEnd = skipString(text, at)
    const name = JSON.parse(text.slice(at, nameEnd)) as string
    const start = skipBlank(text, skipBlank(text, nameEnd) + 1)
    const end = skipValue(text, start)
    members.set(name, text.slice(start, end))
    at = skipSeparator(text, end)
  }
  return members
}

/** The items of an array's text, each as its own text. */
export function cutItems(text: string): string[] {
  const items: string[] = []
  let at = skipBlank(text, skipBlank(text, 0) + 1)
  while (text[at] !== ']') {
    const end = skipValue(text, at)
    items.push(text.slice(at, end))
    at = skipSeparator(text, end)
  }
  return items
}

/** Puts cut members back together. */
export function joinMembers(members: ReadonlyMap<string, string>): string {
  return `{${[...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`
}

/** What kind of JSON value a text holds. */
export function kindOfText(text: string): 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' {
  switch (text[skipBlank(text, 0)]) {
    case '{':
      return 'object'
    case '[':
      return 'array'
    case '"':
      return 'string'
    case 't':
    case 'f':
      return 'boolean'
    case 'n':
      return 'null'
    default:
      return 'number'
  }
}

function skipSeparator(text: string, at: number): number {
  const next = skipBlank(text, at)
  return text[next] === ',' ? skipBlank(text, next + 1) : next
}

function skipBlank(text: string, at: number): number {
  while (at < text.length && text.charCodeAt(at) <= 32) at++
  return at
}

/** The end of the string whose opening quote is at `at`. */
function skipString(text: string, at: number): number {
  for (;;) {
    const quote = text.indexOf('"', at + 1)
    let backslashes = 0
    while (text[quote - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return quote + 1
    at = quote
  }
}

/** The end of the value that begins at `at`; nesting is counted, not recursed into. */
function skipValue(text: string, at: number): number {
  let depth = 0
  for (;;) {
    switch (text[at]) {
      case '"':
        at = skipString(text, at)
        break
      case '{':
      case '[':
        depth++
        at++
        break
      case '}':
      case ']':
        if (depth === 0) return at
        depth--
        at++
        break
      case ',':
        if (depth === 0) return at
        at++
        break
      case undefined:
        return at
      default:
        at++
        continue
    }
    if (depth === 0 && (text[at - 1] === '"' || text[at - 1] === '}' || text[at - 1] === ']')) return at
  }
}
