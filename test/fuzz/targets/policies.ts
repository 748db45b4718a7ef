/** CCE policies in every form that they come in, templates around them, and denials in the texts of errors. */
import { policiesInTemplate } from '../../../src/cce/arm-template.js'
import { policyDigest } from '../../../src/cce/digest.js'
import { parsePolicy } from '../../../src/cce/parse.js'
import { PolicyError } from '../../../src/cce/policy-error.js'
import { policyToRego } from '../../../src/cce/render.js'
import { policyWarnings } from '../../../src/cce/warnings.js'
import { decodeDenial, encodeDenial } from '../../../src/enforce/denial-text.js'
import { type JsonValue, deny } from '../../../src/enforce/decision.js'
import { isObject } from '../../../src/enforce/grant.js'
import { parsed } from './plan.js'
import { policyTexts } from '../corpus.js'
import { Finding, type Target } from '../target.js'

export const POLICIES: Target = {
  name: 'policies',
  form: 'text',
  seeds: () => {
    const texts = policyTexts()
    return [...texts, ...texts.filter((text) => text.length < 3000).map((text) => Buffer.from(text).toString('base64'))]
  },
  runs: 400,
  run: (text) => {
    parse(text)
    parse(new TextEncoder().encode(text))
    const document = parsed(text)
    if (document !== undefined) {
      if (typeof document.value === 'object' && document.value !== null) parse(document.value)
      for (const { base64 } of policiesInTemplate(document.value)) parse(base64)
    }
    decodeDenial(text)
    decodeDenial(`policyDecision< ${Buffer.from(text).toString('base64')} >policyDecision`)
    policyDigest(text)
    refused(() => policyWarnings(text))
  },
}

export const POLICY_DOCUMENTS: Target = {
  name: 'policy-documents',
  form: 'json',
  seeds: () => policyTexts().filter((text) => parsed(text) !== undefined),
  runs: 150,
  run: (text) => {
    POLICIES_RUN(text)
    const input = parsed(text)?.value as JsonValue | undefined
    if (!isObject(input)) return
    const denial = encodeDenial(deny('create_container', 'denied', 'no'), input)
    if (decodeDenial(`x ${denial} y`) === undefined) throw new Finding('a denial that was written cannot be read')
  },
}

const POLICIES_RUN = POLICIES.run as (text: string) => void

/** What is a policy can be written as one, read again, and warned about. */
function parse(source: string | Uint8Array | object): void {
  const policy = refused(() => parsePolicy(source))
  if (policy === undefined) return
  const text = refused(() => policyToRego(policy))
  if (text === undefined) return
  const again = parsePolicy(text)
  if (policyToRego(again) !== text) throw new Finding('a policy that was written and read is another one')
  policyWarnings(policy)
}

function refused<Result>(act: () => Result): Result | undefined {
  try {
    return act()
  } catch (error) {
    if (error instanceof PolicyError) return undefined
    throw error
  }
}
