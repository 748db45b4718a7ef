/**
 * Cases in which we differ from OPA for a reason that is known: its mistake, or something rare that we leave as it is. Each
 * has what both say, so that a reason which no longer holds is noticed on either side.
 */
import type { Verdict } from './answers.js'
import type { DifferentialCase } from './case.js'
import { readStoredCases, storeCase } from './kept-case.js'

const DEVIATIONS = new URL('deviations/', import.meta.url)

/** What is told of a deviation. */
export interface DeviationReason {
  /** Part of the line in docs/differences.md that tells it. */
  readonly told: string
  /** Who is wrong. */
  readonly mistake: 'OPA' | 'ours' | 'neither'
  readonly reason: string
  /** The known defect that it proves; null where both refuse, or where random policies keep away from it. */
  readonly row: string | null
}

export interface Deviation extends DeviationReason {
  readonly name: string
  readonly case: DifferentialCase
  /** OPA's. */
  readonly answer: Verdict
  readonly found: Verdict
}

export function readDeviations(): readonly Deviation[] {
  return readStoredCases<Omit<Deviation, 'name' | 'case'>>(DEVIATIONS).map(({ name, case: one, told: stored }) => {
    const { told, mistake, reason, row, answer, found } = stored
    return { name, told, mistake, reason, row, case: one, answer, found }
  })
}

export function keepDeviation({ name, told, mistake, reason, row, case: one, answer, found }: Deviation): void {
  storeCase(DEVIATIONS, name, { told, mistake, reason, row }, one, { answer, found })
}
