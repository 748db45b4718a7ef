/** Variables that have no value for OPA, or one that they should not have. */
import { HEAD, comprehensionKeyOf, declarationOf, hasLine, isBesideTaking, namesIn, unsafeNames } from './lines.js'
import type { KnownDefect } from './row.js'

export const SAFETY: readonly KnownDefect[] = [
  {
    name: 'a variable that hides one from around may not have its value from that one everywhere',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /var (\w+) (?:referenced above|is unsafe)/g).some((name) =>
        hasLine(lines, `[|{;,] *(?:${name}|\\[[^=]*\\b${name}\\b[^=]*\\]) := [^;]*\\b${name}\\b`),
      ),
  },
  {
    name: 'a comprehension in a head may not hide a variable that it has mentioned, though one in a body may',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /var (\w+) referenced above/g).some((name) =>
        hasLine(lines, `${HEAD}.*(?: :?= | contains |\\[).*\\|.*\\b${name}\\b.*${declarationOf(name)}`),
      ),
  },
  {
    name: 'variables that a comprehension in a head declares have no value if a reference goes on from it',
    explains: ({ wanted }, lines) =>
      unsafeNames(wanted).some((name) => hasLine(lines, `${HEAD}.*[[{].*\\|.*${declarationOf(name)}.*[)}\\]][.[]`)),
  },
  {
    name: 'variables of `every` are taken for those of the same name in its domain and its `with`',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /var (\w+) is unsafe|(?:called|undefined) function (\w+)/g).some((name) =>
        hasLine(lines, `every (?:\\w+, )?${name}(?:, \\w+)? in .*\\b${name}\\b`),
      ),
  },
  {
    name: 'a variable may be declared again by a `some` whose collection mentions it',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') &&
      namesIn(found, /var (\w+) declared above/g).some((name) =>
        hasLine(lines, `some .*\\b${name}\\b.* in .*some .*\\b${name}\\b.* in .*\\b${name}\\b`),
      ),
  },
  {
    name: 'a dropped `print` in a body inside may mention what the body around declares further on',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') &&
      namesIn(found, /var (\w+) is undeclared/g).some((name) => hasLine(lines, `[|{;].*\\bprint\\(.*\\b${name}\\b.*\\)`)),
  },
  {
    name: 'a comprehension that is a key does not wait for what gives its variables their values',
    explains: ({ wanted, found }, lines) =>
      found.startsWith('accepted') && unsafeNames(wanted).some((name) => hasLine(lines, comprehensionKeyOf(name))),
  },
  {
    name: 'a variable in the domain of `every` that the body hides has no value there',
    explains: ({ wanted }, lines) =>
      unsafeNames(wanted).some((name) => hasLine(lines, `every .* in .*\\b${name}\\b.*\\{.*${declarationOf(name)}`)),
  },
  {
    name: 'a variable in the `with` of `every`, or of `not { … }`, that the body hides has no value there',
    explains: ({ wanted }, lines) =>
      unsafeNames(wanted).some((name) =>
        hasLine(lines, `(?:every|not) .*\\{.*${declarationOf(name)}.*\\} with .*\\b${name}\\b`),
      ),
  },
  {
    name: 'variables in keys within the `with` of `some … in` count as declared there',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /(?:var|arg) (\w+) (?:declared above|assigned above|referenced above|redeclared|unused)/g).some((name) =>
        hasLine(lines, `some .* in .* with .*\\[.*\\b${name}\\b.*\\]`),
      ),
  },
  {
    name: 'a reference into a variable of the same pattern is taken, and never finds anything',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') &&
      found.startsWith('refused: rego_unsafe_var_error: ') &&
      unsafeNames(found).some((name) =>
        hasLine(lines, `[[{].*\\b${name}\\b[,}\\]].*\\b${name}[.[]|[[{].*\\b${name}[.[].*\\b${name}\\b[,}\\]]`),
      ),
  },
  {
    name: 'a comparison of a reference with a comprehension of the variable in its key is unsafe',
    explains: ({ wanted }, lines) =>
      unsafeNames(wanted).some(
        (name) =>
          hasLine(lines, `\\[${name}\\] (?:[!=]=|[<>]=?) [[{].*\\b${name}\\b.*\\|`) ||
          hasLine(lines, `[[{].*\\b${name}\\b.*\\|.* (?:[!=]=|[<>]=?) .*\\[${name}\\]`),
      ),
  },
  {
    name: 'the result of a call is unsafe if a comprehension among the arguments takes it',
    explains: ({ wanted, found }, lines) =>
      found.startsWith('accepted') &&
      unsafeNames(wanted).some((name) => hasLine(lines, `\\(.*[[{].*\\|.*\\b${name}\\b.*[\\]}].*, ?${name}\\)`)),
  },
  {
    name: 'an operation in the domain of `every` may not have the name of a variable that the body declares',
    explains: ({ wanted, found }, lines) =>
      found.startsWith('accepted') &&
      namesIn(wanted, /called function (\w+) shadowed/g).some((name) => hasLine(lines, `every .*\\{.*${declarationOf(name)}`)),
  },
  {
    name: 'an expression with a comprehension that takes a variable from around is taken with variables that have no value',
    explains: ({ wanted, found }, lines) =>
      !wanted.startsWith('refused') && unsafeNames(found).some((name) => isBesideTaking(name, lines)),
  },
]
