/**
 * Equality of syntax trees apart from where they stand.
 */

/**
 * The tree without spans, comments and the places of metadata blocks, for comparison. Sets become sorted lists.
 */
export function withoutSpans(tree: unknown): unknown {
  if (tree instanceof Set) return [...(tree as Set<string>)].sort()
  if (Array.isArray(tree)) return tree.map(withoutSpans)
  if (tree === null || typeof tree !== 'object') return tree
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([key, value]) => key !== 'span' && key !== 'comments' && value !== undefined)
      .map(([key, value]) => [key, withoutSpans(value)]),
  )
}
