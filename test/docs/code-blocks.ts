/** The TypeScript in the documentation, as modules that a test can run. */
import { readFileSync } from 'node:fs'

export interface CodeBlock {
  /** File and line of the block. */
  readonly place: string
  readonly code: string
}

/** Every block fenced as `ts` in a Markdown file. */
export function codeBlocks(path: string, name: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: { line: number; lines: string[] } | undefined
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (open === undefined) {
      if (line === '```ts') open = { line: index + 2, lines: [] }
    } else if (line === '```') {
      blocks.push({ place: `${name}:${open.line}`, code: open.lines.join('\n') })
      open = undefined
    } else {
      open.lines.push(line)
    }
  }
  return blocks
}

/** What checks the claim that an expression fails: by its error's code and message. */
const FAILS = `async function __fails(run, text) {
  const error = await (async () => run())().then(() => undefined, (thrown) => thrown)
  __expect(error).toBeInstanceOf(Error)
  __expect(String(error.code) + ' ' + error.message).toContain(text)
}`

/**
 * The block as a module. An expression followed by a comment that is a JSON value or `undefined` claims that it has that
 * value; one followed by `throws` or `rejects` and a text, that it fails with an error that has the text as its code or in its
 * message. The claims are checked.
 */
export function asModule(block: CodeBlock): string {
  const lines = block.code.split('\n').map((line) => {
    const failure = /^([^\s/].*?)\s+\/\/ (?:throws|rejects) ?(.*)$/.exec(line)
    if (failure !== null) return `await __fails(async () => ${failure[1]}, ${JSON.stringify(failure[2])})`
    const claim = /^(\s*)([^\s/].*?)\s+\/\/ (.+)$/.exec(line)
    if (claim === null) return line
    const [, indent = '', expression = '', value = ''] = claim
    return isValue(value) && isExpression(expression) ? `${indent}__expect(${expression}).toEqual(${value})` : line
  })
  return `import { expect as __expect } from 'vitest'\n${FAILS}\n${lines.join('\n')}\n`
}

function isValue(text: string): boolean {
  if (text === 'undefined') return true
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function isExpression(text: string): boolean {
  return !/^(?:const|let|import|export|return|if|for|throw)\b/.test(text) && !/[{,(]$/.test(text)
}
