/**
 * Inputs of hooks, snapshots, states, fragments and whole policies that nobody expects: a decision or a typed error, and the
 * enforcer goes on to decide as before.
 */
import { RegoCompileError } from '../../../src/errors.js'
import { PolicyError } from '../../../src/cce/policy-error.js'
import { type Enforcer, type EnforcerSnapshot, HOOK_NAMES, type HookName, MetadataFault, createEnforcer } from '../../../src/index.js'
import { policyToRego } from '../../../src/cce/render.js'
import { CONTAINER_ID, CREATE, EXEC, FEED, ISSUER, LAYERS, LAYER_PATHS, POLICY, ROOTFS, enforcerFor, startContainer } from '../../enforce/fixture.js'
import { Finding, type Target } from '../target.js'
import { parsed } from './plan.js'

const REQUESTS: readonly { readonly hook: string; readonly input: object }[] = [
  { hook: 'mountDevice', input: { target: '/run/mounts/scsi/m2', deviceHash: LAYERS[0] } },
  { hook: 'mountOverlay', input: { containerID: 'c'.repeat(64), layerPaths: LAYER_PATHS, target: `${ROOTFS}2` } },
  { hook: 'createContainer', input: CREATE },
  { hook: 'execInContainer', input: EXEC },
  { hook: 'execExternal', input: { argList: ['/bin/tool'], envList: ['PATH=/bin'], workingDir: '/' } },
  { hook: 'signalContainerProcess', input: { containerID: CONTAINER_ID, signal: 15, isInitProcess: true, argList: [] } },
  { hook: 'plan9Mount', input: { target: `/run/gcs/c/${CONTAINER_ID}/mounts/m3` } },
  { hook: 'scratchMount', input: { target: '/scratch', encrypted: true } },
  { hook: 'loadFragment', input: { issuer: ISSUER, feed: FEED, svn: '3', namespace: 'x' } },
]

let running: Promise<{ readonly enforcer: Enforcer; readonly saved: EnforcerSnapshot }> | undefined

async function runningEnforcer(): Promise<{ readonly enforcer: Enforcer; readonly saved: EnforcerSnapshot }> {
  running ??= (async () => {
    const enforcer = await enforcerFor()
    startContainer(enforcer)
    return { enforcer, saved: enforcer.snapshot() }
  })()
  return running
}

export const HOOKS: Target = {
  name: 'hooks',
  form: 'json',
  seeds: () => REQUESTS.map((request) => JSON.stringify(request)),
  runs: 300,
  run: async (text) => {
    const { enforcer, saved } = await runningEnforcer()
    const request = parsed(text)?.value as { readonly hook?: unknown; readonly input?: unknown } | null | undefined
    const hook = HOOK_NAMES.find((name) => name === request?.hook)
    if (hook !== undefined) {
      const decision = (enforcer[hook] as (input: unknown) => { readonly allowed: boolean })(request?.input)
      if (typeof decision.allowed !== 'boolean') throw new Finding('a decision that is none')
    }
    enforcer.enforce(JSON.stringify(request?.hook), request?.input)
    enforcer.enforceText('create_container', text)
    await expectSteady(enforcer, saved)
  },
}

export const SNAPSHOTS: Target = {
  name: 'snapshots',
  form: 'json',
  seeds: () => SNAPSHOT_SEEDS,
  runs: 60,
  run: async (text) => {
    const { enforcer, saved } = await runningEnforcer()
    const snapshot = parsed(text)
    if (snapshot === undefined) return
    try {
      await enforcer.restore(snapshot.value as EnforcerSnapshot)
    } catch (error) {
      if (!isTyped(error)) throw error
    }
    for (const { hook, input } of REQUESTS) (enforcer[hook as HookName] as (input: unknown) => unknown)(input)
    enforcer.stateText
    await expectSteady(enforcer, saved)
  },
}

const SNAPSHOT_SEEDS: readonly string[] = await runningEnforcer().then(({ saved }) => [
  JSON.stringify(saved),
  JSON.stringify({ ...saved, metadata: { a: { type: 'set', text: '["x",1]' }, b: { type: 'map', text: '{"k":{"v":[1]}}' } } }),
  JSON.stringify({ ...saved, fragments: [{ key: 'k', namespace: 'x', text: 'package x\n\nsvn := "3"\n' }] }),
])

/** Policies as text with all that an enforcer is created with; compiling takes its time, so these are few. */
export const ENFORCERS: Target = {
  name: 'enforcers',
  form: 'json',
  seeds: () => [
    JSON.stringify({ source: policyToRego(POLICY), fragment: 'package x\n\nsvn := "3"\ncontainers := []\n' }),
    JSON.stringify({ source: POLICY, fragment: 'package x\n\nsvn := 3\n', options: { stateText: '{"devices":{}}' } }),
    JSON.stringify({ source: POLICY, fragment: '', options: { dataText: '{"defaultMounts":[],"sandboxPrefix":"/s"}', os: 'windows' } }),
  ],
  runs: 8,
  run: async (text) => {
    const given = parsed(text)?.value as { readonly source?: never; readonly fragment?: never; readonly options?: object } | null | undefined
    let enforcer
    try {
      enforcer = await createEnforcer(given?.source as never, given?.options)
    } catch (error) {
      if (!isTyped(error)) throw error
      return
    }
    await enforcer.loadFragmentModule({ issuer: ISSUER, feed: FEED, module: given?.fragment as never })
    for (const { hook, input } of REQUESTS) (enforcer[hook as HookName] as (input: unknown) => unknown)(input)
  },
}

function isTyped(error: unknown): boolean {
  // Options of a wrong type are the caller's fault, and told as JavaScript does.
  const isOptionFault = error instanceof TypeError && error.message.startsWith('`')
  return isOptionFault || error instanceof MetadataFault || error instanceof PolicyError || error instanceof RegoCompileError
}

async function expectSteady(enforcer: Enforcer, saved: EnforcerSnapshot): Promise<void> {
  await enforcer.restore(saved)
  if (!enforcer.execInContainer(EXEC).allowed) throw new Finding('what was allowed is denied')
  if (enforcer.execInContainer({ ...EXEC, argList: ['/bin/sh'] }).allowed) throw new Finding('what was denied is allowed')
  await enforcer.restore(saved)
}
