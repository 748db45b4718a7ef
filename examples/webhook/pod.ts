/** The part of a pod that a policy can judge. What the pod does not say is undefined here; images say the rest. */
import { DocumentError, type Field } from './json.js'

export interface PodContainer {
  /** `container "web" (image registry.example/web:1)` */
  readonly called: string
  /** Replaces the image's entrypoint. */
  readonly command: readonly string[] | undefined
  /** Replace the image's arguments. */
  readonly args: readonly string[] | undefined
  readonly workingDir: string | undefined
  readonly env: readonly PodVariable[]
  /** Whether variables come from elsewhere, so that not even their names are known. */
  readonly hasUnknownEnv: boolean
  readonly mounts: readonly PodMount[]
  /** Commands of probes and hooks, which are started in the running container. */
  readonly execs: readonly { readonly called: string; readonly command: readonly string[] }[]
  readonly security: PodSecurity
}

export interface PodVariable {
  readonly name: string
  /** Undefined where the value comes from elsewhere: a secret, a field of the pod. */
  readonly value: string | undefined
}

export interface PodMount {
  readonly destination: string
  readonly readOnly: boolean
}

export interface PodSecurity {
  readonly privileged: boolean
  readonly allowPrivilegeEscalation: boolean | undefined
  readonly runAsUser: number | undefined
  readonly runAsGroup: number | undefined
  /** Undefined where the pod leaves capabilities as they are. */
  readonly capabilities: { readonly add: readonly string[]; readonly drop: readonly string[] } | undefined
  /** Whether a profile is asked for whose digest is not known here. */
  readonly hasSeccompProfile: boolean
}

/** Every container that the pod runs. @throws DocumentError */
export function containersOf(pod: Field): readonly PodContainer[] {
  const spec = pod.member('spec')
  const lists = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((name) => spec.member(name).items())
  if (lists.length === 0) throw new DocumentError(`${spec.path}.containers: the pod has no containers`)
  const readOnlyVolumes = new Set(
    spec
      .member('volumes')
      .items()
      .filter(isReadOnly)
      .map((volume) => volume.member('name').text()),
  )
  return lists.map((container) => readContainer(container, spec.member('securityContext'), readOnlyVolumes))
}

/** Volumes of these kinds are mounted read-only, whatever the mount says. */
const READ_ONLY_KINDS = ['configMap', 'secret', 'downwardAPI', 'projected']

function isReadOnly(volume: Field): boolean {
  return READ_ONLY_KINDS.some((kind) => !volume.member(kind).isAbsent)
}

function readContainer(container: Field, podSecurity: Field, readOnlyVolumes: ReadonlySet<string>): PodContainer {
  const listOf = (name: string): readonly string[] | undefined =>
    container.member(name).isAbsent ? undefined : container.member(name).texts()
  const image = container.member('image').optionalText()
  return {
    called: `container "${container.member('name').text()}"${image === undefined ? '' : ` (image ${image})`}`,
    command: listOf('command'),
    args: listOf('args'),
    workingDir: container.member('workingDir').optionalText(),
    env: container.member('env').items().map(readVariable),
    hasUnknownEnv: container.member('envFrom').items().length > 0,
    mounts: container
      .member('volumeMounts')
      .items()
      .map((mount) => ({
        destination: mount.member('mountPath').text(),
        readOnly: mount.member('readOnly').optionalFlag() === true || readOnlyVolumes.has(mount.member('name').text()),
      })),
    execs: execsOf(container),
    security: readSecurity(container.member('securityContext'), podSecurity),
  }
}

function readVariable(entry: Field): PodVariable {
  const name = entry.member('name').text()
  return { name, value: entry.member('valueFrom').isAbsent ? (entry.member('value').optionalText() ?? '') : undefined }
}

function execsOf(container: Field): PodContainer['execs'] {
  const places = [
    ['livenessProbe', container.member('livenessProbe')],
    ['readinessProbe', container.member('readinessProbe')],
    ['startupProbe', container.member('startupProbe')],
    ['lifecycle.postStart', container.member('lifecycle').member('postStart')],
    ['lifecycle.preStop', container.member('lifecycle').member('preStop')],
  ] as const
  return places.flatMap(([called, place]) =>
    place.member('exec').isAbsent ? [] : [{ called, command: place.member('exec').member('command').texts() }],
  )
}

/** The container's security context before the pod's, member by member. */
function readSecurity(own: Field, pods: Field): PodSecurity {
  const either = (name: string): Field => (own.member(name).isAbsent ? pods.member(name) : own.member(name))
  const capabilities = own.member('capabilities')
  return {
    privileged: own.member('privileged').optionalFlag() ?? false,
    allowPrivilegeEscalation: own.member('allowPrivilegeEscalation').optionalFlag(),
    runAsUser: either('runAsUser').optionalNumber(),
    runAsGroup: either('runAsGroup').optionalNumber(),
    capabilities: capabilities.isAbsent
      ? undefined
      : { add: capabilities.member('add').texts(), drop: capabilities.member('drop').texts() },
    hasSeccompProfile: (either('seccompProfile').member('type').optionalText() ?? 'Unconfined') !== 'Unconfined',
  }
}
