/**
 * The nearest of the known names to one that is not known, for hints.
 */

/**
 * The candidate with the least edits, if it is near enough to be meant (a third of the name, but two letters that are
 * exchanged count as two edits); ties go to the first in the alphabet.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(2, Math.floor(name.length / 3))
  let best: { readonly name: string; readonly distance: number } | undefined
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit) continue
    const distance = editDistance(name, candidate)
    if (distance > limit) continue
    const isBetter = best === undefined || distance < best.distance || (distance === best.distance && candidate < best.name)
    if (isBetter) best = { name: candidate, distance }
  }
  return best?.name
}

/** Levenshtein's distance: insertions, deletions and replacements. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let col = 1; col <= b.length; col++) {
      const replaced = (previous[col - 1] as number) + (a[row - 1] === b[col - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[col] as number) + 1, (current[col - 1] as number) + 1))
    }
    previous = current
  }
  return previous[b.length] as number
}
