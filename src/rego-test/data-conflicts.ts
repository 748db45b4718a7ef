/** Rules where base data have something already: in tests, as for OPA, a rule never lies over a document. */
import type { CheckedRule } from '../check/core.js'
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.js'
import { locate } from '../source/source.js'
import { RegoObject, type RegoValue } from '../value/value.js'
import type { TestData } from './test-data.js'

/** One diagnostic for each definition whose path leads to, or through, a value in the data. */
export function dataConflicts(rules: readonly CheckedRule[], data: TestData): readonly Diagnostic[] {
  const sink = new DiagnosticSink()
  for (const { path, span } of rules.filter(mayBeTaken(data.dataText))) {
    if (!isTaken(path, data.data)) continue
    sink.add({
      code: 'rego_compile_error',
      rule: 'data-conflict',
      severity: 'error',
      message: `conflicting rule for data path ${path.join('/')} found`,
      location: locate(span),
      hint: 'take the value out of the data, or call the rule by another name',
    })
  }
  return sink.sorted()
}

/** A key stands in the text as it is, unless it is written with escapes: most data need not be looked into. */
function mayBeTaken(text: string): (rule: CheckedRule) => boolean {
  if (/\\[u/]/.test(text)) return () => true
  const known = new Map<string, boolean>()
  return ({ path: [name = ''] }) => {
    const isThere = known.get(name) ?? text.includes(JSON.stringify(name))
    known.set(name, isThere)
    return isThere
  }
}

function isTaken(path: readonly string[], data: RegoObject): boolean {
  let at: RegoValue = data
  for (const name of path) {
    if (!(at instanceof RegoObject)) return true
    const next: RegoValue | undefined = at.get(name)
    if (next === undefined) return false
    at = next
  }
  return true
}
