/** Refusals that cannot be put to a policy again, because a decision does not tell enough, or that no policy helps against. */
import type { PolicyFacts } from '../../cce/warnings/facts.js'
import type { JsonValue } from '../../enforce/json-value.js'
import type { RefusedRequest } from './suggest.js'

const NOT_MOUNTED = 'No change of the policy helps: what is to be unmounted has to be mounted.'
const BLOCK_DEVICE = 'No change of the policy helps: the framework never allows block devices.'

/** Points at which only the state decides, or nothing does. */
const STATE_ONLY: Readonly<Record<string, string>> = {
  shutdown_container: 'No change of the policy helps: the container has to be known to the guest.',
  unmount_device: NOT_MOUNTED,
  rw_unmount_device: NOT_MOUNTED,
  unmount_overlay: NOT_MOUNTED,
  scratch_unmount: NOT_MOUNTED,
  plan9_unmount: NOT_MOUNTED,
  mount_blockdev: BLOCK_DEVICE,
  unmount_blockdev: BLOCK_DEVICE,
}

/** Why a request is not put to the policy again, and what can be told all the same; undefined where it is. */
export function beyondReplay({ point, input, errorObjects }: RefusedRequest, facts: PolicyFacts): readonly string[] | undefined {
  if (Object.hasOwn(STATE_ONLY, point)) return [STATE_ONLY[point] as string]
  if (point === 'mount_overlay') return overlayLines(input.layerPaths, facts)
  if (point === 'create_container' && errorObjects === null) return [NO_OVERLAY]
  if (point === 'create_container' && Array.isArray(errorObjects) && errorObjects.length === 0) return [NONE_LEFT]
  return point === 'load_fragment' && input.fragment_loaded === true ? fragmentLines(input, facts) : undefined
}

const NO_OVERLAY =
  'No layers were stacked for this container ID when it was to be created, so it could be no container of the policy: look ' +
  'for an earlier refusal, of a layer or an overlay.'
const NONE_LEFT =
  'Earlier requests left no container of the policy that this ID could be: what was run or signalled in it before ruled all of ' +
  'them out.'

/** The hashes of the layers are not in the message, but their number is. */
function overlayLines(layerPaths: JsonValue | undefined, facts: PolicyFacts): readonly string[] {
  const number = Array.isArray(layerPaths) ? layerPaths.length : undefined
  const fitting = facts
    .objects('containers')
    .filter(({ object }) => Array.isArray(object['layers']) && object['layers'].length === number)
    .map(({ where, object }) => (typeof object['name'] === 'string' ? `${where} (${object['name']})` : where))
  return [
    'The message has the paths of the layers, not their hashes. Compare the layers of the image with those of the policy ' +
      '(`cce policy show`); if the image has changed, generate the policy anew.',
    ...(number === undefined ? [] : [`Containers with ${number} layers: ${fitting.join(', ') || 'none'}.`]),
  ]
}

/** The fragment itself is not in the message. */
function fragmentLines({ issuer, feed }: RefusedRequest['input'], facts: PolicyFacts): readonly string[] {
  const rules = facts.objects('fragments').filter(({ object }) => object['issuer'] === issuer && object['feed'] === feed)
  return [
    'The text of the fragment is not in the message: it was compiled in, and refused for what it states.',
    ...rules.map(({ where, object }) => `${where}.minimum_svn: ${JSON.stringify(object['minimum_svn'] ?? null)}`),
    ...(rules.length === 0 ? ['No rule of the policy is about this issuer and feed.'] : []),
  ]
}
