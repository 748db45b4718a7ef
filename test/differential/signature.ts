/** Differences by what they look like, so that one of each sort is cut down and the others are counted. */
import type { Comparison } from './compare.js'
import type { Disagreement } from './known-defects/row.js'

/** Says which part disagrees and how, without names, values and places. */
export function signatureOf({ differences: [first] }: Comparison): string {
  return first === undefined ? '' : `${first.what}: ${outlineReasons(first)}`
}

/** What OPA says and what we say, likewise. */
export function outlineReasons({ wanted, found }: Disagreement): string {
  return `${outline(wanted)} / ${outline(found)}`
}

function outline(text: string): string {
  const refusal = /^refused: (\w+)[^:]*: \d*: ([^;]*)/.exec(text)
  if (refusal !== null) return `refused: ${refusal[1]}: ${withoutNames(refusal[2] ?? '')}`
  if (text.startsWith('accepted: ')) return 'accepted'
  const error = /^(eval_\w+|rego_\w+): (.*)/.exec(text)
  if (error !== null) return `${error[1]}: ${withoutNames(error[2] ?? '')}`
  return text === 'undefined' || text.startsWith('exhausted') ? text : 'value'
}

function withoutNames(message: string): string {
  const kept = /undefined ref|match error|invalid argument|used as reference|is unsafe|is undeclared|redeclared|referenced above|unused|deprecated/.exec(message)
  return kept?.[0] ?? message.replace(/^\S+:\d+: /, '').replace(/\b[pqrstugh]\b|\bv\d+\b|\S*[."[\](){}]\S*/g, '…').slice(0, 60)
}
