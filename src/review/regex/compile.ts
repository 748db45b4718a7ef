/** Patterns of policies as the framework takes them: RE2, with `^` and `$` put around the text where it lacks them. */
import { RE2JS } from 're2js'

/** A test for texts; undefined if the pattern is none, which then matches nothing. */
export type PatternTest = ((text: string) => boolean) | undefined

/** Patterns are compiled once: a policy repeats the same few in each of its containers. */
const compiled = new Map<string, PatternTest>()
const MOST_COMPILED = 1000

export function compilePattern(pattern: string): PatternTest {
  if (compiled.has(pattern)) return compiled.get(pattern)
  const test = compileAnchored(`${pattern.startsWith('^') ? '' : '^'}${pattern}${pattern.endsWith('$') ? '' : '$'}`)
  if (compiled.size >= MOST_COMPILED) compiled.clear()
  compiled.set(pattern, test)
  return test
}

function compileAnchored(anchored: string): PatternTest {
  try {
    const program = RE2JS.compile(anchored)
    return (text) => program.matcher(text).find()
  } catch {
    return undefined
  }
}
