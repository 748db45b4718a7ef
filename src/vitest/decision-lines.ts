/** A decision in lines for those who expected another one. */
import type { Allowed, Denied } from '../enforce/decision.js'
import { MASK } from '../enforce/explain/env.js'

/** The reasons of a denial: those of the policy, or else the message. */
export function reasonsOf({ reason }: Denied): readonly string[] {
  return reason.errors.length > 0 ? reason.errors : [reason.message]
}

/** The reasons, and how the request differs from what came nearest. */
export function denialLines({ reason }: Denied): readonly string[] {
  const { code, message, errors, explanation } = reason
  const reasons = errors.length > 0 ? errors.map((one) => `reason: ${one}`) : [`${code}: ${message}`]
  const told = new Set([...errors, message])
  const lines = [...reasons, ...explanation.lines.filter((line) => !told.has(line))]
  if (lines.some((line) => line.includes(MASK)))
    lines.push('(`createEnforcer(policy, { explainEnvValues: true })` shows the values)')
  return indent(lines)
}

/** What is let through of what was asked for, and what is remembered from now on. */
export function grantLines({ result = {} }: Allowed<unknown>): readonly string[] {
  const { allowed: _allowed, metadata, ...grants } = result
  const changes = (Array.isArray(metadata) ? metadata : []) as readonly StateChange[]
  return indent([
    ...Object.entries(grants).map(([name, value]) => `grants ${name}: ${shorten(JSON.stringify(value))}`),
    ...changes.map(({ action, name, key }) => `remembers: ${action} ${name}[${shorten(JSON.stringify(key))}]`),
  ])
}

/** An entry of `metadata`, as the store has taken it. */
interface StateChange {
  readonly action: string
  readonly name: string
  readonly key: unknown
}

/** Of a longer value, this much is shown. */
const MAX_VALUE = 160

function shorten(text: string): string {
  return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE)}\u2026`
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}
