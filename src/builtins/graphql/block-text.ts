/** The text of strings; what block strings lose of their indentation is what OPA takes from them. */
import type { StringValueNode } from 'graphql'

const QUOTES = 3

export function textOf(node: StringValueNode | undefined): string {
  if (node?.block !== true || node.loc === undefined) return node?.value ?? ''
  const { start, end, source } = node.loc
  return unindented(source.body.slice(start + QUOTES, end - QUOTES).replaceAll('\\"""', '"""'))
}

/** Unlike in the words of the language, the first line counts for the common indentation too, yet keeps its own. */
function unindented(raw: string): string {
  const lines = raw.split(/\r\n|[\n\r]/)
  const isBlank = (line: string | undefined): boolean => line !== undefined && indentOf(line) === line.length
  const common = lines.reduce((least, line) => (isBlank(line) ? least : Math.min(least, indentOf(line))), Infinity)
  const cut = lines.map((line, index) => (index === 0 || common === Infinity ? line : line.slice(common)))
  const first = cut.findIndex((line) => !isBlank(line))
  return first === -1 ? '' : cut.slice(first, cut.findLastIndex((line) => !isBlank(line)) + 1).join('\n')
}

const indentOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0
