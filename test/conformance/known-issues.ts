/**
 * The ledger of conformance cases that are left out, each with its reason. A case is listed by its id; the run prints every
 * row it used.
 */
import { readFileSync } from 'node:fs'
import type { ConformanceCase } from './read-cases.js'

const ledger = JSON.parse(readFileSync(new URL('known-issues.json', import.meta.url), 'utf8')) as readonly { readonly case: string; readonly reason: string }[]

const REASONS: ReadonlyMap<string, string> = new Map(ledger.map((row) => [row.case, row.reason]))

/** Why a case is left out; undefined if it is not. */
export function knownIssue(one: ConformanceCase): string | undefined {
  return REASONS.get(one.id)
}
