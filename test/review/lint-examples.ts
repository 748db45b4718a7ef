/** The examples of the linter: those of its own codes, and for the surprises those of `docs/semantics.md`. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { type LintCode, lintCatalogue } from '../../src/review/lint.js'
import { type PolicyExample, SEMANTICS_EXAMPLES, textOf } from '../docs/semantics-example.js'

export interface LintExample {
  readonly code: LintCode
  /** What differs from the base policy. */
  readonly change: PolicyExample
  readonly text: string
  /** The place that is found. */
  readonly finds: string
}

type OwnExample = PolicyExample & { readonly finds: string }

const own = parse(readFileSync(fileURLToPath(new URL('lint-examples.yaml', import.meta.url)), 'utf8')) as Record<
  string,
  OwnExample
>

function exampleOf(code: LintCode): LintExample | undefined {
  const mine = own[code]
  if (mine !== undefined) {
    const { finds, ...change } = mine
    return { code, change, text: textOf(change), finds }
  }
  for (const [, { warns = {}, package: name, policy, rules, 'no rules': left }] of SEMANTICS_EXAMPLES) {
    const finds = Object.keys(warns).find((where) => warns[where] === code)
    if (finds === undefined) continue
    const change = {
      ...(name === undefined ? {} : { package: name }),
      ...(policy === undefined ? {} : { policy }),
      ...(rules === undefined ? {} : { rules }),
      ...(left === undefined ? {} : { 'no rules': left }),
    }
    return { code, change, text: textOf(change), finds }
  }
  return undefined
}

/** An example for each code; a code without one has no entry. */
export const LINT_EXAMPLES: readonly LintExample[] = lintCatalogue().flatMap(({ code }) => exampleOf(code) ?? [])
