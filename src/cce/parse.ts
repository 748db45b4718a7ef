/** From whatever a policy comes as to a `CcePolicy`. */
import { DiagnosticSink } from '../diagnostics/diagnostic.js'
import { Source } from '../source/source.js'
import type { Module } from '../syntax/ast.js'
import { parseModule } from '../syntax/parse/module.js'
import { constantsOf } from './constants.js'
import { declaredBy } from './declared.js'
import { documentAsStructured } from './json-document.js'
import { objectFrom } from './json-value.js'
import type { CcePolicy, StructuredPolicy } from './policy.js'
import { PolicyError, errorOfDiagnostics } from './policy-error.js'
import { readDocument } from './policy-source.js'
import { OPEN_DOOR_TEXT, STRUCTURED_TEXT_START, isRegoText, renderStructured } from './render.js'
import { readStructured } from './structured.js'

/**
 * Reads a policy: structured (a document or its JSON text), Rego text, or the base64 of a text as deployments carry it.
 *
 * Rego that says nothing but what a structured policy says comes back structured; any other Rego keeps its text, and what
 * it declares is beside it. A policy that was read before comes back equal.
 *
 * Errors: `PolicyError`, whose faults have a JSON pointer or a place in the text.
 *
 * @example parsePolicy(template.resources[0].properties.confidentialComputeProperties.ccePolicy)
 */
export function parsePolicy(source: string | Uint8Array | object): CcePolicy {
  if (typeof source !== 'string' && !(source instanceof Uint8Array)) {
    return isRegoText(source) ? parseRego(source.text) : readStructured(source)
  }
  const { form, text } = readDocument(source)
  return form === 'json' ? documentAsStructured(text) : parseRego(text)
}

function parseRego(text: string): CcePolicy {
  if (text === OPEN_DOOR_TEXT) return { kind: 'open_door' }
  const sink = new DiagnosticSink()
  const module = parseModule(new Source('policy.rego', text), {}, sink)
  if (module === undefined) throw errorOfDiagnostics(sink.sorted())
  return structuredFrom(text, module) ?? { kind: 'rego', text, declared: declaredBy(module) }
}

/** The structured policy whose text this is, to the byte. */
function structuredFrom(text: string, module: Module): StructuredPolicy | undefined {
  if (!text.startsWith(STRUCTURED_TEXT_START)) return undefined
  const members = [...constantsOf(module)].filter(([name, value]) => value !== undefined && name !== 'api_version')
  const policy = tryStructured(objectFrom(members))
  return policy !== undefined && renderStructured(policy) === text ? policy : undefined
}

function tryStructured(document: object): StructuredPolicy | undefined {
  try {
    const policy = readStructured(document)
    return policy.kind === 'structured' ? policy : undefined
  } catch (error) {
    if (error instanceof PolicyError) return undefined
    throw error
  }
}
