/**
 * What OPA 1.22 refuses by mistake and we accept: such refusals are no differences. Each is told in docs/differences.md.
 */
import type { Verdict } from './answers.js'
import type { DifferentialCase } from './case.js'

interface KnownDefect {
  readonly name: string
  /** In the message of the refusal. */
  readonly message: RegExp
  /** In the policy. */
  readonly text: RegExp
}

const KNOWN_DEFECTS: readonly KnownDefect[] = [
  {
    name: 'rules in template strings that are parts of references are not found',
    message: /var \w+ is (unsafe|undeclared)/,
    text: /(\[|with )[^\n]*\$"/,
  },
  {
    name: 'a variable that hides one from around may not have its value from that one everywhere',
    message: /var \w+ (referenced above|is unsafe)/,
    text: /[|{;] (\w+) := [^;\n]*\b\1\b/,
  },
  {
    name: 'variables of `every` are taken for those of the same name in its `with`',
    message: /var \w+ is unsafe/,
    text: /every [^\n]*with /,
  },
]

/** The defect that a refusal comes from, if it is one of them. */
export function knownDefect(one: DifferentialCase, verdict: Verdict): string | undefined {
  if (verdict.kind !== 'refused') return undefined
  return KNOWN_DEFECTS.find(({ message, text }) => message.test(verdict.message) && one.modules.some((module) => text.test(module)))?.name
}
