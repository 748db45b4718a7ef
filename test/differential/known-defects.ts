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
        return isKnown && hasLine(lines, `(?:\\[|with ).*\\$".*\\b${name}\\b`)
      }),
  },
  {
    name: 'operations in template strings and comprehensions that are keys of references are not safe',
    explains: ({ wanted }, lines) => wanted.includes('expression is unsafe') && hasLine(lines, '[\\w\\])}]\\[(?:\\$".*\\{|[{[][^\\]]*\\|)'),
  },
  {
    name: 'an object of what walking finds has some keys several times, where its text is asked for',
    explains: ({ wanted, found }, lines) =>
      hasLine(lines, '\\bwalk\\(') && wanted !== found && wanted.replace(/(\[[^\]:]*\]: [^,:]*, )\1+/g, '$1') === found,
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
        hasLine(lines, `^(?:\\w|\\} else).* :?= .*\\|.*\\b${name}\\b.*(?:\\b${name}\\b[^;=]* := |some [^;]*\\b${name}\\b[^;]* in )`),
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
    name: 'a variable of a comprehension may get to a builtin without its value',
    explains: ({ wanted }) => /^eval_internal_error: .* called with operand \d+ that requires evaluation/.test(wanted),
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
    name: 'a variable in the domain of `every`, or in its `with`, that the body hides has no value there',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /var (\w+) is unsafe/g).some((name) =>
        hasLine(lines, `every .* in .*\\b${name}\\b.*\\{.*(?:\\b${name}\\b[^;=]* := |some [^;]*\\b${name}\\b[^;]* in )|every .*\\{.*\\b${name} := .*\\} with .*\\b${name}\\b`),
      ),
  },
  {
    name: 'variables in keys within the `with` of `some … in` count as declared there',
    explains: ({ wanted }, lines) =>
      namesIn(wanted, /(?:var|arg) (\w+) (?:declared above|redeclared)/g).some((name) =>
        hasLine(lines, `some .* in .* with .*\\[[^\\]]*\\b${name}\\b`),
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
      found.startsWith('eval_conflict_error') && !wanted.includes('_error') && hasLine(lines, '\\bwalk\\('),
  },
]

/** The defect that a disagreement comes from, if it is one of them. */
export function knownDefect(one: DifferentialCase, disagreement: Disagreement): string | undefined {
  const lines = [...one.modules.flatMap((module) => module.split('\n')), one.query ?? '']
  return KNOWN_DEFECTS.find(({ explains }) => explains(disagreement, lines))?.name
}

function namesIn(message: string, pattern: RegExp): readonly string[] {
  return [...message.matchAll(pattern)].map(([, name]) => name as string)
}

function hasLine(lines: readonly string[], pattern: string): boolean {
  const wanted = new RegExp(pattern)
  return lines.some((line) => wanted.test(line))
}
