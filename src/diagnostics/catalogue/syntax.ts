/**
 * What the scanner and the parser say about a text.
 *
 * Where OPA has a sentence, it is used letter for letter, so that an author finds the same words in either tool.
 */
import type { MessageRow } from '../diagnostic.js'
import { nearestName } from '../nearest.js'

const code = 'rego_parse_error'

/** `: expected …` where something is known to be expected. */
const expecting = (expected: string): string => (expected === '' ? '' : `: expected ${expected}`)

function wayOut(found: string, expected: string): string {
  if (expected.startsWith('\\n')) return 'begin a new line here, or write `;`, if this is another expression'
  if (found === 'eof token') return 'the text ends too early: something is missing at its end'
  return found.endsWith(' keyword') ? 'a keyword is no name: choose another' : 'remove it, or complete what stands before it'
}

/** What other languages write with a character that has no meaning here. */
const INSTEAD_OF: Readonly<Record<string, string>> = {
  "'": 'strings are written in double quotes or backquotes',
  '!': 'negation is written `not`',
  '?': 'there is no `a ? b : c`: write a rule for each value, or `else := …`',
  '@': 'annotations are comments: a line `# METADATA`, and fields in YAML below it',
  '^': 'write out the product; there is no power',
  '~': 'there is no such operator; for patterns there is `regex.match`',
  '\\': 'a statement needs no mark to go on in the next line',
}

/** What to write in place of a keyword that is misspelt, or of an operator of another language. */
type Advice = string | undefined

