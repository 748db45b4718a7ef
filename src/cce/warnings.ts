/**
 * The surprises of a policy, found by reading it: nothing is evaluated, and only what is written as a constant is judged.
 */
import { DiagnosticSink } from '../diagnostics/diagnostic.js'
import { Source } from '../source/source.js'
import { parseModule } from '../syntax/parse/module.js'
import type { CcePolicy } from './policy.js'
import { errorOfDiagnostics } from './policy-error.js'
import { policyText } from './policy-text.js'
import { PolicyFacts } from './warnings/facts.js'
import { flagWarnings } from './warnings/flags.js'
import { fragmentWarnings } from './warnings/fragments.js'
import { objectWarnings } from './warnings/objects.js'
import { pointWarnings } from './warnings/points.js'
import { versionWarnings } from './warnings/versions.js'
import type { PolicyWarning } from './warnings/warning.js'

/**
 * What a policy says and may not mean: where the reference enforcer's decisions surprise. Decisions follow the reference
 * whatever the warnings say.
 *
 * Errors: `PolicyError` if the source is no policy.
 *
 * @example policyWarnings(policy).map(({ where, message }) => `${where}: ${message}`)
 */
export function policyWarnings(source: CcePolicy | string | Uint8Array): readonly PolicyWarning[] {
  const sink = new DiagnosticSink()
  const module = parseModule(new Source('policy.rego', policyText(source)), {}, sink)
  if (module === undefined) throw errorOfDiagnostics(sink.sorted())
  return warningsOf(new PolicyFacts(module))
}

/** The same of a policy that was parsed already. */
export function warningsOf(facts: PolicyFacts): readonly PolicyWarning[] {
  if (facts.module.package.path.join('.') !== 'policy') return [...versionWarnings(facts)]
  return [
    ...versionWarnings(facts),
    ...pointWarnings(facts),
    ...flagWarnings(facts),
    ...objectWarnings(facts),
    ...fragmentWarnings(facts),
  ]
}
