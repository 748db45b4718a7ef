/** What the formatter says about a text that it has read but will not write. */
import type { MessageRow } from '../diagnostic.js'

export const FORMAT_MESSAGES = {
  'cannot-format': {
    code: 'rego_compile_error',
    text: () => 'this module cannot be formatted without losing a comment or changing what it says',
    hint: () => 'move comments out of heads and expressions onto lines of their own',
    explain:
      'What the formatter would write was read again and does not say the same, or lacks a comment. The text is left as it is.',
  },
} as const satisfies Record<string, MessageRow<never>>
