/** Two versions of a text as a unified diff. */
import { createTwoFilesPatch } from 'diff'

/** Looking for the best diff takes the square of this; texts that are further apart are shown as replaced. */
const MAX_CHANGED_LINES = 1500

const HEADER = { includeIndex: false, includeUnderline: false, includeFileHeaders: true } as const

/** A diff that `patch -p1` reads; empty if nothing differs. `file` is the name as the user wrote it. */
export function unifiedDiff(file: string, before: string, after: string): string {
  if (before === after) return ''
  const [from, to] = [`a/${file}`, `b/${file}`]
  const options = { context: 3, headerOptions: HEADER, maxEditLength: MAX_CHANGED_LINES }
  return createTwoFilesPatch(from, to, before, after, undefined, undefined, options) ?? replaceAll(from, to, before, after)
}

/** The diff in which everything goes and everything comes. */
function replaceAll(from: string, to: string, before: string, after: string): string {
  const [gone, come] = [hunkLines('-', before), hunkLines('+', after)]
  return `--- ${from}\n+++ ${to}\n@@ -${rangeOf(before)} +${rangeOf(after)} @@\n${gone}${come}`
}

function hunkLines(sign: string, text: string): string {
  if (text === '') return ''
  const isWhole = text.endsWith('\n')
  const lines = (isWhole ? text.slice(0, -1) : text).split('\n').map((line) => `${sign}${line}\n`)
  return lines.join('') + (isWhole ? '' : '\\ No newline at end of file\n')
}

function rangeOf(text: string): string {
  const count = text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return count === 0 ? '0,0' : `1,${count}`
}

/** A diff in the colours of a terminal. */
export function paintDiff(diff: string): string {
  return diff.replaceAll(/^[-+@].*$/gm, (line) => {
    const color = line.startsWith('-') ? 31 : line.startsWith('+') ? 32 : 36
    return `\u001b[${color}m${line}\u001b[0m`
  })
}
