/**
 * Where OPA 1.22 is wrong by mistake: such differences say nothing about us. Each is told in docs/differences.md. A row goes
 * by what OPA says, by what we say, and by the part of the policy that the mistake is about.
 */
import type { DifferentialCase } from './case.js'

/** What two engines say, as text. */
export interface Disagreement {
  readonly wanted: string
  readonly found: string
}

interface KnownDefect {
  readonly name: string
  /** Whether a disagreement comes from it. `lines` are those of all modules, and the query. */
  readonly explains: (disagreement: Disagreement, lines: readonly string[]) => boolean
}

const KNOWN_DEFECTS: readonly KnownDefect[] = [
  {
    name: 'rules and functions in template strings that are keys of references, or values of `with`, are not found',
    explains: ({ wanted, found }, lines) =>
      namesIn(wanted, /(?:var|undefined function) (\w+)(?: is (?:unsafe|undeclared))?/g).some((name) => {
        // Where both refuse, the name may be one that nobody knows: OPA then has another reason than elsewhere.
        const isKnown = found.startsWith('refused') || hasLine(lines, `^(?:default )?${name}\\b|^import .* as ${name}$`)
        return isKnown && hasLine(lines, `(?:\\[|with ).*\\$["\`].*\\b${name}\\b`)
      }),
  },
  {
    name: 'operations in template strings and comprehensions that are keys of references are not safe',
    explains: ({ wanted }, lines) => wanted.includes('expression is unsafe') && hasLine(lines, '[\\w\\])}]\\[(?:\\$["`].*\\{|[{[][^\\]]*\\|)'),
  },
  {
    name: 'an object of what walking finds has some keys several times, where its text is asked for',
    explains: ({ wanted, found }, lines) =>
      hasLine(lines, '\\bwalk\\(') && wanted !== found && wanted.replace(/(\[[^\]:]*\]: [^,:]*, )\1+/g, '$1') === found,
  },
  {
    name: 'an expression that is a reference with a comprehension for its key, or compares one, may count as true',
    explains: ({ wanted, found }, lines) =>
      (wanted !== found && !found.startsWith('refused') && hasLine(lines, '[\\w\\])}]\\[[[{][^\\]]*\\bv\\d+\\b[^\\]]*\\|')) ||
      // Where both refuse, it has to be about a variable there.
      namesIn(wanted, /var (\w+) is unsafe/g).some((name) => hasLine(lines, `[\\w\\])}]\\[[[{][^\\]]*\\b${name}\\b[^\\]]*\\|`)),
  },
  {
    name: 'an else branch of an entry with constant keys, beside entries with others, counts only if the index rules the rest out',
    explains: ({ wanted, found }, lines) => !wanted.startsWith('refused') && !found.startsWith('refused') && hasElseAmongKeys(lines),
  },
  {
    name: 'a call of `eq` in a template string is an equation, which may not stand there, whatever has that name',
    explains: ({ wanted }, lines) => wanted.includes('unexpected unification') && hasLine(lines, '\\$["`].*\\beq\\('),
  },
  {
    name: 'what `rego.metadata` says of a rule counts as false where it is negated, or is not safe there',
    explains: ({ wanted, found }, lines) =>
      (wanted !== found || wanted.includes('expression is unsafe')) && hasLine(lines, '(?:not |[|].*\\bor ).*\\brego\\.metadata\\.(?:rule|chain)\\(\\)'),
  },
  {
    name: 'heads with equal numbers of different spellings for keys make the whole document undefined',
    explains: ({ wanted, found }, lines) => wanted !== found && !wanted.startsWith('refused') && hasKeysOfTwoSpellings(lines),
  },
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
        hasLine(lines, `^(?:\\w|\\} else).*(?: :?= | contains |\\[).*\\|.*\\b${name}\\b.*(?:\\b${name}\\b[^;=]* := |some [^;]*\\b${name}\\b[^;]* in )`),
      ),
  },
  {
    name: 'variables that a comprehension in a head declares have no value if a reference goes on from it',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /var (\w+) is unsafe/g).some((name) =>
        hasLine(lines, `^(?:\\w|\\} else).*[[{].*\\|.*(?:\\b${name}\\b[^;=]* := |some [^;]*\\b${name}\\b[^;]* in ).*[)}\\]][.[]`),
      ),
  },
  {
    name: 'a variable of a comprehension that is negated first gets to a builtin without its value',
    explains: ({ wanted }, lines) =>
      /^eval_internal_error: .* called with operand \d+ that requires evaluation/.test(wanted) &&
      hasLine(lines, '[[{].*\\|.*(?:\\bnot | in ).*[\\]}]'),
  },
  {
    name: 'a document keeps the parts of a replaced one where it is read from above',
    explains: ({ wanted, found }, lines) =>
      [wanted, found].every((answer) => /^[[{]/.test(answer)) && hasLine(lines, 'with data\\.\\w+\\.') && hasLine(lines, '\\bdata(?:\\.d)?(?![.\\w[])'),
  },
  {
    name: 'variables of `every` are taken for those of the same name in its domain and its `with`',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /var (\w+) is unsafe/g).some((name) => hasLine(lines, `every (?:\\w+, )?${name}(?:, \\w+)? in .*\\b${name}\\b`)),
  },
  {
    name: 'a variable in the domain of `every`, or in the `with` of it or of `not { … }`, that the body hides has no value there',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /var (\w+) is unsafe/g).some((name) =>
        hasLine(lines, `every .* in .*\\b${name}\\b.*\\{.*(?:\\b${name}\\b[^;=]* := |some [^;]*\\b${name}\\b[^;]* in )|(?:every|not) .*\\{.*(?:\\b${name}\\b[^;=]* := |some [^;]*\\b${name}\\b[^;]* in ).*\\} with .*\\b${name}\\b`),
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
      /^refused: rego_unsafe_var_error: /.test(found) &&
      namesIn(found, /var (\w+) is unsafe/g).some(
        (name) => hasLine(lines, `[[{].*\\b${name}\\b[,}\\]].*\\b${name}[.[]|[[{].*\\b${name}[.[].*\\b${name}\\b[,}\\]]`),
      ),
  },
  {
    name: 'walking ends at the first result where a rule is referred to, so that others are no conflict',
    explains: ({ wanted, found }, lines) =>
      isMissedConflict(wanted, found) && walkingRules(lines).some((name) => isAskedFor(name, lines)),
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
    name: 'in a literal that begins with a set comprehension, the body of that may not begin with an operand of several literals',
    explains: ({ wanted, found }, lines) =>
      /^refused: rego_parse_error: .*non-terminated set/.test(wanted) &&
      !found.includes('rego_parse_error') &&
      hasLine(lines, '\\{.* \\| \\{ .*(?:;|:=).*\\} (?:and|or) '),
  },
  {
    name: 'in a call in a template string the head of a comprehension may be a variable that is declared later, without a value',
    explains: ({ wanted, found }, lines) =>
      !wanted.startsWith('refused') &&
      namesIn(found, /var (\w+) is unsafe/g).some((name) => hasLine(lines, `\\$["\`].*\\w\\(.*[[{]${name} \\|`)),
  },
  {
    name: 'types are not looked at in `every` and `some … in` with a template string in their `with`',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') &&
      found.startsWith('refused: rego_type_error') &&
      hasLine(lines, '(?:every|some) .* with .*\\$["`].*\\{'),
  },
  {
    name: 'a comparison of a reference with a comprehension of the variable in its key is unsafe',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /var (\w+) is unsafe/g).some((name) =>
        hasLine(lines, `\\[${name}\\] (?:[!=]=|[<>]=?) [[{].*\\b${name}\\b.*\\||[[{].*\\b${name}\\b.*\\|.* (?:[!=]=|[<>]=?) .*\\[${name}\\]`),
      ),
  },
  {
    name: 'an empty pattern of `strings.replace_n` cuts characters into bytes that are none',
    explains: (_, lines) => hasLine(lines, 'strings\\.replace_n\\(.*"": "-"'),
  },
  {
    name: 'a body that is nothing but a call of `rego.metadata` with replacements counts as none',
    explains: ({ wanted, found }, lines) => !/_error|refused/.test(`${wanted}${found}`) && hasLine(lines, '^ *rego\\.metadata\\.\\w+\\(\\) with '),
  },
  {
    name: 'a variable in the domain of `every` that has the name of its own, or is declared in its body, gives the domain no value',
    explains: ({ wanted, found }, lines) =>
      !/refused/.test(`${wanted}${found}`) &&
      hasLine(lines, 'every (?:\\w+, )?(\\w+)(?:, \\w+)? in [^{]*\\b\\1\\b|every .* in [^{]*\\[(\\w+)\\].*\\{.*(?:some [^;]*\\b\\2\\b|\\b\\2\\b :=)'),
  },
  {
    name: 'an expression with a comprehension of outer variables as a key is dropped, and what is wrong in it with it',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') && found.startsWith('refused: rego_type_error') && hasLine(lines, '[\\w\\])}]\\[[[{].*\\bv\\d+\\b.*\\|'),
  },
  {
    name: 'a comprehension in an object in a head with a key behind it is not looked into',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') && /match error/.test(found) && hasLine(lines, '^(?:\\w|\\} else).*\\{.*[[{].*\\|.*[\\]}]\\['),
  },
  {
    name: 'operations that a rule redefines are not looked at in template strings that are keys',
    explains: ({ wanted, found }, lines) =>
      wanted.startsWith('accepted') && /^refused: rego_type_error: \d+: [\w.]+: invalid argument/.test(found) && hasLine(lines, '\\[\\$["`].*\\{.*(?:[-+*/%<>&|]|[!=]=)'),
  },
  {
    name: 'a call with its result for an argument takes the definitions whose result that is, and remembers it for other results',
    explains: ({ wanted, found }, lines) =>
      isMissedConflict(wanted, found) &&
      functionsOf(lines).some(({ name, arity }) => isCalledWith(name, arity + 1, lines) || (arity === 1 && OPERATORS.has(name))),
  },
  {
    name: 'deprecated builtins in bodies of `every` are found, but only together with others',
    explains: ({ wanted, found }, lines) =>
      found.startsWith('accepted') &&
      namesIn(wanted, /deprecated built-in function calls in expression: (\w+)/g).some((name) => hasLine(lines, `every .*\\{.*\\b${name}\\(`)),
  },
  {
    name: 'an expression with a comprehension that takes a variable from around is taken with variables that have no value',
    explains: ({ wanted, found }, lines) =>
      !wanted.startsWith('refused') && namesIn(found, /var (\w+) is unsafe/g).some((name) => isBesideTaking(name, lines)),
  },
  {
    name: 'a rule that has the name of an operator ends the body in braces in front of it',
    explains: ({ found }, lines) =>
      found.startsWith('refused: rego_parse_error') && lines.some((line, at) => /^(?:and|or)[([]/.test(line) && lines[at - 1]?.startsWith('}') === true),
  },
  {
    name: 'what is in a package with several functions is of no certain type',
    explains: ({ wanted, found }, lines) =>
      [wanted, found].some((verdict) => verdict.startsWith('accepted')) &&
      [wanted, found].some((verdict) => /^refused: rego_type_error: \d+: match error$/.test(verdict)) &&
      functionsOf(lines).length > 1 &&
      hasLine(lines, '\\bdata(?:\\.test)?(?:\\.(?:lib|sub))?(?:\\[v\\d+\\]|(?![.\\w[]))'),
  },
  {
    name: 'operands in braces mention their variables in the body around',
    explains: ({ wanted, found }, lines) =>
      namesIn(wanted, /var (\w+) referenced above/g).some(
        (name) => found.includes(`var ${name} is unsafe`) && hasLine(lines, `\\{.*\\b${name}\\b.*\\} (?:and|or) |(?:and|or) \\{.*\\b${name}\\b`),
      ),
  },
  {
    name: 'a variable without a value is undeclared, and no more, where a template string mentions it too',
    explains: ({ wanted, found }) => namesIn(wanted, /var (\w+) is undeclared/g).some((name) => found.includes(`var ${name} is unsafe`)),
  },
  {
    name: 'a key that is a template string of the very variable that it is a key of has no type',
    explains: ({ wanted, found }) => wanted.startsWith('accepted') && /undefined ref: (\w+)\[\$["`].*\b\1\b/.test(found),
  },
]

/** Functions that operators stand for: used as these, they have one argument more than ones with a single argument take. */
const OPERATORS: ReadonlySet<string> = new Set([
  ...['plus', 'minus', 'mul', 'div', 'rem', 'and', 'or'],
  ...['equal', 'neq', 'lt', 'lte', 'gt', 'gte'],
])

/** The defect that a disagreement comes from, if it is one of them. */
export function knownDefect(one: DifferentialCase, disagreement: Disagreement): string | undefined {
  const lines = [...one.modules.flatMap((module) => module.split('\n')), one.query ?? '']
  return KNOWN_DEFECTS.find(({ explains }) => explains(disagreement, lines))?.name
}

function isMissedConflict(wanted: string, found: string): boolean {
  return found.startsWith('eval_conflict_error') && !wanted.includes('_error')
}

/** Rules whose value, or member, `walk` finds: `q := v if walk(x, [_, v])`. */
function walkingRules(lines: readonly string[]): readonly string[] {
  const names: string[] = []
  let head = ''
  for (const line of lines) {
    if (/^\w/.test(line)) head = line
    const found = /\bwalk\([^;]*\[(\w+), (\w+)\]|\[(\w+), (\w+)\] :?= walk\(/.exec(line)
    const name = /^(?:default )?(\w+)/.exec(head)?.[1]
    if (found !== null && name !== undefined) names.push(name)
  }
  return names
}

/** Whether a rule is an expression of its own somewhere, or a part of one. */
function isAskedFor(name: string, lines: readonly string[]): boolean {
  const use = new RegExp(`(?:^|[^\\w.]|data\\.[\\w.]*)${name}\\b`, 's')
  return lines.some((line) => use.test(line.replace(/^(?:default )?\w+/, '')))
}

/** Whether an else branch belongs to a head with constant keys, of a rule that has a head with other keys too. */
function hasElseAmongKeys(lines: readonly string[]): boolean {
  const dynamic = lines.flatMap((line) => /^(\w+)(?:\.\w+|\["[^"]*"\])*\[[^"]/.exec(line)?.[1] ?? [])
  let head: string | undefined
  return lines.some((line) => {
    if (/^\w/.test(line)) head = /^(\w+)[.[]/.exec(line)?.[1]
    return head !== undefined && dynamic.includes(head) && /(?:^|[}\])\w] )\}? ?else\b/.test(line)
  })
}

/** `p[1] := …` beside `p[1.0] := …` */
function hasKeysOfTwoSpellings(lines: readonly string[]): boolean {
  const keys = lines.flatMap((line) => {
    const [, head, key] = /^(\w+(?:\.\w+)*)\[(-?\d[^\]]*)\]/.exec(line) ?? []
    return head === undefined || key === undefined ? [] : [{ head, key }]
  })
  return keys.some(({ head, key }) => keys.some((other) => other.head === head && other.key !== key && Number(other.key) === Number(key)))
}

/** Whether a line that mentions a variable has a comprehension that takes one from outside; variables are called v0, v1, … */
function isBesideTaking(name: string, lines: readonly string[]): boolean {
  const all = lines.join('\n')
  return lines.some(
    (line) =>
      new RegExp(`\\b${name}\\b`).test(line) &&
      [...line.matchAll(/[[{](?:[^|[\]{}]|\[[^\]]*\])*\|[^\]}]*/g)].some(([comprehension]) =>
        (comprehension.match(/\bv\d+\b/g) ?? []).some((taken) => new RegExp(`\\b${taken}\\b`).test(all.replace(comprehension, ''))),
      ),
  )
}

interface FunctionHead {
  readonly name: string
  readonly arity: number
}

function functionsOf(lines: readonly string[]): readonly FunctionHead[] {
  return lines.flatMap((line) => {
    const name = /^(?:default )?(\w+)\(/.exec(line)?.[1]
    return name === undefined ? [] : [{ name, arity: countArguments(line.slice(line.indexOf('(') + 1)) }]
  })
}

function isCalledWith(name: string, count: number, lines: readonly string[]): boolean {
  const call = new RegExp(`(?:^|[^\\w])${name}\\(`, 'g')
  return lines.some((line) =>
    [...line.matchAll(call)].some((found) => countArguments(line.slice(found.index + found[0].length)) === count),
  )
}

/** Of a text that begins behind the opening parenthesis. */
function countArguments(text: string): number {
  let depth = 0
  let count = 1
  for (const char of text) {
    if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char) && depth-- === 0) return count
    else if (char === ',' && depth === 0) count++
  }
  return count
}

function namesIn(message: string, pattern: RegExp): readonly string[] {
  return [...message.matchAll(pattern)].map(([, name]) => name as string)
}

function hasLine(lines: readonly string[], pattern: string): boolean {
  // In texts of policies there are line separators that end no line.
  const wanted = new RegExp(pattern, 's')
  return lines.some((line) => wanted.test(line))
}
