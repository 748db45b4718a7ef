/**
 * Where a difference from OPA 1.22 is known: such differences say nothing new. Each is told in docs/differences.md and proven by
 * a case in test/differential/deviations. Only verdicts and answers are excused: of two refusals the reasons may always differ.
 */
import type { DifferentialCase } from '../case.js'
import { EVALUATION } from './evaluation.js'
import { READING } from './reading.js'
import type { Disagreement, KnownDefect } from './row.js'
import { SAFETY } from './safety.js'
import { TEMPLATES } from './templates.js'
import { TYPES } from './types.js'

export const KNOWN_DEFECTS: readonly KnownDefect[] = [...READING, ...SAFETY, ...TEMPLATES, ...TYPES, ...EVALUATION]

/** The defect that a disagreement comes from, if it is one of them. */
export function knownDefect(one: DifferentialCase, disagreement: Disagreement): string | undefined {
  const lines = linesOf(one)
  return KNOWN_DEFECTS.find(({ explains }) => explains(disagreement, lines))?.name
}

/** Whether a disagreement comes from the defect of a name. */
export function isExplainedBy(name: string, one: DifferentialCase, disagreement: Disagreement): boolean {
  return KNOWN_DEFECTS.find((row) => row.name === name)?.explains(disagreement, linesOf(one)) ?? false
}

function linesOf({ modules, query }: DifferentialCase): readonly string[] {
  return [...modules.flatMap((module) => module.split('\n')), query ?? '']
}
