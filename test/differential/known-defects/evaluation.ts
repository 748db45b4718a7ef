/** Policies that OPA takes as we do, and evaluates to something else. */
import { compareValues } from '../../../src/value/compare.js'
import { parseJson } from '../../../src/value/json.js'
import { OPERATORS, comprehensionKeyOf, functionsOf, hasElseAmongKeys, hasKeysOfTwoSpellings, hasLine } from './lines.js'
import { isAskedFor, isCalledWith, walkingRules } from './lines.js'
import type { KnownDefect } from './row.js'

export const EVALUATION: readonly KnownDefect[] = [
  {
    name: 'which of several spellings of equal numbers is kept',
    explains: ({ wanted, found }) => isSameButForSpelling(wanted, found),
  },
  {
    name: 'a template string is undefined where it asks for an entry that only a default has',
    explains: ({ wanted, found }, lines) =>
      !wanted.includes('<undefined>') && found.includes('<undefined>') && hasLine(lines, '^default \\w+\\[".*"\\] :='),
  },
  {
    name: 'templates cannot have names with characters that are not printed',
    explains: ({ wanted }, lines) =>
      /^undefined|invalid character '[xU]' in string escape code/.test(wanted) && hasLine(lines, 'strings\\.render_template\\('),
  },
  {
    name: 'an expression that is a reference with a comprehension for its key, or compares one, may count as true',
    explains: ({ wanted, found }, lines) =>
      !/refused/.test(`${wanted}${found}`) && hasLine(lines, comprehensionKeyOf('v\\d+')),
  },
  {
    name: 'an else branch of an entry with constant keys, beside entries with others, counts only where the index helps',
    explains: ({ wanted, found }, lines) =>
      !wanted.startsWith('refused') && !found.startsWith('refused') && hasElseAmongKeys(lines),
  },
  {
    name: 'what `rego.metadata` says of a rule counts as false where it is negated, or an operand, or is not safe there',
    explains: ({ wanted, found }, lines) =>
      (wanted.includes('expression is unsafe') || !/_error|refused/.test(`${wanted}${found}`)) &&
      hasLine(lines, '(?:\\bnot |\\bor |\\band ).*\\brego\\.metadata\\.|\\brego\\.metadata\\.\\w+\\(\\).*\\b(?:and|or) '),
  },
  {
    name: 'heads with equal numbers of different spellings for keys make the whole document undefined',
    explains: ({ wanted }, lines) => !wanted.startsWith('refused') && hasKeysOfTwoSpellings(lines),
  },
  {
    name: 'a variable that a comprehension takes from around gets to a builtin without its value',
    explains: ({ wanted }, lines) =>
      /^eval_internal_error: .* called with operand \d+ that requires evaluation/.test(wanted) && hasLine(lines, '[[{].*\\|'),
  },
  {
    name: 'a document keeps the parts of a replaced one where it is read from above',
    explains: ({ wanted, found }, lines) =>
      [wanted, found].every((answer) => /^[[{]/.test(answer)) &&
      hasLine(lines, 'with data\\.\\w+\\.') &&
      hasLine(lines, '\\bdata(?:\\.d|\\[v\\d+\\])?(?![.\\w[])'),
  },
  {
    name: 'walking ends at the first result where a rule is referred to, so that others are no conflict',
    explains: ({ wanted, found }, lines) =>
      isMissedConflict(wanted, found) && walkingRules(lines).some((name) => isAskedFor(name, lines)),
  },
  {
    name: 'an empty pattern of `strings.replace_n` cuts characters into bytes that are none',
    explains: ({ wanted, found }, lines) =>
      !/refused/.test(`${wanted}${found}`) && hasLine(lines, 'strings\\.replace_n\\(.*"": ?"-"'),
  },
  {
    name: 'a body that is nothing but a call of `rego.metadata` with replacements counts as none',
    explains: ({ wanted, found }, lines) =>
      !/_error|refused/.test(`${wanted}${found}`) && hasLine(lines, '^ *rego\\.metadata\\.\\w+\\(\\) with '),
  },
  {
    name: 'a variable in the domain of `every` that has the name of its own gives the domain no value',
    explains: ({ wanted, found }, lines) =>
      !/refused/.test(`${wanted}${found}`) &&
      (hasLine(lines, 'every (?:\\w+, )?(\\w+)(?:, \\w+)? in [^{]*\\b\\1\\b') ||
        hasLine(lines, 'every (?:\\w+, )?(\\w+)(?:, \\w+)? in ?[^;]*\\{[^{};]*\\[\\1\\][^{};]*\\}[^{}]*\\{')),
  },
  {
    name: 'a variable in the domain of `every` that its body declares leaves the domain undefined',
    explains: ({ wanted, found }, lines) =>
      !/refused/.test(`${wanted}${found}`) && hasLine(lines, 'every .* in [^{]*\\[(\\w+)\\] ?\\{.*some [^;]*\\b\\1\\b'),
  },
  {
    name: 'a call with its result for an argument takes the definitions whose result that is, and remembers it for other results',
    explains: ({ wanted, found }, lines) =>
      isMissedConflict(wanted, found) &&
      functionsOf(lines).some(
        ({ name, arity }) => isCalledWith(name, arity + 1, lines) || (arity === 1 && OPERATORS.has(name)),
      ),
  },
]

/** Whether two documents are equal values; texts of errors, and what is undefined, are none. */
function isSameButForSpelling(wanted: string, found: string): boolean {
  if (![wanted, found].every((text) => /^[[{\d-]/.test(text))) return false
  return compareValues(parseJson(wanted), parseJson(found)) === 0
}

function isMissedConflict(wanted: string, found: string): boolean {
  return found.startsWith('eval_conflict_error') && !wanted.includes('_error')
}
