/** Readers of policies by lines, as random policies are written: variables are called v0, v1, … */

/** Functions that operators stand for: used as these, they have one argument more than ones with a single argument take. */
export const OPERATORS: ReadonlySet<string> = new Set([
  ...['plus', 'minus', 'mul', 'div', 'rem', 'and', 'or'],
  ...['equal', 'neq', 'lt', 'lte', 'gt', 'gte'],
])

/** The names that a message tells, by the groups of a pattern. */
export function namesIn(message: string, pattern: RegExp): readonly string[] {
  return [...message.matchAll(pattern)].flatMap(([, ...names]) => names.filter((name) => name !== undefined))
}

export function unsafeNames(message: string): readonly string[] {
  return namesIn(message, /var (\w+) is unsafe/g)
}

export function hasLine(lines: readonly string[], pattern: string): boolean {
  // In texts of policies there are line separators that end no line.
  const wanted = new RegExp(pattern, 's')
  return lines.some((line) => wanted.test(line))
}

/** A pattern of what declares a variable. */
export function declarationOf(name: string): string {
  return `(?:\\b${name}\\b[^;=]* := |some [^;]*\\b${name}\\b[^;]* in )`
}

/** A pattern of a line with the head of a rule, or of an else branch. */
export const HEAD = '^(?:\\w|\\} else)'

/** A pattern of a key that is a comprehension which mentions a variable, up to its bar. */
export function comprehensionKeyOf(name: string): string {
  return `[\\w\\])}]\\[[[{][^\\]]*\\b${name}\\b[^\\]]*\\|`
}

/** Rules whose value, or member, `walk` finds: `q := v if walk(x, [_, v])`. */
export function walkingRules(lines: readonly string[]): readonly string[] {
  const names: string[] = []
  let head = ''
  for (const line of lines) {
    if (/^\w/.test(line)) head = line
    const found = /\bwalk\([^;]*\[(\w+), (\w+)\]|\[(\w+), (\w+)\] :?= walk\(/.exec(line)
    const name = /^(?:default )?(\w+)/.exec(head)?.[1]
    if (found !== null && name !== undefined) names.push(name)
  }
  return names
}

/** Whether a rule is an expression of its own somewhere, or a part of one. */
export function isAskedFor(name: string, lines: readonly string[]): boolean {
  const use = new RegExp(`(?:^|[^\\w.]|data\\.[\\w.]*)${name}\\b`, 's')
  return lines.some((line) => use.test(line.replace(/^(?:default )?\w+/, '')))
}

/** Whether an else branch belongs to a head with constant keys, of a rule that has a head with other keys too. */
export function hasElseAmongKeys(lines: readonly string[]): boolean {
  const dynamic = lines.flatMap((line) => /^(\w+)(?:\.\w+|\["[^"]*"\])*\[[^"]/.exec(line)?.[1] ?? [])
  let head: string | undefined
  return lines.some((line) => {
    if (/^\w/.test(line)) head = /^(\w+)[.[]/.exec(line)?.[1]
    return head !== undefined && dynamic.includes(head) && /(?:^|[}\])\w] )\}? ?else\b/.test(line)
  })
}

/** `p[1] := …` beside `p[1.0] := …` */
export function hasKeysOfTwoSpellings(lines: readonly string[]): boolean {
  const keys = lines.flatMap((line) => {
    const [, head, key] = /^(\w+(?:\.\w+)*)\[(-?\d[^\]]*)\]/.exec(line) ?? []
    return head === undefined || key === undefined ? [] : [{ head, key }]
  })
  return keys.some(({ head, key }) =>
    keys.some((other) => other.head === head && other.key !== key && Number(other.key) === Number(key)),
  )
}

/** Whether a line that mentions a variable has a comprehension that takes one from outside. */
export function isBesideTaking(name: string, lines: readonly string[]): boolean {
  const all = lines.join('\n')
  return lines.some(
    (line) =>
      new RegExp(`\\b${name}\\b`).test(line) &&
      [...line.matchAll(/[[{](?:[^|[\]{}]|\[[^\]]*\])*\|[^\]}]*/g)].some(([comprehension]) => {
        const around = all.replace(comprehension, '')
        return (comprehension.match(/\bv\d+\b/g) ?? []).some((taken) => new RegExp(`\\b${taken}\\b`).test(around))
      }),
  )
}

export interface FunctionHead {
  readonly name: string
  readonly arity: number
}

/** Functions by their names, and by those that imports give them. */
export function functionsOf(lines: readonly string[]): readonly FunctionHead[] {
  return lines.flatMap((line) => {
    const name = /^(?:default )?(\w+(?:\.\w+)*)\(/.exec(line)?.[1]
    if (name === undefined) return []
    const arity = countArguments(line.slice(line.indexOf('(') + 1))
    const imported = lines.flatMap((other) => new RegExp(`^import data\\..*\\b${name} as (\\w+)$`).exec(other)?.[1] ?? [])
    return [name, ...imported].map((each) => ({ name: each, arity }))
  })
}

export function isCalledWith(name: string, count: number, lines: readonly string[]): boolean {
  const call = new RegExp(`(?:^|[^\\w])${name}\\(`, 'g')
  return lines.some((line) =>
    [...line.matchAll(call)].some((found) => countArguments(line.slice(found.index + found[0].length)) === count),
  )
}

/** Of a text that begins behind the opening parenthesis. */
function countArguments(text: string): number {
  let depth = 0
  let count = 1
  for (const char of text) {
    if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char) && depth-- === 0) return count
    else if (char === ',' && depth === 0) count++
  }
  return count
}
