/** Expressions whose types OPA does not look at, or knows less of. */
import { HEAD, comprehensionKeyOf, functionsOf, hasLine, namesIn } from './lines.js'
import type { KnownDefect } from './row.js'

export const TYPES: readonly KnownDefect[] = [
  {
    name: 'a reference through a variable is a way to every rule, also to those that the rest of it excludes',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') &&
      /^refused: rego_recursion_error: [^;]*$/.test(found) &&
      hasLine(lines, '\\bdata\\.[a-z.]+\\[[a-z_]\\w*\\]'),
  },
  {
    name: 'an expression with a comprehension of outer variables as a key is dropped, and what is wrong in it with it',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') &&
      found.startsWith('refused: rego_type_error') &&
      hasLine(lines, comprehensionKeyOf('v\\d+')),
  },
  {
    name: 'a comprehension in a literal in a head with a key behind it is not looked into',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') &&
      /match error|undefined ref/.test(found) &&
      hasLine(lines, `${HEAD}.*[{(].*[[{].*\\|.*[\\]}]\\[`),
  },
  {
    name: 'a variable that is called `eq` hides the operation behind `:=` and `in`',
    explains: ({ wanted }, lines) => wanted.includes('undefined function eq') && hasLine(lines, '^eq\\(') && hasLine(lines, '(?:some|,) eq\\b'),
  },
  {
    name: 'a function is no document to ask for',
    explains: ({ wanted, found }) => wanted.includes('used as reference, not called') && found.includes('is a function: '),
  },
  {
    name: 'a key of a package that `rego.metadata` makes is of no known type here',
    explains: ({ wanted, found }) =>
      found.startsWith('accepted') &&
      /^refused: rego_type_error: \d+: undefined ref: data\.[\w.]+\[rego\.metadata\./.test(wanted),
  },
  {
    name: 'a literal in a value of `with` is of no known type here, beside operations',
    explains: ({ wanted, found }, lines) =>
      found.startsWith('accepted') &&
      /^refused: rego_type_error: \d+: undefined ref: [[{][^;]*\|/.test(wanted) &&
      hasLine(lines, ' with .*[[{][^\\]}]*\\|.*[\\]}]\\['),
  },
  {
    name: 'what is in a package with several functions is of no certain type',
    explains: ({ wanted, found }, lines) =>
      [wanted, found].some((verdict) => verdict.startsWith('accepted')) &&
      [wanted, found].some((verdict) => /^refused: rego_type_error: \d+: match error$/.test(verdict)) &&
      functionsOf(lines).length > 1 &&
      hasLine(lines, '\\bdata(?:\\.(?:test|lib|sub|deep))*(?:\\[[a-z_]\\w*[\\](]|(?![.\\w[]))'),
  },
  {
    name: 'deprecated builtins in bodies of `every` and operands in braces are found, but only where a module for which they are none calls one too',
    explains: ({ wanted, found }, lines) =>
      found.startsWith('accepted') &&
      namesIn(wanted, /deprecated built-in function calls in expression: (\w+)/g).some((name) =>
        hasLine(lines, `(?:every .*|(?:and|or) )\\{.*\\b${name}\\(|\\{.*\\b${name}\\(.*\\} (?:and|or) `),
      ),
  },
]
