/**
 * What the enforcer tells the framework about its state, so that no rule has to search the state for it: the container IDs
 * that a look-up cannot find. It stands in `data` beside the metadata, under a name that no package can have.
 */

/** The member of `data` that holds the facts. */
export const KEPT_FACTS = 'cce-policy'

/** The part of the framework that trusts them. */
const TRUSTING_MODULE = 'rego/framework/kept.rego'

/** An ID that means itself in a pattern and in a path. As in `rego/framework/plan9.rego`. */
const PLAIN_ID = /^[0-9A-Za-z_-]*$/

export class KeptFacts {
  #odd = new Set<string>()

  /** Looks at all IDs anew. */
  reset(containerIDs: Iterable<string>): void {
    this.#odd = new Set([...containerIDs].filter((containerID) => !PLAIN_ID.test(containerID)))
  }

  /** Follows a change at a path below the metadata. @returns whether the facts are other ones now */
  follow([table, containerID]: readonly string[], isThere: boolean): boolean {
    if (table !== 'matches') return false
    if (containerID === undefined) {
      const had = this.#odd.size > 0
      this.#odd.clear()
      return had
    }
    if (PLAIN_ID.test(containerID) || this.#odd.has(containerID) === isThere) return false
    if (isThere) this.#odd.add(containerID)
    else this.#odd.delete(containerID)
    return true
  }

  toText(): string {
    return JSON.stringify({ odd_container_ids: [...this.#odd] })
  }
}

/**
 * The framework for these texts, and the facts that `data` may have for it: all of it, or, where a text has the word `with`
 * and so may ask about another state than ours, or names the facts itself, without what trusts them, and without them. To a
 * policy they are never there: the only rules that could read `data` whole, or under a key of which nothing is known, would
 * depend on themselves.
 */
export function frameworkFor(
  framework: Readonly<Record<string, string>>,
  texts: readonly string[],
): { readonly modules: Readonly<Record<string, string>>; readonly baseDocuments: readonly string[] } {
  if (!texts.some((text) => ASKING.test(text))) return { modules: framework, baseDocuments: [KEPT_FACTS] }
  return {
    modules: Object.fromEntries(Object.entries(framework).filter(([name]) => name !== TRUSTING_MODULE)),
    baseDocuments: [],
  }
}

/** `with`, the name of the facts, and the characters of that name as escapes. */
const ASKING = /\bwith\b|cce-policy|\\u00(?:2d|63|65|69|6c|6f|70|79)/i
