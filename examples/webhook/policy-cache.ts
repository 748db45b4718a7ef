/**
 * Policies that were loaded lately: the pods of one deployment share a policy, and compiling it takes most of the time that
 * judging a pod takes.
 */
import { createHash } from 'node:crypto'
import { type CcePolicy, type Enforcer, createEnforcer, parsePolicy } from 'cce-policy'

/** A policy with an enforcer that remembers nothing; who asks it undoes what it then remembers, in the same turn. */
export interface ReadyPolicy {
  readonly policy: CcePolicy
  readonly enforcer: Enforcer
}

export class PolicyCache {
  /** By the digest of the text; the one that was asked for last is the last. */
  readonly #ready = new Map<string, Promise<ReadyPolicy>>()

  /** Keeps at most so many policies. */
  constructor(readonly size = 32) {}

  /** The policy in base64. Rejects if it does not load; that, too, is kept. */
  get(base64: string): Promise<ReadyPolicy> {
    const digest = createHash('sha256').update(base64).digest('hex')
    const ready = this.#ready.get(digest) ?? load(base64)
    this.#ready.delete(digest)
    this.#ready.set(digest, ready)
    const [oldest] = this.#ready.keys()
    if (this.#ready.size > this.size && oldest !== undefined) this.#ready.delete(oldest)
    return ready
  }

  /** How many policies are kept. */
  get count(): number {
    return this.#ready.size
  }
}

async function load(base64: string): Promise<ReadyPolicy> {
  const policy = parsePolicy(base64)
  return { policy, enforcer: await createEnforcer(policy) }
}
