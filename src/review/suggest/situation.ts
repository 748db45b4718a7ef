/**
 * The situation in which a request was refused, set up again as far as a decision tells: layers mounted and stacked,
 * containers created. There may be several, as a decision does not name the container that a request was meant for.
 */
import type { MountConstraint } from '../../cce/guest-data.js'
import type { Enforcer, EnforcerSnapshot } from '../../enforce/enforcer.js'
import type { JsonObject, JsonValue } from '../../enforce/json-value.js'
import type { PolicyFacts } from '../../cce/warnings/facts.js'

/** One way it may have been. */
export interface Situation {
  /** The layers of the container, base first; undefined where the request is not about a container. */
  readonly layers: readonly string[] | undefined
  /** Declared objects that the request may be meant for. */
  readonly owners: readonly JsonObject[]
}

/** As many images of a policy are tried. */
const MOST_TRIED = 64

const ABOUT_CONTAINERS = new Set([
  'create_container',
  'exec_in_container',
  'signal_container_process',
  'plan9_mount',
  'shutdown_container',
])

/** Every situation that a request at a point may have been in. `errorObjects` are the candidates that the decision names. */
export function situationsOf(point: string, facts: PolicyFacts, errorObjects: JsonValue | undefined): readonly Situation[] {
  const containers = facts.objects('containers').map(({ object }) => object)
  if (!ABOUT_CONTAINERS.has(point))
    return [{ layers: undefined, owners: facts.objects('external_processes').map(({ object }) => object) }]
  const byLayers = new Map<string, { readonly layers: readonly string[]; readonly owners: JsonObject[] }>()
  for (const container of containers) {
    const layers = textsOf(container['layers'])
    if (layers === undefined) continue
    const known = byLayers.get(layers.join())
    if (known === undefined) byLayers.set(layers.join(), { layers, owners: [container] })
    else known.owners.push(container)
  }
  const named = point === 'create_container' ? layersNamed(errorObjects) : undefined
  const all = [...byLayers.values()]
  return (named === undefined ? all : all.filter(({ layers }) => layers.join() === named)).slice(0, MOST_TRIED)
}

/** The decision names the candidates of its container, which all have its layers. */
function layersNamed(errorObjects: JsonValue | undefined): string | undefined {
  const first = Array.isArray(errorObjects) ? (errorObjects[0] as JsonValue | undefined) : undefined
  const layers =
    typeof first === 'object' && first !== null && !Array.isArray(first) ? textsOf((first as JsonObject)['layers']) : undefined
  return layers?.join()
}

/** Sets a situation up in an enforcer that remembers nothing yet. @returns whether the policy allows that much */
export async function prepare(
  enforcer: Enforcer,
  point: string,
  { layers, owners }: Situation,
  input: JsonObject,
): Promise<boolean> {
  const { containerID } = input
  if (layers === undefined || typeof containerID !== 'string') return true
  const targets = layers.map((_, at) => `/run/mounts/scsi/m${at}`)
  const mounted = layers.every((deviceHash, at) => enforcer.mountDevice({ target: targets[at] as string, deviceHash }).allowed)
  if (!mounted) return false
  const overlay = { containerID, layerPaths: [...targets].reverse(), target: `/run/gcs/c/${containerID}/rootfs` }
  if (!enforcer.mountOverlay(overlay).allowed) return false
  if (point === 'create_container') {
    mountShares(enforcer, input)
    addGuestMounts(enforcer, input)
  } else if (point !== 'plan9_mount')
    await start(
      enforcer,
      containerID,
      owners.every((owner) => owner['allow_elevated'] === true),
    )
  return true
}

/** Shares that the request mounts into the container were mounted into the guest before. */
function mountShares(enforcer: Enforcer, { containerID, mounts }: JsonObject): void {
  for (const mount of Array.isArray(mounts) ? (mounts as readonly JsonValue[]) : []) {
    const source = memberOf(mount, 'source')
    if (typeof source === 'string' && source.startsWith(`/run/gcs/c/${String(containerID)}/mounts/`))
      enforcer.plan9Mount({ target: source })
  }
}

const GUEST_FILES = ['hostname', 'hosts', 'resolv.conf']

/** Files that the guest writes for the sandbox are default mounts of every container in it. */
function addGuestMounts(enforcer: Enforcer, { sandboxDir, mounts }: JsonObject): void {
  if (typeof sandboxDir !== 'string') return
  const root = sandboxDir.replace(/\/sandboxMounts$/, '')
  const sources = new Set(GUEST_FILES.map((file) => `${root}/${file}`))
  const found = (Array.isArray(mounts) ? (mounts as readonly JsonValue[]) : []).flatMap(mountOf)
  enforcer.extendDefaultMounts(found.filter(({ source }) => sources.has(source)))
}

function mountOf(mount: JsonValue): readonly MountConstraint[] {
  const [destination, source, type] = ['destination', 'source', 'type'].map((name) => memberOf(mount, name))
  const options = textsOf(memberOf(mount, 'options'))
  if (typeof destination !== 'string' || typeof source !== 'string' || typeof type !== 'string' || options === undefined)
    return []
  return [{ destination, source, type, options }]
}

/** Remembers a container as created. What it was created with is not known, and does not matter here. */
async function start(enforcer: Enforcer, containerID: string, privileged: boolean): Promise<void> {
  const snapshot: EnforcerSnapshot = enforcer.snapshot()
  const started = { type: 'map', text: JSON.stringify({ [containerID]: { privileged } }) } as const
  await enforcer.restore({ ...snapshot, metadata: { ...snapshot.metadata, started } })
}

function memberOf(value: JsonValue, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[name] : undefined
}

function textsOf(value: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const items = value as readonly JsonValue[]
  return items.every((item): item is string => typeof item === 'string') ? items : undefined
}
