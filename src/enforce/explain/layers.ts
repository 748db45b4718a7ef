/** Layers: the hashes that a request stacks against those that containers declare. */
import type { JsonObject, JsonValue } from '../decision.js'
import { isObject } from '../grant.js'
import { type Mismatch, differs, listed, missingField, mismatch, show } from './explanation.js'
import type { DenialFacts } from './facts.js'
import { listOf, sameJson } from './json.js'

/** A layer of the request: its hash, and what the request calls it. */
export interface RequestedLayer {
  readonly hash: JsonValue | undefined
  readonly called: string
}

/** How the layers of a request, base first, differ from those of a container. */
export function layerMismatches(container: JsonObject, requested: readonly RequestedLayer[]): readonly Mismatch[] {
  const layers = listOf(container.layers)
  if (layers === undefined) return [missingField('layers')]
  const isSame = (order: readonly RequestedLayer[]): boolean =>
    order.length === layers.length && layers.every((hash, at) => sameJson(hash, order[at]?.hash))
  if (isSame(requested)) return []
  if (isSame([...requested].reverse())) {
    return [
      mismatch('layers', 'the same ones in the opposite order: a policy lists the base layer first, a request the top layer'),
    ]
  }
  const found: Mismatch[] = []
  for (let at = 0; at < Math.max(layers.length, requested.length); at++) {
    const layer = requested[at]
    if (layer?.hash === undefined || !sameJson(layers[at], layer.hash))
      found.push(layerDifference(`layers[${at}]`, layers[at], layer))
  }
  return listed('layers', found)
}

function layerDifference(field: string, expected: JsonValue | undefined, layer: RequestedLayer | undefined): Mismatch {
  if (layer === undefined) return differs(field, expected, undefined)
  if (layer.hash === undefined) return mismatch(field, `expected ${show(expected)}, got no known layer (${layer.called})`)
  const difference = differs(field, expected, layer.hash)
  return { ...difference, text: `${difference.text} (${layer.called})` }
}

/** Layers that no container of the policy or of a fragment lists. */
export function unknownLayers(field: string, requested: readonly RequestedLayer[], facts: DenialFacts): readonly Mismatch[] {
  const known = knownLayers(facts)
  const unknown = requested.filter(({ hash }) => typeof hash === 'string' && !known.has(hash))
  return listed(
    field,
    unknown.map(({ hash, called }) => unknownLayer(field, hash as string, called, known)),
  )
}

function unknownLayer(field: string, hash: string, called: string, known: ReadonlyMap<string, string>): Mismatch {
  const place = known.get(hash.toLowerCase())
  const hint = place === undefined ? '' : `; ${place} is the same in lower case`
  return { ...mismatch(field, `no container lists ${show(hash)} (${called})${hint}`), actual: hash }
}

/** Every declared hash, with one place where it is declared. */
function knownLayers(facts: DenialFacts): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  const add = (containers: JsonValue | undefined, where: string): void => {
    for (const [at, container] of (listOf(containers) ?? []).entries()) {
      for (const [place, hash] of (isObject(container) ? (listOf(container.layers) ?? []) : []).entries()) {
        if (typeof hash === 'string' && !known.has(hash)) known.set(hash, `containers[${at}].layers[${place}]${where}`)
      }
    }
  }
  add(facts.declarations.policy_containers, '')
  for (const { feed, objects } of facts.fragments) add(objects.containers, ` of fragment ${JSON.stringify(feed)}`)
  return known
}
