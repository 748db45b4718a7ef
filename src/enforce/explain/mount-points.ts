/** Explaining refused devices, overlays, scratch space and shares. */
import type { JsonValue } from '../decision.js'
import { type Findings, type Mismatch, differs, mismatch, show } from './explanation.js'
import type { DenialFacts } from './facts.js'
import { isTruthy, listOf, objectsOf, sameJson, textOf } from './json.js'
import { type RequestedLayer, layerMismatches, unknownLayers } from './layers.js'
import { type Comparison, describeNearest } from './nearest.js'
import { matchesPattern } from './pattern.js'

export function explainMountDevice(facts: DenialFacts): Findings {
  const { deviceHash, target } = facts.input
  const faults = [...busyFaults(facts, ['devices', 'rw_devices']), ...mountPathFaults(facts)]
  if (typeof deviceHash !== 'string') return { faults: [...faults, mismatch('deviceHash', 'the request has none')] }
  return {
    faults: [
      ...faults,
      ...unknownLayers('deviceHash', [{ hash: deviceHash, called: `to be mounted at ${show(target)}` }], facts),
    ],
  }
}

export function explainRwMountDevice(facts: DenialFacts): Findings {
  const { ensureFilesystem, filesystem } = facts.input
  return {
    faults: [
      ...busyFaults(facts, ['devices', 'rw_devices']),
      ...mountPathFaults(facts),
      ...encryptionFaults(facts),
      ...(isTruthy(ensureFilesystem) ? [] : [differs('ensureFilesystem', true, ensureFilesystem)]),
      ...(filesystem === 'ext4' || filesystem === 'xfs'
        ? []
        : [mismatch('filesystem', `expected "ext4" or "xfs", got ${show(filesystem)}`)]),
    ],
  }
}

export function explainMountOverlay(facts: DenialFacts): Findings {
  const { containerID, layerPaths, target } = facts.input
  const paths = listOf(layerPaths) ?? []
  // the request lists the top layer first
  const layers = paths
    .map((path): RequestedLayer => ({ hash: facts.state('devices', path), called: `at ${show(path)}` }))
    .reverse()
  const unmounted = paths.filter((path) => facts.state('devices', path) === undefined)
  const found = explainLayers(facts, layers, () => [])
  return {
    ...found,
    faults: [
      ...(facts.matches === undefined ? [] : [mismatch('containerID', `layers were stacked for ${show(containerID)} before`)]),
      ...busyFaults(facts, ['overlayTargets']),
      ...(target === undefined ? [mismatch('target', 'the request has none')] : []),
      ...unmounted.map((path) => mismatch('layerPaths', `no layer is mounted at ${show(path)}`)),
      ...(found.faults ?? []),
    ],
  }
}

export function explainMountCims(facts: DenialFacts): Findings {
  const { containerID, layerHashes, mountedCim } = facts.input
  const layers = (listOf(layerHashes) ?? []).map((hash, at): RequestedLayer => ({ hash, called: `layerHashes[${at}]` })).reverse()
  const found = explainLayers(facts, layers, (declared) =>
    sameJson(declared, mountedCim) ? [] : [differs('mounted_cim', declared, mountedCim)],
  )
  const again =
    facts.matches === undefined ? [] : [mismatch('containerID', `layers were mounted for ${show(containerID)} before`)]
  return { ...found, faults: [...again, ...(found.faults ?? [])] }
}

function explainLayers(
  facts: DenialFacts,
  layers: readonly RequestedLayer[],
  compareCim: (declared: JsonValue | undefined) => readonly Mismatch[],
): Findings {
  const containers = objectsOf(facts.declarations.containers)
  const comparisons = containers.map((candidate): Comparison => ({
    candidate,
    mismatches: [...layerMismatches(candidate, layers), ...compareCim(candidate.mounted_cim)],
  }))
  const nearest = describeNearest('container', comparisons, facts)
  return {
    faults: [
      ...(containers.length === 0 ? [mismatch('containers', 'none are declared, or none can be used')] : []),
      ...unknownLayers('layers', layers, facts),
    ],
    candidates: comparisons.length,
    nearest: nearest?.mismatches.length === 0 ? undefined : nearest,
  }
}

export function explainScratchMount(facts: DenialFacts): Findings {
  return { faults: [...busyFaults(facts, ['scratch_mounts']), ...encryptionFaults(facts)] }
}

export function explainPlan9Mount(facts: DenialFacts): Findings {
  const { target, rootPrefix, mountPathPrefix } = facts.input
  const busy = busyFaults(facts, ['p9mounts'])
  if (busy.length > 0 || typeof target !== 'string') return { faults: busy }
  const owner = target.split('/', 5)[4]
  if (facts.state('matches', owner) === undefined)
    return { faults: [mismatch('target', `${show(target)} lies below no container whose layers are stacked`)] }
  const pattern = `${textOf(rootPrefix) ?? ''}/${owner ?? ''}${textOf(mountPathPrefix) ?? ''}`
  return { faults: [mismatch('target', `expected a path like ${show(pattern)}, got ${show(target)}`)] }
}

/** Explains a refusal to unmount what is not mounted. */
export function explainUnmount(table: string): (facts: DenialFacts) => Findings {
  return (facts) => {
    const { unmountTarget } = facts.input
    if (isTruthy(facts.state(table, unmountTarget))) return {}
    const other = table === 'devices' ? 'rw_devices' : table === 'rw_devices' ? 'devices' : undefined
    const words =
      other !== undefined && isTruthy(facts.state(other, unmountTarget))
        ? `what is mounted there is ${table === 'devices' ? 'read-write' : 'read-only'}`
        : 'nothing is mounted there'
    return { faults: [mismatch('unmountTarget', `${show(unmountTarget)}: ${words}`)] }
  }
}

function busyFaults(facts: DenialFacts, tables: readonly string[]): readonly Mismatch[] {
  const { target } = facts.input
  return tables.some((table) => isTruthy(facts.state(table, target)))
    ? [mismatch('target', `something is mounted at ${show(target)} already`)]
    : []
}

function mountPathFaults({ input }: DenialFacts): readonly Mismatch[] {
  const [pattern, target] = [textOf(input.mountPathRegex), textOf(input.target)]
  if (pattern !== undefined && target !== undefined && matchesPattern(pattern, target)) return []
  return [mismatch('target', `expected a path like ${show(pattern)}, got ${show(input.target)}`)]
}

function encryptionFaults(facts: DenialFacts): readonly Mismatch[] {
  if (isTruthy(facts.input.encrypted) || isTruthy(facts.declarations.allow_unencrypted_scratch)) return []
  return [mismatch('allow_unencrypted_scratch', 'not set by the policy, and the request is not encrypted')]
}
