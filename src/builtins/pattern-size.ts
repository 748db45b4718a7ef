/**
 * How large the program of a regular expression will be, told from its text: repetitions are written out, so that a short
 * pattern may become a long program. An estimate, and no less than the order of what comes out.
 */

const REPETITION = /\{([0-9]+)(?:,([0-9]*))?\}/y

/** Instructions, roughly. */
export function patternSize(pattern: string): number {
  /** Sizes of the groups that are open, the whole at the bottom: what is finished in each, and its last piece. */
  const open: { done: number; last: number }[] = [{ done: 0, last: 0 }]
  const lastName = pattern.lastIndexOf(':]')
  for (let at = 0; at < pattern.length; at++) {
    const group = open.at(-1) as { done: number; last: number }
    const char = pattern[at]
    if (char === '(') open.push({ done: 0, last: 0 })
    else if (char === ')' && open.length > 1) {
      open.pop()
      add(open.at(-1) as { done: number; last: number }, group.done + group.last + 2)
    } else if (char === '{') {
      REPETITION.lastIndex = at
      const [whole, least, most] = REPETITION.exec(pattern) ?? []
      if (whole === undefined) add(group, 1)
      else {
        group.last *= Math.max(1, Number(least), Number(most ?? 0))
        at += whole.length - 1
      }
    } else {
      if (char === '\\') at++
      else if (char === '[') at = endOfClass(pattern, at, lastName)
      add(group, 1)
    }
  }
  return open.reduce((sum, { done, last }) => sum + done + last, 0)
}

function add(group: { done: number; last: number }, size: number): void {
  group.done += group.last
  group.last = size
}

/**
 * Characters that the engine goes through in vain: for each `[:` without a `:]` anywhere behind it, it looks to the end of
 * the pattern.
 */
export function vainSearches(pattern: string): number {
  const from = pattern.lastIndexOf(':]') + 1
  let count = 0
  for (let at = pattern.indexOf('[:', from); at !== -1; at = pattern.indexOf('[:', at + 1)) count++
  return count * (pattern.length - from)
}

/** Where the bracket stands that closes a class; the first one after the opening is a member. */
function endOfClass(pattern: string, start: number, lastName: number): number {
  let at = start + 1
  if (pattern[at] === '^') at++
  if (pattern[at] === ']') at++
  for (; at < pattern.length && pattern[at] !== ']'; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === '[' && pattern[at + 1] === ':' && at < lastName) at = pattern.indexOf(':]', at) + 1
  }
  return at
}
