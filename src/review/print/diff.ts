/** Differences for a terminal. */
import type { JsonValue } from '../../cce/json-value.js'
import type { DiffEffect, PolicyDiff, PolicyDifference } from '../diff.js'
import { type Paint, type Role, cut, plain } from './paint.js'

/** Lines for a person; none if there is no difference. */
export function printDiff({ differences }: PolicyDiff, paint: Paint): readonly string[] {
  return differences.flatMap((difference) => [headLine(difference, paint), ...valueLines(difference, paint)])
}

const ROLES: Readonly<Record<DiffEffect, Role>> = { wider: 'warning', narrower: 'good', other: 'info' }
const SIGNS = { added: '+', removed: '-', changed: '~' } as const

function headLine({ change, where, oldWhere, effect }: PolicyDifference, paint: Paint): string {
  const before = oldWhere === undefined ? '' : paint('dim', `  (was ${plain(oldWhere)})`)
  return `${SIGNS[change]} ${paint(ROLES[effect], effect.padEnd(8))}  ${plain(where)}${before}`
}

function valueLines({ before, after }: PolicyDifference, paint: Paint): readonly string[] {
  return [
    ...(before === undefined ? [] : [`    ${paint('dim', '-')} ${valueText(before)}`]),
    ...(after === undefined ? [] : [`    ${paint('dim', '+')} ${valueText(after)}`]),
  ]
}

/** How much of a value is shown. */
const SHOWN = 400

function valueText(value: JsonValue): string {
  return cut(plain(JSON.stringify(value)), SHOWN)
}

/** `3 differences: 1 wider, 2 neither`, and what is to be said about the digests. */
export function countDifferences({ same, digests, differences }: PolicyDiff): string {
  if (digests.before === digests.after) return 'the same text'
  if (same) return 'the same by meaning; the texts, and so the digests, differ'
  const counts = (['wider', 'narrower', 'other'] as const).flatMap((effect) => {
    const number = differences.filter((one) => one.effect === effect).length
    return number === 0 ? [] : [`${number} ${effect}`]
  })
  return `${differences.length} difference${differences.length === 1 ? '' : 's'}: ${counts.join(', ')}`
}
