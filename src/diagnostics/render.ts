/**
 * Diagnostics for people: the message, the place, the line with the fault marked, and what to do about it.
 *
 * ```text
 * error: `if` keyword is required before rule body [rego_parse_error]
 *  --> policy.rego:3:1
 *   |
 * 3 | allow { input.admin }
 *   | ^^^^^
 *   = hint: write `if` in front of the `{`
 * ```
 */
import type { Source } from '../source/source.js'
import { frameOf } from './code-frame.js'
import type { Diagnostic, Severity } from './diagnostic.js'
import { makeVisible } from './text-width.js'

export interface RenderOptions {
  /** Whether to use the colours of a terminal; off by default. */
  readonly color?: boolean
}

type Paint = (role: Severity | 'title' | 'gutter', text: string) => string

/** One diagnostic, without a line break at the end; with the line of code if its text is among `sources`. */
export function renderDiagnostic(diagnostic: Diagnostic, sources: readonly Source[] = [], options: RenderOptions = {}): string {
  const paint = options.color === true ? paintAnsi : paintNothing
  const { severity, code, message, location, hint } = diagnostic
  const lines = [`${paint(severity, `${severity}:`)} ${paint('title', makeVisible(message))} ${paint('gutter', `[${code}]`)}`]
  const margin = location === undefined ? '' : ' '.repeat(String(location.row).length)
  const bar = `${margin} ${paint('gutter', '|')}`
  if (location !== undefined) {
    lines.push(`${margin}${paint('gutter', '-->')} ${makeVisible(location.file)}:${location.row}:${location.col}`)
    const source = sources.find((one) => one.name === location.file)
    const frame = source === undefined ? undefined : frameOf(source, location)
    if (frame !== undefined) {
      const marks = paint(severity, '^'.repeat(frame.width))
      lines.push(bar, `${paint('gutter', `${location.row} |`)} ${frame.code}`, `${bar} ${' '.repeat(frame.indent)}${marks}`)
    }
  }
  if (hint !== undefined) lines.push(`${margin} ${paint('gutter', '=')} hint: ${makeVisible(hint)}`)
  return lines.join('\n')
}

const ANSI: Readonly<Record<Parameters<Paint>[0], string>> = {
  error: '\u001b[1;31m',
  warning: '\u001b[1;33m',
  title: '\u001b[1m',
  gutter: '\u001b[36m',
}

const paintAnsi: Paint = (role, text) => `${ANSI[role]}${text}\u001b[0m`
const paintNothing: Paint = (_role, text) => text
