/**
 * A policy opened for reading: its text, the syntax tree of that text, and what the text states as constants.
 *
 * Everything in this room looks at the Rego text, because that is what is enforced and measured; a structured policy is
 * looked at through the one text it stands for.
 */
import { constantsOf } from '../cce/constants.js'
import type { JsonValue } from '../cce/json-value.js'
import type { CcePolicy } from '../cce/policy.js'
import { errorOfDiagnostics } from '../cce/policy-error.js'
import { policyText } from '../cce/policy-text.js'
import { PolicyFacts } from '../cce/warnings/facts.js'
import { DiagnosticSink } from '../diagnostics/diagnostic.js'
import { type Location, Source, locate } from '../source/source.js'
import type { Module } from '../syntax/ast.js'
import { parseModule } from '../syntax/parse/module.js'
import { decodeUtf8 } from '../value/utf8.js'
import { type TextSpan, spansOf } from './json-spans.js'
import { type Step, locationOf, pointerOf } from './place.js'

/** Whatever a policy comes as: a policy that was read, Rego, structured JSON, or the base64 of either. */
export type PolicyInput = CcePolicy | string | Uint8Array

export interface OpenedPolicy {
  /** The Rego text that is enforced and measured. */
  readonly text: string
  readonly module: Module
  readonly facts: PolicyFacts
  /** Names the text defines, with their values where these are constants. */
  readonly constants: ReadonlyMap<string, JsonValue | undefined>
  /** Where a place is written in what was opened: Rego or JSON. Base64 has no places. */
  readonly locate: (steps: readonly Step[]) => Location | undefined
}

/** Opens a policy. @throws PolicyError if it is none */
export function openPolicy(input: PolicyInput, file = 'policy.rego'): OpenedPolicy {
  const text = policyText(input)
  const sink = new DiagnosticSink()
  const module = parseModule(new Source(file, text), {}, sink)
  if (module === undefined) throw errorOfDiagnostics(sink.sorted())
  const locateIn = locatorOf(input, file, text, module)
  return { text, module, facts: new PolicyFacts(module), constants: constantsOf(module), locate: locateIn }
}

function locatorOf(input: PolicyInput, file: string, text: string, module: Module): OpenedPolicy['locate'] {
  const written = input instanceof Uint8Array ? decodeUtf8(input) : typeof input === 'string' ? input : text
  if (written === text) return (steps) => locationOf(module, steps)
  if (!/^[\ufeff\s]*\{/.test(written)) return () => undefined
  const source = new Source(file, written)
  let spans: ReadonlyMap<string, TextSpan> | undefined
  return (steps) => {
    const span = steps.length === 0 ? undefined : (spans ??= spansOf(written)).get(pointerOf(steps))
    return span === undefined ? undefined : locate({ source, ...span })
  }
}

/** Whether the text is a fragment: a module of another package that states what fragments do, and no API version. */
export function isFragment({ facts }: OpenedPolicy): boolean {
  const [name, ...rest] = facts.module.package.path
  if (name === 'policy' || rest.length > 0) return false
  return facts.defines('svn') || (facts.defines('framework_version') && !facts.defines('api_version'))
}
