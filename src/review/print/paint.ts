/**
 * Text for a terminal. Whatever comes out of a policy or an error message goes through `plain` or `quoted`, so that nothing
 * in it is obeyed instead of shown.
 */
import { makeVisible } from '../../diagnostics/text-width.js'

export type Role = 'title' | 'error' | 'warning' | 'info' | 'good' | 'dim'

export type Paint = (role: Role, text: string) => string

const ANSI: Readonly<Record<Role, string>> = {
  title: '\u001b[1m',
  error: '\u001b[1;31m',
  warning: '\u001b[1;33m',
  info: '\u001b[36m',
  good: '\u001b[32m',
  dim: '\u001b[2m',
}

export function paintWith(color: boolean): Paint {
  return color ? (role, text) => `${ANSI[role]}${text}\u001b[0m` : (_role, text) => text
}

/** Foreign text on one line. */
export function plain(text: string): string {
  return makeVisible(text).replace(/[\n\t\v\u2028\u2029]/g, '\ufffd')
}

/** A foreign value as JSON on one line. */
export function quoted(value: unknown): string {
  return plain(JSON.stringify(value) ?? 'nothing')
}

/** How much of a long text is shown in a table. */
export function cut(text: string, length: number): string {
  const characters = [...text]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}
