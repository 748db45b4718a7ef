/**
 * The nearest of the known names to one that is not known, for hints.
 */

/**
 * The candidate with the least edits, if it is near enough to be meant: one edit in a name of up to five letters, two in one of
 * up to eight, then a third of the letters. Two neighbours that are exchanged count as one edit; ties go to the first in the
 * alphabet. Nothing is near a single letter.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length < 2 || name.length > MAX_LENGTH) return undefined
  let limit = name.length <= 5 ? 1 : Math.max(2, Math.floor(name.length / 3))
  let best: string | undefined
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit) continue
    const distance = editDistance(name, candidate)
    if (distance > limit || (best !== undefined && distance === limit && candidate >= best)) continue
    best = candidate
    limit = distance
  }
  return best
}

/**
 * The nearest path: as a whole, or else by its last part, so that `lib.check` is near to `data.lib.check`, and `lower` to
 * `strings.lower`. A path below `data` is none of a builtin.
 */
export function nearestPath(path: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates]
  const nearest = nearestName(path, all)
  if (nearest !== undefined) return nearest
  const last = lastPart(path)
  const related = path.startsWith('data.') ? all.filter((one) => one.startsWith('data.') || !one.includes('.')) : all
  const sameEnd = related.filter((one) => lastPart(one) === last).sort()
  if (sameEnd.length > 0) return sameEnd[0]
  const end = nearestName(last, related.map(lastPart))
  return end === undefined ? undefined : related.filter((one) => lastPart(one) === end).sort()[0]
}

/** Of names that are longer, nobody mistypes a letter only. */
const MAX_LENGTH = 200

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1)
}

/** Insertions, deletions, replacements, and exchanges of neighbours that nothing else touches. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = []
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let col = 1; col <= b.length; col++) {
      const replaced = (previous[col - 1] as number) + (a[row - 1] === b[col - 1] ? 0 : 1)
      let least = Math.min(replaced, (previous[col] as number) + 1, (current[col - 1] as number) + 1)
      const isExchange = row > 1 && col > 1 && a[row - 1] === b[col - 2] && a[row - 2] === b[col - 1]
      if (isExchange) least = Math.min(least, (before[col - 2] as number) + 1)
      current.push(least)
    }
    before = previous
    previous = current
  }
  return previous[b.length] as number
}
