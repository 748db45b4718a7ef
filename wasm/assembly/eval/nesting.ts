/**
 * How deep values may be nested. Walks over values recurse, and the host's stack must never run out in the middle: the
 * JSON reader refuses deeper text, and a walk over a value that grew deeper by evaluation aborts.
 */
import { abortWith } from './abort'
import { burn } from './fuel'

/** Arrays, objects and sets within each other, at most. */
export const MAX_NESTING: u32 = 2000

/** As above, in text that is read: less, so that evaluation can put what was read into other values. */
export const MAX_PARSE_NESTING: u32 = 1500

let depth: u32 = 0

@inline export function enterNested(): void {
  if (++depth > 1) goDown()
}

/**
 * A value may hold one and the same part many times over, so that walking it takes more than building it did: each step down
 * is a unit of work.
 */
function goDown(): void {
  if (depth > MAX_NESTING) tooDeep()
  burn(1)
}

@inline export function leaveNested(): void {
  depth--
}

/** To be called where the host enters: an earlier call may have been abandoned half-way. */
@inline export function resetNesting(): void {
  depth = 0
}

function tooDeep(): void {
  depth = 0
  abortWith('value nested too deeply')
}
