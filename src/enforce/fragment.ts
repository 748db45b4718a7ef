/**
 * Fragments as modules: their namespace, and the prologue through which they read their parameters.
 */

/** A fragment as it was offered: the caller has verified that `issuer` signed it under `feed`. */
export interface FragmentOffer {
  /** DID of the signer. */
  readonly issuer: string
  /** The label it was published under. */
  readonly feed: string
  /** Rego text. Its first line is its package. */
  readonly module: string
  /** The SVN of the envelope's CWT claims, where it has one: an integer, as a bigint where a double could not hold it. */
  readonly headerSvn?: number | bigint | null
  /** Transparency receipts that validated. */
  readonly receipts?: readonly { readonly issuer: string; readonly ttl_subjects: readonly string[] }[]
}

/** The offer as it is now; whoever made it may do with theirs what they like. @throws what reading it throws */
export function copyOffer({ issuer, feed, module, headerSvn = null, receipts = [] }: FragmentOffer): FragmentOffer {
  return { issuer, feed, module, headerSvn, receipts }
}

const RESERVED = new Set(['framework', 'api', 'policy', 'metadata'])

/** A fragment whose first line is no acceptable package line. The text is the reference's. */
export class FragmentNamespaceFault extends Error {
  override readonly name = 'FragmentNamespaceFault'
}

/** The namespace of a fragment: the one name of its package. @throws FragmentNamespaceFault */
export function fragmentNamespace(module: string): string {
  const line = module.split('\n', 1)[0] as string
  if (line === '') throw new FragmentNamespaceFault('unable to load fragment: Fragment Rego is empty')
  const namespace = /^package +([a-zA-Z_][a-zA-Z0-9_]*)[\t\n\f\r ]*$/.exec(line)?.[1]
  if (namespace === undefined) {
    throw new FragmentNamespaceFault(`unable to load fragment: valid package definition required on first line, got "${line}"`)
  }
  if (RESERVED.has(namespace)) {
    throw new FragmentNamespaceFault(
      `unable to load fragment: namespace "${namespace}" is reserved and cannot be used for fragments`,
    )
  }
  return namespace
}

/**
 * The module with its parameters: `parameter(name)` is the given value, else the default that the module's own
 * `parameters_api` declares, else undefined. `parameters` is the text of a JSON object, which is a Rego literal as it is.
 */
export function withParameters(module: string, parameters: string): string {
  return `${module}
__fragment_parameters := ${parameters}

default __fragment_parameters_metadata := {}

__fragment_parameters_metadata := data[input.namespace].parameters_api if data[input.namespace].parameters_api

parameter(name) := data.framework.extract_parameter(name, __fragment_parameters, __fragment_parameters_metadata)
`
}

/** What identifies a kept module: loading the same (issuer, feed) again replaces it. */
export function fragmentKey(offer: Pick<FragmentOffer, 'issuer' | 'feed'>): string {
  return `${offer.issuer}>${offer.feed}`
}
