/** What OPA misses in template strings, or because of them. */
import { hasLine, namesIn, unsafeNames } from './lines.js'
import type { KnownDefect } from './row.js'

export const TEMPLATES: readonly KnownDefect[] = [
  {
    name: 'rules and functions in template strings that are keys of references, or values of `with`, are not found',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /(?:var|undefined function) (\w+)(?: is (?:unsafe|undeclared))?/g).some(
        (name) =>
          hasLine(lines, `^(?:default )?${name}\\b|^import .* as ${name}$`) &&
          hasLine(lines, `(?:\\[|with ).*\\$["\`].*\\b${name}\\b`),
      ),
  },
  {
    name: 'a rule in a key of a reference in a template string that is a key is a variable to go through',
    explains: ({ wanted }, lines) =>
      wanted.startsWith('eval_conflict_error: template-strings must not produce multiple outputs') &&
      hasLine(lines, '\\[\\$["`].*\\{.*\\['),
  },
  {
    name: 'operations in template strings and comprehensions that are keys of references are not safe',
    explains: ({ wanted }, lines) =>
      wanted.includes('expression is unsafe') && hasLine(lines, '[\\w\\])}]\\[(?:\\$["`].*\\{|[{[][^\\]]*\\|)'),
  },
  {
    name: 'an iteration over a call or literal that goes through something leaves its variables undeclared in template strings',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /var (\w+) is undeclared/g).some(
        (name) =>
          hasLine(lines, `some .*\\b${name}\\b.* in .*[({[].*\\[.*\\]|some .* in .*[({[].*\\[${name}\\]`) &&
          hasLine(lines, `\\$["\`].*\\{.*\\b${name}\\b`),
      ),
  },
  {
    name: 'what is declared in a literal that replaces a function is undeclared in template strings',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /var (\w+) is undeclared/g).some(
        (name) => hasLine(lines, `\\b${name}\\b.* := .* with \\w+`) && hasLine(lines, `\\$["\`].*\\{.*\\b${name}\\b`),
      ),
  },
  {
    name: 'in a call in a template string the head of a comprehension may be a variable that is declared later, without a value',
    explains: ({ wanted, found }, lines) =>
      !wanted.startsWith('refused') &&
      unsafeNames(found).some((name) => hasLine(lines, `\\$["\`].*\\w\\(.*[[{]${name} \\|`)),
  },
  {
    name: 'types are not looked at in `every` and `some … in` with a template string in their `with`',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') &&
      found.startsWith('refused: rego_type_error') &&
      hasLine(lines, '(?:every|some) .* with .*\\$["`].*\\{'),
  },
  {
    name: 'operations that a rule redefines are not looked at in template strings that are keys',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') &&
      /^refused: rego_type_error: \d+: [\w.]+: invalid argument/.test(found) &&
      hasLine(lines, '\\[\\$["`].*\\{.*(?:[-+*/%<>&|]|[!=]=)'),
  },
  {
    name: 'a variable that a template string mentions is of no known type',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') &&
      namesIn(found, /undefined ref: (\w+)[.[]/g).some((name) => hasLine(lines, `\\$["\`].*\\{.*\\b${name}\\b`)),
  },
]
