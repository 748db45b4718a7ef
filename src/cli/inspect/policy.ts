/** CCE policies in short: what they are, how much they declare, and their digest. `cce policy show` tells the rest. */
import { PolicyError } from '../../cce/policy-error.js'
import { findPolicies } from '../../review/find-policies.js'
import { type PolicySummary, summarizePolicy } from '../../review/summary.js'

export interface PolicyInShort {
  /** Place in a template, as a JSON pointer. */
  readonly pointer?: string
  readonly kind: PolicySummary['kind']
  readonly package: string
  readonly api_version?: unknown
  readonly framework_version?: unknown
  readonly svn?: unknown
  readonly containers: number
  readonly external_processes: number
  readonly fragments: number
  readonly bytes: number
  /** SHA-256 of the text, hexadecimal: what HOST_DATA has to be. */
  readonly digest: string
  /** How many things are left open. */
  readonly open: number
}

/** The policies that a text holds; none if it is something else. A Rego text is one if it says which API it is for. */
export function policiesInShort(text: string, isRego: boolean): readonly PolicyInShort[] {
  try {
    return findPolicies(text).policies.flatMap(({ text: one, pointer }) => {
      const summary = summarizePolicy(one)
      const isPolicy = summary.api_version !== undefined || summary.kind === 'fragment' || summary.kind === 'open_door'
      return isRego && !isPolicy ? [] : [inShort(summary, pointer)]
    })
  } catch (error) {
    if (error instanceof PolicyError) return []
    throw error
  }
}

function inShort(summary: PolicySummary, pointer: string | undefined): PolicyInShort {
  const { kind, api_version: api, framework_version: framework, svn, bytes, digest } = summary
  return {
    ...(pointer === undefined ? {} : { pointer }),
    kind,
    package: summary.package,
    ...(api === undefined ? {} : { api_version: api }),
    ...(framework === undefined ? {} : { framework_version: framework }),
    ...(svn === undefined ? {} : { svn }),
    containers: summary.containers.length,
    external_processes: summary.external_processes.length,
    fragments: summary.fragments.length,
    bytes,
    digest: digest.hex,
    open: summary.open.length,
  }
}
