/** One difference between two policies. */
import type { JsonValue } from '../../cce/json-value.js'

/**
 * What a change does to what the policy allows: `wider` lets the host or the containers do more, `narrower` less. `other`
 * is neither, or cannot be told by reading.
 */
export type DiffEffect = 'wider' | 'narrower' | 'other'

export interface PolicyDifference {
  readonly change: 'added' | 'removed' | 'changed'
  /** The place in the policy's own names; in the old policy where something was removed, else in the new one. */
  readonly where: string
  /** The place in the old policy, where it is another one. */
  readonly oldWhere?: string
  readonly before?: JsonValue
  readonly after?: JsonValue
  readonly effect: DiffEffect
}

export function added(where: string, after: JsonValue, effect: DiffEffect): PolicyDifference {
  return { change: 'added', where, after, effect }
}

export function removed(where: string, before: JsonValue, effect: DiffEffect): PolicyDifference {
  return { change: 'removed', where, before, effect }
}

/** A member that differs; what is undefined is not there. */
export function changed(
  where: string,
  oldWhere: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  effect: DiffEffect,
): PolicyDifference {
  return {
    change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    where,
    ...(where === oldWhere ? {} : { oldWhere }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    effect,
  }
}

/** The same change the other way round. */
export function opposite(effect: DiffEffect): DiffEffect {
  return effect === 'wider' ? 'narrower' : effect === 'narrower' ? 'wider' : 'other'
}
