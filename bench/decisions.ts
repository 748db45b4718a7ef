/**
 * Decision latency at each enforcement point of the demonstration's life: through the hook, beside a check written by hand
 * and the official compiler's module of the same policy and framework under the same SDK.
 *
 * Every call is made in the state that the life has there, and undone. The official module is asked the same questions as
 * ours (the rule, what the API says about the point, the reason of a denial), and gets the state by `setData`, as it has no
 * other way.
 */
import { readFileSync } from 'node:fs'
import { createEnforcer, parsePolicy, policyToRego, type HookName, type StructuredPolicy, POINTS } from 'cce-policy'
import { FRAMEWORK_SOURCES } from '../src/cce/framework-sources.generated.js'
import { guestData } from '../src/cce/guest-data.js'
import { DEFAULT_GUEST_CONSTANTS, fillInput } from '../src/enforce/fill-input.js'
import type { TraceStep } from '../examples/demo/trace.js'
import { ByHand, type Request } from './by-hand.js'
import { buildWithOpa, findOpa, loadUnderSdk } from './opa-wasm.js'
import { microseconds, micro, printRows, ratio } from './support.js'

export async function benchDecisions(): Promise<void> {
  const read = (name: string): string => readFileSync(new URL(`../examples/pod/${name}`, import.meta.url), 'utf8')
  const policy = parsePolicy(read('policy.json')) as StructuredPolicy
  const trace = JSON.parse(read('trace.json')) as readonly TraceStep[]
  const text = policyToRego(policy)
  const enforcer = await createEnforcer(policy)
  const byHand = new ByHand(policy)
  const opa = findOpa()
  const entrypoints = [...new Set(trace.map(({ hook }) => `policy/${POINTS[hook].wire}`)), 'policy/reason', 'framework/enforcement_point_info']
  const opaPolicy = opa === undefined ? undefined : await loadUnderSdk(buildWithOpa(opa, { ...FRAMEWORK_SOURCES, 'policy.rego': text }, entrypoints))

  console.log('Decisions of the demonstration (µs of one call)')
  const rows: string[][] = []
  const measured = new Set<string>()
  for (const { hook, what, input, expect } of trace) {
    const kind = `${hook} ${expect}`
    if (!measured.has(kind)) {
      measured.add(kind)
      const filled = fillInput(hook, input, DEFAULT_GUEST_CONSTANTS, 'linux')
      const request = filled as Partial<Request> as Request
      const ours = microseconds(() => {
        enforcer.begin()
        enforcer[hook](input as never)
        enforcer.rollback()
      })
      const floor = microseconds(() => byHand.decide(hook, request))
      const point = POINTS[hook].wire
      const state = { ...guestData('linux'), metadata: enforcer.state }
      const official =
        opaPolicy === undefined
          ? undefined
          : microseconds(() => {
              opaPolicy.setData(state)
              opaPolicy.evaluate(filled, `policy/${point}`)
              opaPolicy.evaluate({ name: point, rule: point }, 'framework/enforcement_point_info')
              if (expect === 'deny') opaPolicy.evaluate({ ...filled, rule: point }, 'policy/reason')
            })
      rows.push([`${hook}: ${what}`, expect ?? '', micro(ours), micro(floor), micro(official), ratio(official, ours)])
    }
    enforcer[hook](input as never)
    follow(byHand, hook, input)
  }
  printRows(['request', 'answer', 'hook', 'by hand', 'opa wasm', 'opa wasm / hook'], rows)
  if (opa === undefined) console.log('no `opa` binary: the official compiler was left out\n')
}

/** Lets the hand-written check remember what the life did. */
function follow(byHand: ByHand, hook: HookName, input: Readonly<Record<string, unknown>>): void {
  const request = fillInput(hook, input, DEFAULT_GUEST_CONSTANTS, 'linux') as Partial<Request> as Request
  if (!byHand.decide(hook, request)) return
  const { target = '', containerID = '', unmountTarget = '', deviceHash = '' } = request
  if (hook === 'mountDevice') byHand.devices.set(target, deviceHash)
  if (hook === 'rwMountDevice') byHand.rwDevices.add(target)
  if (hook === 'scratchMount') byHand.scratch.add(target)
  if (hook === 'mountOverlay') {
    byHand.overlays.add(target)
    const layers = [...request.layerPaths].reverse().map((path) => byHand.devices.get(path))
    byHand.matches.set(containerID, byHand.policy.containers.filter((one) => one.layers.join() === layers.join()) as never)
  }
  if (hook === 'createContainer') byHand.started.add(containerID)
  if (hook === 'shutdownContainer') byHand.matches.delete(containerID)
  if (hook === 'unmountOverlay') byHand.overlays.delete(unmountTarget)
  if (hook === 'unmountDevice') byHand.devices.delete(unmountTarget)
  if (hook === 'rwUnmountDevice') byHand.rwDevices.delete(unmountTarget)
}
