/** Calls from text, one to a line: `substring("abc", 1, 2)`. Lines that are indented or begin with `#` are passed over. */
import type { BuiltinCall } from './batch.js'

const OPENING = '([{'
const CLOSING = ')]}'

export function readCalls(text: string): readonly BuiltinCall[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !/^[#\s]/.test(line))
    .map(readCall)
}

export function readCall(line: string): BuiltinCall {
  const match = /^([a-z0-9_.]+)\((.*)\)$/s.exec(line)
  if (match === null) throw new Error(`not a call: ${line}`)
  const [, name = '', operands = ''] = match
  return { name, args: split(operands) }
}

/** At the commas that are in no string and in no brackets. */
function split(operands: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < operands.length; at++) {
    const character = operands.charAt(at)
    if (character === '`') at = operands.indexOf('`', at + 1)
    else if (character === '"') at = endOfString(operands, at)
    else if (OPENING.includes(character)) depth++
    else if (CLOSING.includes(character)) depth--
    else if (character === ',' && depth === 0) {
      parts.push(operands.slice(from, at).trim())
      from = at + 1
    }
    if (at < 0) throw new Error(`a string without an end: ${operands}`)
  }
  const last = operands.slice(from).trim()
  return last === '' ? parts : [...parts, last]
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return -1
}
