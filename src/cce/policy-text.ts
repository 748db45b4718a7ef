/** The shortest way from whatever a policy comes as to the Rego text that is enforced: Rego passes through unparsed. */
import { documentAsStructured } from './json-document.js'
import type { CcePolicy } from './policy.js'
import { readDocument } from './policy-source.js'
import { policyToRego } from './render.js'

/** The Rego text of a policy in any form. Throws `PolicyError`. */
export function policyText(source: CcePolicy | string | Uint8Array): string {
  if (typeof source !== 'string' && !(source instanceof Uint8Array)) return policyToRego(source)
  const { form, text } = readDocument(source)
  return form === 'rego' ? text : policyToRego(documentAsStructured(text))
}
