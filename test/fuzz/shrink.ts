/** Makes a failing input smaller, as long as it fails in the same way: halves first, then ever smaller pieces. */
import { type FuzzInput, type Target, tryInput } from './target.js'

const MAX_TRIES = 3000

/** The smallest input found that fails as the given one does. */
export async function shrink(target: Target, input: FuzzInput, failure: Error): Promise<FuzzInput> {
  const kind = kindOf(failure)
  let tries = 0
  const fails = async (candidate: FuzzInput): Promise<boolean> => {
    if (tries++ > MAX_TRIES) return false
    const again = await tryInput(target, candidate)
    return again !== undefined && kindOf(again) === kind
  }
  let best = input
  for (let size = Math.ceil(best.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.length && tries <= MAX_TRIES; ) {
      const candidate = without(best, at, size)
      if (await fails(candidate)) best = candidate
      else at += size
    }
  }
  return best
}

/** Failures of one kind are one failure: the first words of the message, numbers and quoted text aside. */
export function kindOf(error: Error): string {
  return `${error.name}: ${error.message.replace(/[0-9]+|"[^"]*"|`[^`]*`/g, '#').slice(0, 60)}`
}

function without(input: FuzzInput, at: number, size: number): FuzzInput {
  if (typeof input === 'string') return input.slice(0, at) + input.slice(at + size)
  const rest = new Uint8Array(input.length - Math.min(size, input.length - at))
  rest.set(input.subarray(0, at))
  rest.set(input.subarray(at + size), at)
  return rest
}
