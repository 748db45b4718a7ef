/** One surprise in a policy, and how it is made from the catalogue. */
import { WARNING_MESSAGES, type WarningRow } from '../../diagnostics/catalogue/warnings.js'

export type PolicyWarningCode = keyof typeof WARNING_MESSAGES

/** Something that a policy says and may not mean. It changes no decision. */
export interface PolicyWarning {
  readonly code: PolicyWarningCode
  /** One line, to be read after the place. */
  readonly message: string
  /** The place in the policy, in its own names: `containers[0].env_rules[2].pattern`. */
  readonly where: string
}

export function warn<Code extends PolicyWarningCode>(
  code: Code,
  where: string,
  ...facts: Parameters<(typeof WARNING_MESSAGES)[Code]['text']>
): PolicyWarning {
  const row = WARNING_MESSAGES[code] as WarningRow<readonly unknown[]>
  return { code, message: row.text(...facts), where }
}

/** How much of a value a message shows. */
const SHOWN = 80

export function show(value: unknown): string {
  return `\`${shorten(JSON.stringify(value) ?? 'nothing')}\``
}

export function shorten(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`
}
