/** Texts that OPA reads in another way than we do. */
import { hasLine } from './lines.js'
import type { KnownDefect } from './row.js'

export const READING: readonly KnownDefect[] = [
  {
    name: 'a set comprehension at the beginning of a literal may not begin with an operand of several literals',
    explains: ({ wanted, found }, lines) =>
      /^refused: rego_parse_error: .*non-terminated set/.test(wanted) &&
      !found.includes('rego_parse_error') &&
      hasLine(lines, '\\{.* \\| \\{ .*(?:;|:=).*\\} (?:and|or) '),
  },
  {
    name: 'a function that has the name of an operator is an operand of the rule in front of it, which ends without braces',
    explains: ({ wanted, found }, lines) =>
      wanted.includes('non-terminated expression') && found.startsWith('accepted') && hasLine(lines, '^(?:and|or)\\('),
  },
  {
    name: 'a rule that has the name of an operator ends the body in braces in front of it',
    explains: ({ wanted, found }, lines) =>
      !wanted.includes('rego_parse_error') &&
      found.startsWith('refused: rego_parse_error') &&
      lines.some((line, at) => /^(?:and|or)[([]/.test(line) && lines[at - 1]?.startsWith('}') === true),
  },
]
