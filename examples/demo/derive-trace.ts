/**
 * Makes up the life of a container group from what a policy declares: each container's layers, overlay, creation, processes
 * and end, with a tampered request beside each honest one. Only what is declared as constants can be used, and only
 * variables and mounts that are not patterns.
 */
import type { CcePolicy, DeclaredContainer } from 'cce-policy'
import type { TraceStep } from './trace.js'

const SANDBOX = 'a'.repeat(64)
const NO_CAPABILITIES = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] }

export function deriveTrace(policy: CcePolicy): readonly TraceStep[] {
  const containers = policy.kind === 'structured' ? policy.containers : policy.kind === 'rego' ? (policy.declared.containers ?? []) : []
  const usable = containers.filter((container): container is DeclaredContainer => Array.isArray(container.layers))
  const layers = [...new Set(usable.flatMap((container) => container.layers ?? []))]
  const pathOf = (layer: string): string => `/run/mounts/scsi/m${layers.indexOf(layer)}`
  return [
    { hook: 'mountDevice', what: 'a layer that nobody declares', input: { target: '/run/mounts/scsi/m99999', deviceHash: '0'.repeat(64) } },
    ...layers.map((layer) => ({ hook: 'mountDevice' as const, what: `layer ${layer.slice(0, 12)}…`, input: { target: pathOf(layer), deviceHash: layer } })),
    ...usable.flatMap((container, place) => lifeOf(container, place, pathOf)),
  ]
}

function lifeOf(container: DeclaredContainer, place: number, pathOf: (layer: string) => string): readonly TraceStep[] {
  const containerID = place.toString(16).padStart(64, 'c')
  const name = container.name ?? container.id ?? `container ${place}`
  const target = `/run/gcs/c/${containerID}/rootfs`
  const layerPaths = [...(container.layers ?? [])].reverse().map(pathOf)
  const user = { id: '0', name: 'root' }
  const process = {
    containerID,
    envList: (container.env_rules ?? []).flatMap((rule) => ('pattern' in rule && rule.strategy === 'string' ? [rule.pattern as string] : [])),
    workingDir: container.working_dir ?? '/',
    noNewPrivileges: container.no_new_privileges ?? false,
    user,
    groups: [user],
    umask: typeof container.user === 'object' ? (container.user.umask ?? '0022') : '0022',
    capabilities: container.capabilities ?? NO_CAPABILITIES,
  }
  const create = {
    ...process,
    sandboxID: SANDBOX,
    argList: container.command ?? [],
    mounts: [],
    privileged: false,
    seccompProfileSHA256: container.seccomp_profile_sha256 ?? '',
  }
  const exec = container.exec_processes?.[0]?.command
  const signal = container.signals?.[0]
  return [
    { hook: 'mountOverlay', what: `${name}: root filesystem`, input: { containerID, layerPaths, target } },
    { hook: 'createContainer', what: `${name}: another command`, input: { ...create, argList: [...create.argList, '--tampered'] } },
    { hook: 'createContainer', what: `${name}: privileged`, input: { ...create, privileged: true } },
    { hook: 'createContainer', what: name, input: create },
    { hook: 'execInContainer', what: `${name}: a shell`, input: { ...process, argList: ['/bin/sh', '-c', 'id'] } },
    ...(exec === undefined ? [] : [{ hook: 'execInContainer' as const, what: `${name}: ${exec.join(' ')}`, input: { ...process, argList: exec } }]),
    ...(signal === undefined
      ? []
      : [{ hook: 'signalContainerProcess' as const, what: `${name}: signal ${signal}`, input: { containerID, signal, isInitProcess: true, argList: create.argList } }]),
    { hook: 'shutdownContainer', what: name, input: { containerID } },
    { hook: 'unmountOverlay', what: `${name}: root filesystem`, input: { unmountTarget: target } },
  ]
}
