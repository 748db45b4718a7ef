/** What the back end says: about plans that are not well made, and about what a module cannot do. */
import type { MessageRow } from '../diagnostic.js'

const code = 'rego_compile_error'

/** What options hold. */
const OPTION_FORMS: Readonly<Record<string, string>> = {
  capabilities: 'pass the JSON that `opa capabilities` prints, or a part of it',
  schemas: 'pass an object from names such as `schema.input` to JSON Schemas',
}

export const TARGET_MESSAGES = {
  'malformed-plan': {
    code,
    text: (fault: string) => fault,
    hint: () => 'write the plan again with `opa build -t plan`; plans of other tools may be of another version',
    explain:
      'The plan is not what the published plan format says, or names something that is not there. Plans come from this ' +
      'compiler or from `opa build -t plan`.',
  },
  'malformed-option': {
    code,
    text: (option: string, fault: string) => `option \`${option}\`: ${fault}`,
    hint: (option: string) => OPTION_FORMS[option] ?? 'pass JSON',
    explain:
      'A document that was passed along with the modules is not what it has to be: capabilities as OPA writes them, a JSON ' +
      'Schema under the name that annotations call it, data that are JSON.',
  },
  'unsupported-builtin': {
    code,
    text: (name: string) => `builtin \`${name}\` is not supported`,
    hint: (name: string) => `declare it under \`builtins\` and pass an implementation to \`loadRego\`, or do without \`${name}\``,
    explain: 'The builtin is part of the language, but neither the runtime nor the host library implements it.',
  },
} as const satisfies Record<string, MessageRow<never>>
