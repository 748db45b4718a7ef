/**
 * Random sequences of questions with hostile inputs: no hook throws, every denial has a code, and nothing is allowed that
 * a small model of the policy says must not be.
 */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type Decision, type Enforcer, type EnforcerSnapshot, HOOK_NAMES, type HookName } from '../../src/index.js'
import {
  CONTAINER_ID,
  CREATE,
  EXEC,
  LAYERS,
  LAYER_PATHS,
  OTHER_ID,
  ROOTFS,
  enforcerFor,
  mountLayers,
  mountOverlay,
  startContainer,
} from './fixture.js'

const SHARE = { target: `/run/gcs/c/${CONTAINER_ID}/mounts/m3` }

/** Requests that are allowed in the right state. */
const HONEST: Readonly<Partial<Record<HookName, object>>> = {
  mountDevice: { target: '/run/mounts/scsi/m0', deviceHash: LAYERS[0] },
  mountOverlay: { containerID: CONTAINER_ID, layerPaths: LAYER_PATHS, target: ROOTFS },
  createContainer: CREATE,
  execInContainer: EXEC,
  signalContainerProcess: { containerID: CONTAINER_ID, signal: 15, isInitProcess: true, argList: [] },
  shutdownContainer: { containerID: CONTAINER_ID },
  plan9Mount: SHARE,
  plan9Unmount: { unmountTarget: SHARE.target },
  unmountDevice: { unmountTarget: '/run/mounts/scsi/m0' },
  unmountOverlay: { unmountTarget: ROOTFS },
  scratchMount: { target: '/scratch', encrypted: true },
}

/** Values that break what reads them. Each is made anew, for a proxy or a getter may have a memory. */
const HOSTILE: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => NaN,
  () => -0,
  () => 1e308,
  () => 10n,
  () => Symbol('s'),
  () => () => 'function',
  () => 'x'.repeat(100_000),
  () => '\ud800 lone \0 "quotes" `ticks` */ ${}',
  () => [[[[[[]]]]]],
  () => new Array(3),
  () => new Date(NaN),
  () => new Map([[1, 2]]),
  () => new Uint8Array(3),
  () => JSON.parse('{"__proto__": {"allowed": true}, "constructor": 1, "toString": 2}') as unknown,
  () => Object.create(null) as unknown,
  () => {
    const cyclic: Record<string, unknown> = {}
    cyclic['self'] = cyclic
    return cyclic
  },
  () => ({
    get target(): never {
      throw new Error('getter')
    },
  }),
  () => ({
    get containerID(): never {
      throw Object.create(null)
    },
  }),
  () => ({
    toJSON() {
      throw new Error('toJSON')
    },
  }),
  () => ({ toJSON: () => undefined }),
  () =>
    new Proxy(
      {},
      {
        ownKeys() {
          throw new TypeError('proxy')
        },
      },
    ),
  () => new Proxy([], { get: () => 'anything' }),
  () => nested(5_000),
  () => Object.freeze({ allowed: true, metadata: [{ name: 'started', action: 'add', key: CONTAINER_ID, value: 1 }] }),
]

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = { a: value }
  return value
}

type Step =
  | { readonly kind: 'honest'; readonly hook: HookName }
  | { readonly kind: 'bent'; readonly hook: HookName; readonly member: number; readonly value: number }
  | { readonly kind: 'hostile'; readonly hook: HookName; readonly value: number }
  | { readonly kind: 'raw'; readonly point: string; readonly value: number }
  | { readonly kind: 'text'; readonly point: string; readonly text: string }
  | { readonly kind: 'section'; readonly call: 'begin' | 'commit' | 'rollback' }

const hook = fc.constantFrom(...HOOK_NAMES)
const honestHook = fc.constantFrom(...(Object.keys(HONEST) as HookName[]))
const value = fc.nat(HOSTILE.length - 1)
const point = fc.oneof(fc.constantFrom('mount_device', 'create_container', '__proto__', 'reason', 'a/b', ''), fc.string())

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('honest' as const), hook: honestHook }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('bent' as const), hook: honestHook, member: fc.nat(20), value }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hostile' as const), hook, value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('raw' as const), point, value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('text' as const), point, text: fc.oneof(fc.string(), fc.json()) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('section' as const), call: fc.constantFrom('begin', 'commit', 'rollback') }),
  },
)

