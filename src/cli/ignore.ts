/** `--ignore`: patterns for names of files and directories, as OPA takes them. */

/** Whether a name (of a file or a directory, without what is above it) is to be left out. */
export type IsIgnored = (name: string) => boolean

/**
 * Patterns know `*` (not across `/`), `?`, `[a-z]`, `[^a-z]` and `\`; several may stand in one text, with commas. They are
 * held against single names, so a pattern with a slash matches nothing; neither does one that is malformed.
 */
export function ignoring(patterns: readonly string[]): IsIgnored {
  const expressions = patterns.flatMap((text) => text.split(',')).map(expressionOf)
  return (name) => expressions.some((expression) => expression?.test(name) === true)
}

const PART = /\\([^])|\[(\^?)((?:\\[^]|[^\\\]])+)\]|([*?])|([^\\[])/uy

function expressionOf(pattern: string): RegExp | undefined {
  const parts: string[] = []
  PART.lastIndex = 0
  while (PART.lastIndex < pattern.length) {
    const match = PART.exec(pattern)
    if (match === null) return undefined
    const [, escaped, negation, members, wildcard, plain] = match
    if (members !== undefined)
      parts.push(`[${negation}${members.replace(/[\\^[\]]/g, (char) => (char === '\\' ? char : `\\${char}`))}]`)
    else if (wildcard !== undefined) parts.push(wildcard === '*' ? '[^/]*' : '[^/]')
    else parts.push(quote(escaped ?? plain ?? ''))
  }
  try {
    return new RegExp(`^${parts.join('')}$`, 'u')
  } catch {
    return undefined
  }
}

function quote(char: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char
}
