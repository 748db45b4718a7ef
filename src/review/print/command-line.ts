/** Argument vectors as one would type them. */
import type { JsonValue } from '../../cce/json-value.js'
import { plain, quoted } from './paint.js'

/** Words without quotes where a shell needs none; anything else as JSON. */
export function commandLine(command: JsonValue | undefined): string {
  if (!Array.isArray(command)) return command === undefined ? '(not declared)' : quoted(command)
  if (command.length === 0) return '(nothing)'
  return (command as readonly JsonValue[])
    .map((word) => (typeof word === 'string' && /^[\w./:=@%+,-]+$/.test(word) ? plain(word) : quoted(word)))
    .join(' ')
}