let enforcer: Enforcer
/** States to begin in: nothing done yet, layers mounted, root mounted, running. */
const stages: EnforcerSnapshot[] = []
beforeAll(async () => {
  enforcer = await enforcerFor()
  stages.push(enforcer.snapshot())
  for (const advance of [mountLayers, mountOverlay, startContainer]) {
    await enforcer.restore(stages[0] as EnforcerSnapshot)
    advance(enforcer)
    stages.push(enforcer.snapshot())
  }
})

test('nothing throws, every denial has a code, and nothing is allowed that the model refuses', async () => {
  const allowed = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.nat(3), fc.array(step, { minLength: 5, maxLength: 40 }), async (stage, steps) => {
      enforcer.commit()
      await enforcer.restore(stages[stage] as EnforcerSnapshot)
      for (const one of steps) {
        if (one.kind === 'section') runSection(one.call)
        else if (check(one)) allowed.add(one.kind === 'honest' ? one.hook : 'other')
      }
    }),
    { numRuns: 200 },
  )
  // Otherwise the model would have had nothing to judge.
  expect([...allowed]).toEqual(expect.arrayContaining(Object.keys(HONEST)))
}, 120_000)

function runSection(call: 'begin' | 'commit' | 'rollback'): void {
  try {
    enforcer[call]()
  } catch (error) {
    expect(call).toBe('begin')
    expect(error).toMatchObject({ name: 'MetadataFault' })
  }
}

/** @returns whether it was allowed */
function check(one: Exclude<Step, { kind: 'section' }>): boolean {
  const before = enforcer.state
  const decision = ask(one)
  expect(typeof decision.allowed).toBe('boolean')
  if (decision.allowed) {
    expect(mayBeAllowed(decision.point, before)).toBe(true)
    return true
  }
  expect(decision.reason.code).toMatch(/^[a-z_]+$/)
  expect(decision.reason.message).not.toBe('')
  expect(enforcer.state).toEqual(before)
  return false
}

function ask(one: Exclude<Step, { kind: 'section' }>): Decision {
  switch (one.kind) {
    case 'honest':
      return call(one.hook, HONEST[one.hook])
    case 'bent': {
      const honest = HONEST[one.hook] as object
      const members = Object.keys(honest)
      return call(one.hook, { ...honest, [members[one.member % members.length] as string]: HOSTILE[one.value]?.() })
    }
    case 'hostile':
      return call(one.hook, HOSTILE[one.value]?.())
    case 'raw':
      return enforcer.enforce(one.point, HOSTILE[one.value]?.())
    case 'text':
      return enforcer.enforceText(one.point, one.text)
  }
}

function call(name: HookName, input: unknown): Decision {
  return (enforcer[name] as (input: unknown) => Decision)(input)
}

type Tables = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>

/** What must hold before a request of each kind can be allowed at all, whatever its input. */
function mayBeAllowed(name: string, state: unknown): boolean {
  const {
    devices = {},
    matches = {},
    started = {},
    overlayTargets = {},
    p9mounts = {},
    rw_devices = {},
    scratch_mounts = {},
  } = state as Tables
  const has = (table: object): boolean => Object.keys(table).length > 0
  switch (name) {
    case 'mount_device':
    case 'rw_mount_device':
    case 'scratch_mount':
    case 'load_transparency_trust_list':
    case 'load_fragment':
    case 'get_properties':
    case 'dump_stacks':
    case 'runtime_logging':
    case 'host_network':
      return true
    case 'mount_overlay':
      return has(devices) && !(CONTAINER_ID in matches && OTHER_ID in matches)
    case 'create_container':
      return CONTAINER_ID in matches && !(CONTAINER_ID in started)
    case 'exec_in_container':
    case 'signal_container_process':
      return CONTAINER_ID in matches && CONTAINER_ID in started
    case 'shutdown_container':
      return CONTAINER_ID in started
    case 'plan9_mount':
      return has(matches)
    case 'plan9_unmount':
      return has(p9mounts)
    case 'unmount_device':
      return has(devices)
    case 'rw_unmount_device':
      return has(rw_devices)
    case 'unmount_overlay':
      return has(overlayTargets)
    case 'scratch_unmount':
      return has(scratch_mounts)
    default:
      return false
  }
}
