/** Mounts: which no constraint accepts, and how it differs from the one for the same place. */
import type { JsonObject, JsonValue } from '../decision.js'
import { isObject } from '../grant.js'
import { type Mismatch, differs, listed, missingField, mismatch, show } from './explanation.js'
import { isTruthy, listOf, sameJson, textOf } from './json.js'
import { matchesPattern } from './pattern.js'

/** The part of `data` that mounts are judged by. */
export interface MountContext {
  /** A member of the guest's data. */
  readonly data: (name: string) => JsonValue | undefined
  /** The container for which a plan9 share was mounted at a path. */
  readonly shareOwner: (source: string) => JsonValue | undefined
  readonly input: JsonObject
}

/** Mounts of the request that the container may not have. */
export function mountMismatches(container: JsonObject, context: MountContext): readonly Mismatch[] {
  const declared = listOf(container.mounts)
  if (declared === undefined) return [missingField('mounts')]
  if (container.allow_elevated === undefined) return []
  const mounts = listOf(context.input.mounts)
  if (mounts === undefined) return [mismatch('mounts', 'the request does not say which')]
  const constraints: readonly PlacedConstraint[] = [
    ...placed('mounts', declared),
    ...placed('defaultMounts', listOf(context.data('defaultMounts'))),
    ...(isTruthy(container.allow_elevated) ? placed('privilegedMounts', listOf(context.data('privilegedMounts'))) : []),
    ...(isTruthy(context.input.isSandboxContainer) ? [{ field: 'the sandbox’s /sys', constraint: SANDBOX_SYS }] : []),
  ]
  return listed(
    'mounts',
    mounts.flatMap((mount) =>
      isObject(mount)
        ? mountDifference(constraints, mount, context)
        : [mismatch('mounts', 'a mount of the request is no object')],
    ),
  )
}

interface PlacedConstraint {
  readonly field: string
  readonly constraint: JsonObject
}

const SANDBOX_SYS = { destination: '/sys', source: 'sysfs', type: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'rw'] } as const

function placed(name: string, constraints: readonly JsonValue[] | undefined): readonly PlacedConstraint[] {
  return (constraints ?? []).flatMap((constraint, at) => (isObject(constraint) ? [{ field: `${name}[${at}]`, constraint }] : []))
}

function mountDifference(
  constraints: readonly PlacedConstraint[],
  mount: JsonObject,
  context: MountContext,
): readonly Mismatch[] {
  let nearest: readonly Mismatch[] | undefined
  for (const { field, constraint } of constraints) {
    if (!sameJson(constraint.destination, mount.destination) || mount.destination === '') continue
    const found = fieldMismatches(field, constraint, mount, context)
    if (found.length === 0) return []
    if (nearest === undefined || found.length < nearest.length) nearest = found
  }
  if (nearest !== undefined) return nearest
  return [
    {
      ...mismatch(
        'mounts',
        `none is declared at ${show(mount.destination)} (source ${show(mount.source)}, type ${show(mount.type)})`,
      ),
      actual: mount,
    },
  ]
}

function fieldMismatches(field: string, constraint: JsonObject, mount: JsonObject, context: MountContext): readonly Mismatch[] {
  const found: Mismatch[] = []
  if (constraint.type === undefined || !sameJson(constraint.type, mount.type))
    found.push(differs(`${field}.type`, constraint.type, mount.type))
  if (!sourceFits(constraint.source, mount.source, context))
    found.push(differs(`${field}.source`, constraint.source, mount.source))
  if (!sameNames(constraint.options, mount.options)) found.push(differs(`${field}.options`, constraint.options, mount.options))
  return found
}

function sourceFits(
  declared: JsonValue | undefined,
  source: JsonValue | undefined,
  { data, shareOwner, input }: MountContext,
): boolean {
  if (declared === undefined) return false
  if (sameJson(declared, source)) return true
  if (typeof declared !== 'string' || typeof source !== 'string') return false
  for (const [prefixName, directory] of [
    ['sandboxPrefix', input.sandboxDir],
    ['hugePagesPrefix', input.hugePagesDir],
  ] as const) {
    const prefix = textOf(data(prefixName))
    if (prefix === undefined || typeof directory !== 'string' || !declared.startsWith(prefix)) continue
    if (
      matchesPattern(
        declared.replaceAll(prefix, () => directory),
        source,
      )
    )
      return true
  }
  const plan9 = textOf(data('plan9Prefix'))
  return (
    plan9 !== undefined &&
    declared.startsWith(plan9) &&
    input.containerID !== undefined &&
    sameJson(shareOwner(source), input.containerID)
  )
}

/** As many on both sides, and each on the other: a repeated name counts by length only. */
export function sameNames(declared: JsonValue | undefined, requested: JsonValue | undefined): boolean {
  const [one, other] = [listOf(declared), listOf(requested)]
  if (one === undefined || one.length !== other?.length) return false
  const holds = (list: readonly JsonValue[], item: JsonValue): boolean => list.some((member) => sameJson(member, item))
  return one.every((item) => holds(other, item)) && other.every((item) => holds(one, item))
}
