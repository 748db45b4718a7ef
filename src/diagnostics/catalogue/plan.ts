/** What the planner says: about entrypoints, and about policies that would grow beyond measure. */
import type { MessageRow } from '../diagnostic.js'

const code = 'rego_compile_error'

export const PLAN_MESSAGES = {
  'malformed-entrypoint': {
    code,
    text: (name: string) => `entrypoint \`${name}\` is not a path`,
    hint: () => 'write the path of a rule or package with slashes and without `data`, as in `policy/allow`',
    explain: 'An entrypoint is the path of a document below `data`: one or more names with a slash between each two of them.',
  },
  'repeated-entrypoint': {
    code,
    text: (name: string) => `entrypoint \`${name}\` is given more than once`,
    hint: () => 'keep one of them',
    explain: 'The compiled policy finds its entrypoints by name, so each may be given only once.',
  },
  'function-as-entrypoint': {
    code,
    text: (name: string, ref: string) => `entrypoint \`${name}\` is a function: ${ref}`,
    hint: () => 'name a rule that calls the function',
    explain: 'A host evaluates documents. A function has no value until it is called, and a host has no means to call one.',
  },
  'nesting-too-deep': {
    code,
    text: (limit: number) => `iterations, comprehensions and the like are nested more than ${limit} deep`,
    hint: () => 'move a part of the rule into a rule of its own',
    explain:
      'Each iteration of a body goes on inside those before it. The compiled policy nests them too, and its readers have limits.',
  },
  'too-many-replacements': {
    code,
    text: (limit: number) => `more than ${limit} combinations of rules and \`with\` replacements`,
    hint: () => 'replace the same functions and documents in fewer different ways',
    explain:
      'A rule is planned once for each combination of replaced functions and rules that it may be evaluated under. Nested ' +
      '`with` replacements can multiply without limit.',
  },
  'too-many-statements': {
    code,
    text: (limit: number) => `the policy grows beyond ${limit} statements here`,
    hint: () => 'give what is large to the policy as a document, and replace functions and documents in fewer different ways',
    explain:
      'Every operation of a policy, and every member of a literal that is not known before the policy runs, is a statement of ' +
      'its plan, once more for each combination of `with` replacements. Constants are one statement, however large; documents ' +
      'are none.',
  },
} as const satisfies Record<string, MessageRow<never>>
