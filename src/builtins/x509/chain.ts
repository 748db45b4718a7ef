/**
 * Checks a certificate against one trusted root: signatures, times, names and purposes along a path of intermediates, as
 * Go's `Certificate.Verify` does.
 */
import type { Certificate } from './certificate.js'
import { CURVES } from './curve.js'
import { type CertificateFacts, readFacts } from './facts.js'
import { violatesConstraints } from './name-constraints.js'
import { fixedSizeEcdsa, verifySignature } from './signature.js'
import { matchesHostname } from './hostname.js'

export interface ChainOptions {
  /** A host name or address that the leaf must be for. */
  readonly hostname: string | undefined
  /** Milliseconds since 1970. */
  readonly time: number
  /** Go's numbers of extended key usages of which one is needed; 0 stands for any. */
  readonly usages: readonly number[]
  /** Most comparisons of names with constraints. */
  readonly maxConstraintComparisons: number
}

/** The certificates of a pool with what their extensions say. */
interface Link {
  readonly certificate: Certificate
  readonly facts: CertificateFacts
}

/** Most signatures that are checked in looking for a path. */
export const MAX_SIGNATURES = 100

const ANY_USAGE = 0

/** The path from the leaf to the root; undefined if there is none that holds. */
export function verifyChain(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  root: Certificate,
  options: ChainOptions,
): readonly Certificate[] | undefined {
  const links = [leaf, ...intermediates, root].map((certificate) => ({ certificate, facts: readFacts(certificate) }))
  const [first, last] = [links[0] as Link, links.at(-1) as Link]
  if (first.facts.unhandled.length > 0 || !isCurrent(leaf, options.time)) return undefined
  if (options.hostname !== undefined && !matchesHostname(first.facts, options.hostname)) return undefined
  const search = new PathSearch(links.slice(1, -1), last, options)
  const path = isSame(leaf, root) ? [first] : search.from([first])
  return path?.map(({ certificate }) => certificate)
}

class PathSearch {
  readonly #intermediates: readonly Link[]
  readonly #root: Link
  readonly #options: ChainOptions
  #signatures = 0

  constructor(intermediates: readonly Link[], root: Link, options: ChainOptions) {
    this.#intermediates = intermediates
    this.#root = root
    this.#options = options
  }

  /** The shortest way on from the end of a path, depth first; roots are tried before intermediates. */
  from(path: readonly Link[]): readonly Link[] | undefined {
    const child = path.at(-1) as Link
    if (this.#isIssuer(this.#root, path)) {
      const whole = [...path, this.#root]
      if (hasUsage(whole, this.#options.usages)) return whole
    }
    for (const candidate of this.#intermediates) {
      if (path.some(({ certificate }) => isSame(certificate, candidate.certificate))) continue
      if (!isNamed(candidate, child) || !this.#isIssuer(candidate, path)) continue
      const found = this.from([...path, candidate])
      if (found !== undefined) return found
    }
    return undefined
  }

  #isIssuer(issuer: Link, path: readonly Link[]): boolean {
    const child = path.at(-1) as Link
    if (!isNamed(issuer, child) || ++this.#signatures > MAX_SIGNATURES) return false
    return (
      mayIssue(issuer, path) &&
      isSignedBy(child.certificate, issuer.certificate) &&
      !violatesConstraints(
        issuer.facts,
        path.map(({ facts }) => facts),
        this.#options.maxConstraintComparisons,
      ) &&
      isCurrent(issuer.certificate, this.#options.time) &&
      issuer.facts.unhandled.length === 0
    )
  }
}

function isNamed(issuer: Link, child: Link): boolean {
  return isEqual(issuer.certificate.subject.raw, child.certificate.issuer.raw)
}

/** Whether a certificate may stand above a path at all. Very old ones cannot say that they may not. */
function mayIssue({ certificate, facts }: Link, path: readonly Link[]): boolean {
  const { basicConstraints, keyUsage } = facts
  const isAuthority = basicConstraints?.isCa ?? certificate.version < 3
  const certSign = 32
  if (!isAuthority || (keyUsage !== 0 && (keyUsage & certSign) === 0)) return false
  const limit = basicConstraints?.maxPathLength ?? -1
  return limit < 0 || path.length - 1 <= limit
}

function isSignedBy(child: Certificate, issuer: Certificate): boolean {
  const { scheme } = child.signatureAlgorithm
  const { key } = issuer.publicKey
  if (scheme === undefined || key === undefined) return false
  const signature = key.kind === 'ec' ? fixedSizeEcdsa(child.signature, CURVES[key.curve].size) : child.signature
  return signature !== undefined && verifySignature(scheme, key, child.signed, signature)
}

function isCurrent({ notBefore, notAfter }: Certificate, time: number): boolean {
  // Times in certificates are in whole seconds.
  return time >= notBefore && time < notAfter + 1000
}

/** Whether one of the wanted usages is left after each certificate of the path has restricted them. */
function hasUsage(path: readonly Link[], wanted: readonly number[]): boolean {
  if (wanted.includes(ANY_USAGE)) return true
  const left = path.reduceRight<readonly number[]>((usages, { facts: { extKeyUsage } }) => {
    const isOpen = extKeyUsage.known.length + extKeyUsage.unknown.length === 0 || extKeyUsage.known.includes(ANY_USAGE)
    return isOpen ? usages : usages.filter((usage) => extKeyUsage.known.includes(usage))
  }, wanted)
  return left.length > 0
}

function isSame(a: Certificate, b: Certificate): boolean {
  return isEqual(a.raw, b.raw)
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
