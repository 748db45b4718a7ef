/** What the formatter says about a text that it has read but will not write. */
import type { MessageRow } from '../diagnostic.js'

export const FORMAT_MESSAGES = {
  'cannot-format': {
    code: 'rego_compile_error',
    text: () => 'this cannot be formatted without losing a comment or changing what it says',
    hint: () => 'move comments in the middle of a rule onto lines of their own; for an upgrade, rename what v1 reserves',
    explain:
      'What the formatter would write was read again and does not say the same, or lacks a comment. Everywhere else such a ' +
      'rule is left as it was written; here that is no help, as when a rule of v0 has no form in v1. The text is left as it is.',
  },
} as const satisfies Record<string, MessageRow<never>>