export const SYNTAX_MESSAGES = {
  // Lexis.
  'illegal-character': {
    code,
    text: (character: string) => `illegal token \`${character}\``,
    hint: (character: string) => INSTEAD_OF[character] ?? 'remove it, or put it into a string',
    explain: 'The character has no meaning in Rego outside of strings and comments.',
  },
  'illegal-text': {
    code,
    text: (what: string) => `illegal ${what}`,
    hint: () => 'save the file as UTF-8; in a string, write such a character as `\\u` and four digits',
    explain: 'A policy is UTF-8 text: no NUL character, no half of a surrogate pair, a byte-order mark only at its beginning.',
  },
  'illegal-dollar': {
    code,
    text: () => 'illegal $ character',
    hint: () => 'a template string is written `$"…"` or `` $`…` `` with nothing in between',
    explain: 'A dollar sign only begins a template string.',
  },
  'non-terminated-string': {
    code,
    text: () => 'non-terminated string',
    hint: () => 'close the string on the same line, or use a raw string in backquotes',
    explain: 'A string in double quotes ends on the line it begins on; a raw string ends at the next backquote.',
  },
  'illegal-escape': {
    code,
    text: () => 'illegal escape sequence',
    hint: () =>
      'the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits; raw strings in backquotes have none',
    explain: 'Strings in double quotes have the escapes of JSON and no others.',
  },
  'expected-fraction': {
    code,
    text: () => 'expected fraction',
    hint: () => 'write a digit after the point, or leave the point away',
    explain: 'Digits must follow the decimal point of a number.',
  },
  'expected-exponent': {
    code,
    text: () => 'expected exponent',
    hint: () => 'write a digit after the `e`, as in `1e6`',
    explain: 'Digits must follow the `e` of a number.',
  },
  'illegal-number': {
    code,
    text: () => 'illegal number format',
    hint: () => 'write the number in decimal; a name cannot begin with a digit',
    explain: 'A number is decimal, and no letter may follow it directly.',
  },
  'leading-zero': {
    code,
    text: () => 'unexpected number token: expected number without leading zero',
    hint: () => 'leave the zero away, or write a string if it matters, as in `"0755"`',
    explain: 'Numbers are written without leading zeros.',
  },
  'number-too-big': {
    code,
    text: () => 'number too big',
    hint: () => 'write a number of fewer digits, or a string',
    explain: 'The binary exponent of a number may not exceed 100000 in either direction.',
  },

  // Tokens out of place.
  'unexpected-token': {
    code,
    text: (found: string, expected: string, _advice?: Advice) => `unexpected ${found}${expecting(expected)}`,
    hint: (found: string, expected: string, advice?: Advice) => advice ?? wayOut(found, expected),
    explain: 'The text up to here is well formed, but it cannot go on like this.',
  },
  'missing-import': {
    code,
    text: (found: string, expected: string, _keyword: string, _form: string) => `unexpected ${found}${expecting(expected)}`,
    hint: (_found: string, _expected: string, keyword: string, form: string) =>
      `\`import future.keywords.${keyword}\` for ${form}`,
    explain: 'In this version of the language, the word is a keyword only after an import.',
  },
  'too-deep': {
    code,
    text: (limit: number) => `nested too deeply: more than ${limit} levels`,
    hint: () => 'move inner parts into rules of their own',
    explain: 'Brackets, bodies and chains of operators may be nested only to a limit, which the host may have lowered.',
  },
  'illegal-ref': {
    code,
    text: (head: string) => `illegal ref (head cannot be ${head})`,
    hint: () => 'assign the value to a variable first',
    explain: 'A reference begins with a variable, a call, an array, an object, a set or a comprehension.',
  },
  'illegal-call': {
    code,
    text: (head: string) => `${head} cannot be called`,
    hint: () => 'write the function in front: `f(x)`',
    explain: 'Only a name or a reference can be called.',
  },
  'non-terminated': {
    code,
    text: (what: string, found: string) => `non-terminated ${what}: unexpected ${found}`,
    hint: () => 'write a comma between two items, and close the bracket behind the last',
    explain: 'A bracket was opened, and something else stands where a comma or the closing bracket should be.',
  },
  'empty-body': {
    code,
    text: () => 'found empty body',
    hint: () => 'write at least one expression between the braces',
    explain: 'A body holds at least one expression.',
  },
  'illegal-negation': {
    code,
    text: (keyword: string) => `unexpected ${keyword} keyword: illegal negation of '${keyword}'`,
    hint: (keyword: string) => `move the \`${keyword}\` into a rule of its own, and negate that rule`,
    explain: '`some` and `every` cannot be negated; negate a rule that contains them.',
  },
  'every-needs-variable': {
    code,
    text: (which: string) => `unexpected every expression: expected ${which} to be a variable`,
    hint: () => 'write `every v in xs { … }` or `every k, v in xs { … }`',
    explain: '`every` binds plain variables.',
  },
  'some-needs-var': {
    code,
    text: () => 'unexpected some declaration: expected var',
    hint: () => 'write `some x, y` or `some x in xs` or `some k, x in xs`',
    explain: '`some` without `in` declares plain variables.',
  },
  'group-assignment': {
    code,
    text: () => 'non-terminated expression',
    hint: () => 'an assignment or unification cannot stand in parentheses; use braces',
    explain: 'Parentheses hold a value or a group of `and` and `or`, not an assignment.',
  },
  'operand-with': {
    code,
    text: (operator: string) => `\`with\` modifier is not allowed on operand of \`${operator}\``,
    hint: (operator: string) =>
      `wrap the operand in \`(...)\` or \`{...}\`, or move \`with\` behind the whole \`${operator}\` expression`,
    explain: '`with` after an expression of `and` and `or` applies to all of it.',
  },
  'operand-braces': {
    code,
    text: (found: string, _not: string) => `\`{...}\` in an operand position must contain expression(s), got: ${found}`,
    hint: (_found: string, not: string) => `write \`${not}(\u2026)\` around the value`,
    explain: 'Braces after `not`, `and` and `or` enclose a body, not a value.',
  },
  'operand-prints': {
    code,
    text: (operator: string) => `operand of \`${operator}\` cannot consist only of calls to \`print\``,
    hint: () =>
      '`print` produces no value and always succeeds, so the operand can never fail; move it out of the operand, or add an ' +
      'expression that can fail',
    explain: 'An operand that cannot fail decides nothing, and without printing there is nothing in it.',
  },
  'ambiguous-operand': {
    code,
    text: () => 'ambiguous `{ ... | ... }` operand: read as a body holding a set-union expression, not as a comprehension',
    hint: () => 'write `({x | y})` for the comprehension, or `{(x | y)}` for the set union',
    explain: 'Braces after `not`, `and` and `or` enclose a body; a comprehension there must be parenthesised.',
  },
  'template-in-v0': {
    code,
    text: () => 'template strings are not supported by current capabilities',
    hint: () => 'they need Rego v1; in v0, use `sprintf`',
    explain: 'Template strings came after v1, and texts in v0 do not have them, even where they import `rego.v1`.',
  },
  'template-expression': {
    code,
    text: (what: string) => `unexpected ${what} in template-string expression`,
    hint: () => 'compute the value in front, and write its name between the braces',
    explain: 'Each pair of braces in a template string holds one plain expression.',
  },
  'template-end': {
    code,
    text: () => 'expected } to end template string expression',
    hint: () => 'write one value between the braces, or give each braces of its own',
    explain: 'Each pair of braces in a template string holds one plain expression.',
  },

  // Modules, packages, imports.
  'empty-module': {
    code,
    text: () => 'empty module',
    hint: () => 'a module begins with `package` and a path',
    explain: 'A module has at least a package declaration.',
  },
  'package-expected': {
    code,
    text: (_advice?: Advice) => 'package expected',
    hint: (advice?: Advice) => advice ?? 'a module begins with `package` and a path',
    explain: 'The first statement of a module is its package declaration.',
  },
  'unexpected-package': {
    code,
    text: () => 'unexpected package',
    hint: () => 'move what follows into a file of its own',
    explain: 'A module has one package declaration, at its beginning.',
  },
  'path-part': {
    code,
    text: (found: string) => `unexpected ${found}: expecting string`,
    hint: () => 'write names with dots between them, or strings in brackets: `data.roles["sub-admin"]`',
    explain: 'The parts of a package or import path are names, or strings in brackets.',
  },
  'import-root': {
    code,
    text: (root: string) => `unexpected import path, must begin with one of: {data, future, input, rego}, got: ${root}`,
    hint: (root: string) => {
      const nearest = nearestName(root, ['data', 'future', 'input', 'rego'])
      if (nearest !== undefined) return `did you mean \`${nearest}\`?`
      return `packages are imported from \`data\`: write \`import data.${root}\``
    },
    explain: 'An import is a path into `data` or `input`, or turns on a part of the language.',
  },
  'import-keyword-end': {
    code,
    text: (name: string) => `unexpected import path, must not end with a keyword, got: ${name}`,
    hint: () => 'import a different path or use an alias',
    explain: 'The last part of an import path becomes a name in the module, which a keyword cannot be.',
  },
  'import-alias-reserved': {
    code,
    text: (name: string) => `unexpected import alias, must not be a reserved name, got: ${name}`,
    hint: () => 'choose another name behind `as`, or leave the alias away',
    explain: '`input` and `data` cannot be given another meaning.',
  },
  'import-no-alias': {
    code,
    text: (root: string) => `\`${root}\` imports cannot be aliased`,
    hint: () => 'leave the alias away',
    explain: 'Such an import turns on a part of the language and binds no name.',
  },
  'import-future': {
    code,
    text: () => 'invalid import, must be `future.keywords`',
    hint: () => 'write `import future.keywords`; in v1 nothing has to be imported',
    explain: 'The imports below `future` are `future.keywords` and `future.keywords.` with a keyword.',
  },
  'import-keyword': {
    code,
    text: (known: readonly string[], _found: string, _experimental: boolean) =>
      `unexpected keyword, must be one of [${known.join(' ')}]`,
    hint: (known: readonly string[], found: string, experimental: boolean) => {
      if (experimental) return 'it is experimental, and the option `experimentalKeywords` is off'
      const nearest = nearestName(found, known)
      return nearest === undefined ? 'remove the import' : `did you mean \`${nearest}\`?`
    },
    explain: 'There is no such keyword, or it is experimental and the host has not turned experimental keywords on.',
  },
  'import-rego': {
    code,
    text: (path: string) => `invalid import \`${path}\`, must be \`rego.v1\``,
    hint: () => 'write `import rego.v1`, or remove the import: v1 is the default',
    explain: '`import rego.v1` is the only import below `rego`.',
  },

  // Rules.
  'keyword-as-rule-name': {
    code,
    text: (keyword: string) => `${keyword} keyword cannot be used for rule name`,
    hint: () => 'choose another name',
    explain: 'A keyword names a rule only if a `.` or `[` follows it directly.',
  },
  'illegal-rule-name': {
    code,
    text: (what: string) => `${what} cannot be used for rule name`,
    hint: () => 'begin the rule with a name: letters, digits and `_`',
    explain: 'A rule begins with its name.',
  },
  'rule-without-content': {
    code,
    text: (_name: string, _advice?: Advice) => 'var cannot be used for rule name',
    hint: (name: string, advice?: Advice) => advice ?? `give it a value or a body: \`${name} := …\` or \`${name} if …\``,
    explain: 'A name alone is not a rule.',
  },
  'rule-without-import': {
    code,
    text: (_keyword: string, _form: string) => 'var cannot be used for rule name',
    hint: (keyword: string, form: string) => `\`import future.keywords.${keyword}\` for ${form}`,
    explain: 'In this version of the language, the word is a keyword only after an import.',
  },
  'illegal-rule-head': {
    code,
    text: (what: string) => `${what} cannot be used for rule head`,
    hint: () => 'conditions stand behind a head: `allow if …`',
    explain: 'A rule begins with its name, not with an expression.',
  },
  'invalid-rule-head': {
    code,
    text: (head: string) => `invalid rule head: ${head}`,
    hint: () => 'write the whole path in front of the arguments: `f.y(x)`',
    explain: 'The arguments of a function are the end of its head reference.',
  },
  'no-arguments': {
    code,
    text: () => 'rule argument list must take at least one argument',
    hint: () => 'leave the parentheses away, or name an argument',
    explain: 'A function has at least one argument.',
  },
  'contains-on-function': {
    code,
    text: () =>
      'unexpected contains keyword: the contains keyword can only be used with multi-value rule definitions ' +
      '(e.g., p contains <VALUE> { ... })',
    hint: () => 'return a set: `f(x) := {y | …}`',
    explain: 'A function has one value; it cannot be a set rule.',
  },
  'if-required': {
    code,
    text: (what: string) => `\`if\` keyword is required before ${what} body`,
    hint: () => 'write `if` in front of the `{`',
    explain: 'In v1, a body begins with `if`.',
  },
  'contains-required': {
    code,
    text: (_advice?: Advice) => '`contains` keyword is required for partial set rules',
    hint: (advice?: Advice) => advice ?? 'write `p contains x` for a member of a set, or `p[x] := v` for an entry of an object',
    explain: 'In v1, `p[x]` without a value is no longer a set.',
  },
  'value-or-body-required': {
    code,
    text: () => 'rule must have value assignment and/or body declaration',
    hint: () => 'write `:= true` after it if that is what it means',
    explain: 'In v1, a reference alone is not a rule.',
  },
  'unexpected-body': {
    code,
    text: () => 'expected else keyword',
    hint: () => 'a second body cannot follow `else`; write a separate rule',
    explain: 'Several bodies and `else` cannot be combined in one rule.',
  },
  'else-on-set': {
    code,
    text: () => 'else keyword cannot be used on multi-value rules',
    hint: () => 'write a separate rule for each member',
    explain: 'The members of a set do not exclude each other, so there is nothing to be else.',
  },
  'else-on-variables': {
    code,
    text: () => 'else keyword cannot be used on rules with variables in head',
    hint: () => 'write separate rules whose conditions exclude each other',
    explain: '`else` needs a rule that has one value.',
  },
  'else-without-content': {
    code,
    text: (found: string) => `unexpected ${found}: expected else value term or rule body`,
    hint: () => 'write `else := value`, `else if …`, or both: `else := value if …`',
    explain: '`else` is followed by a value, a body, or both.',
  },
  'illegal-default': {
    code,
    text: (why: string) => `illegal default rule (${why})`,
    hint: () => 'write a constant here, and what depends on something in rules with a body',
    explain: 'A default is a fixed value of a rule that has one value; its arguments are distinct variables.',
  },
} as const satisfies Record<string, MessageRow<never>>

export type SyntaxRule = keyof typeof SYNTAX_MESSAGES
