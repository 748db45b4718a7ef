/** Regular expressions: what anchoring by text makes of them. */
import { RE2JS } from 're2js'
import { type PolicyWarning, shorten, warn } from './warning.js'

/** The parts of a pattern that a `|` or a bracket may stand in without meaning anything: escapes, quotes, classes. */
const PARTS = /\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\[:[^\]]*:\]|\\[\s\S]|[^\]\\])*\]|[(|)]/gu

/** Patterns are judged once: a policy repeats the same few in each of its containers. */
const judged = new Map<string, readonly PolicyWarning[]>()
const MOST_JUDGED = 1000

/** Warnings about a pattern, given as it is written. */
export function patternWarnings(pattern: string, where: string): readonly PolicyWarning[] {
  let found = judged.get(pattern)
  if (found === undefined) {
    found = [...judge(pattern)]
    if (judged.size >= MOST_JUDGED) judged.clear()
    judged.set(pattern, found)
  }
  return found.map((one) => ({ ...one, where }))
}

function* judge(pattern: string): Generator<PolicyWarning> {
  const anchored = `${pattern.startsWith('^') ? '' : '^'}${pattern}${pattern.endsWith('$') ? '' : '$'}`
  const fault = faultOf(anchored)
  if (fault !== undefined) {
    yield warn('pattern-invalid', '', fault)
    return
  }
  if (hasOuterAlternation(pattern)) yield warn('pattern-alternation', '', shorten(anchored))
  if (endsInEscapedDollar(pattern)) yield warn('pattern-open-end', '')
  if (/\(\?[a-zA-Z]*m[a-zA-Z]*(?:-[a-zA-Z]*)?[:)]/.test(pattern)) yield warn('pattern-multiline', '')
}

function faultOf(anchored: string): string | undefined {
  try {
    RE2JS.compile(anchored)
    return undefined
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // Go lets several groups have one name.
    return message.includes('duplicate capture group name') ? undefined : message
  }
}

function hasOuterAlternation(pattern: string): boolean {
  let depth = 0
  for (const [part] of pattern.matchAll(PARTS)) {
    if (part === '(') depth++
    else if (part === ')') depth--
    else if (part === '|' && depth === 0) return true
  }
  return false
}

/** The last `$` is the second half of an escape, or quoted. */
function endsInEscapedDollar(pattern: string): boolean {
  if (!pattern.endsWith('$')) return false
  let last = ''
  for (const { 0: part, index } of pattern.matchAll(PARTS)) if (index + part.length === pattern.length) last = part
  return last.startsWith('\\')
}
