/** What is kept about the state is what a search of the state finds, whatever happens to it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Denied, type Enforcer, type EnforcerSnapshot, createEnforcer, policyToRego } from '../../src/index.js'
import { KeptFacts, frameworkFor } from '../../src/enforce/kept-facts.js'
import { LAYER_PATHS, POLICY, literalPolicy, mountLayers } from './fixture.js'

const TEXT = policyToRego(POLICY)
/** The same, but for a rule that makes the framework search. */
const SEARCHING = `${TEXT}\nunused if true with input as 1\n`

const IDS = ['a'.repeat(64), '00000000-0000-0000-0000-000000000000', 'a.c', 'abc', '', 'a/b', 'a|b', '[ab]+', 'é', '__proto__']
const NAMES = [...IDS, 'axc', 'b', 'aabb']

type Step = (enforcer: Enforcer) => Promise<unknown> | unknown

const arbitraryStep: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(...IDS).map(
    (containerID) => (enforcer: Enforcer) =>
      enforcer.mountOverlay({ containerID, layerPaths: LAYER_PATHS, target: `/rootfs/${containerID}` }),
  ),
  fc
    .constantFrom(...NAMES)
    .map((name) => (enforcer: Enforcer) => enforcer.plan9Mount({ target: `/run/gcs/c/${name}/mounts/m0` })),
  fc
    .constantFrom(...NAMES)
    .map((name) => (enforcer: Enforcer) => enforcer.plan9Unmount({ unmountTarget: `/run/gcs/c/${name}/mounts/m0` })),
  fc.constantFrom(...IDS).map((containerID) => (enforcer: Enforcer) => enforcer.shutdownContainer({ containerID })),
  fc.constant((enforcer: Enforcer) => enforcer.rollback()),
  fc.constant((enforcer: Enforcer) => (enforcer.commit(), enforcer.begin())),
  fc.constant(async (enforcer: Enforcer) => {
    const saved = JSON.parse(JSON.stringify(enforcer.snapshot())) as EnforcerSnapshot
    await enforcer.restore(saved).catch(() => undefined)
  }),
)

/** What is told of a step: the policies differ, and so do their digests. */
async function outcome(step: Step, enforcer: Enforcer): Promise<unknown> {
  const decision = (await step(enforcer)) as Partial<Denied> | undefined
  return [decision?.allowed, decision?.reason?.code, enforcer.stateText]
}

test('a share is decided on as by trying every container', async () => {
  const started = Object.fromEntries(IDS.map((id) => [id, { privileged: false }]))
  const state = { started, operatingsystem: { ostype: 'linux' } }
  const [keeping, searching] = await Promise.all([createEnforcer(TEXT, { state }), createEnforcer(SEARCHING, { state })])
  mountLayers(keeping)
  mountLayers(searching)
  const [first, second] = [keeping.snapshot(), searching.snapshot()]
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryStep, { maxLength: 40 }), async (steps) => {
      keeping.rollback()
      searching.rollback()
      await keeping.restore(first)
      await searching.restore(second)
      for (const step of steps) expect(await outcome(step, keeping)).toEqual(await outcome(step, searching))
    }),
    { numRuns: 60 },
  )
})

test('two owners of one share are a conflict', async () => {
  const enforcer = await createEnforcer(TEXT)
  mountLayers(enforcer)
  for (const containerID of ['a.c', 'abc'])
    expect(enforcer.mountOverlay({ containerID, layerPaths: LAYER_PATHS, target: `/rootfs/${containerID}` }).allowed).toBe(true)
  const mount = (name: string): string => {
    const decision = enforcer.plan9Mount({ target: `/run/gcs/c/${name}/mounts/m0` })
    return decision.allowed ? 'allowed' : decision.reason.code
  }
  expect(mount('abc')).toBe('eval_conflict_error')
  expect(mount('axc')).toBe('allowed')
})

test('a policy that asks about a state of its own gets an answer about that', async () => {
  const enforcer = await createEnforcer(
    literalPolicy({
      plan9_mount: 'answer if {\n  answer := data.framework.plan9_mount with data.metadata.matches as {"x[0-9]": []}\n}',
    }),
  )
  expect(enforcer.plan9Mount({ target: '/run/gcs/c/x7/mounts/m0' }).allowed).toBe(true)
  expect(enforcer.state.p9mounts).toEqual({ '/run/gcs/c/x7/mounts/m0': 'x[0-9]' })
})

test('facts follow single changes and look at all when told to', () => {
  const facts = new KeptFacts()
  expect([
    facts.follow(['devices', 'a.b'], true),
    facts.follow(['matches', 'ab-c_9'], true),
    facts.follow(['matches', 'a.b'], true),
    facts.follow(['matches', 'a.b'], true),
  ]).toEqual([false, false, true, false])
  expect(facts.toText()).toBe('{"odd_container_ids":["a.b"]}')
  expect([facts.follow(['matches', 'a.b'], false), facts.follow(['matches', 'a.b'], false)]).toEqual([true, false])
  facts.reset(['a', '(', 'b\n'])
  expect(facts.toText()).toBe('{"odd_container_ids":["(","b\\n"]}')
  expect([facts.follow(['matches'], true), facts.follow(['matches'], false)]).toEqual([true, false])
  expect(facts.toText()).toBe('{"odd_container_ids":[]}')
})

test('the framework that trusts facts goes where no text can ask about another state, or for the facts', () => {
  const framework = { 'rego/framework/kept.rego': 'k', 'rego/framework/plan9.rego': 'p' }
  const all = { modules: framework, baseDocuments: ['cce-policy'] }
  const searching = { modules: { 'rego/framework/plan9.rego': 'p' }, baseDocuments: [] }
  expect(frameworkFor(framework, ['package policy', 'x := "without"', 'x := "\\u003c"'])).toEqual(all)
  for (const text of ['x if y\nwith input as 1', 'x := data["cce-policy"]', 'x := data["cce\\u002Dpolicy"]', 'x := data["\\u0063ce-policy"]'])
    expect(frameworkFor(framework, ['package policy', text])).toEqual(searching)
})

describe('to a policy the facts are not there', () => {
  const result = async (rule: string): Promise<unknown> => {
    const enforcer = await createEnforcer(literalPolicy({ get_properties: rule }))
    const decision = enforcer.enforce('get_properties', {})
    return decision.allowed ? decision.result : decision.reason.code
  }
  test.each([
    '{"allowed": data["cce-policy"] != 1}',
    '{"allowed": is_object(data["cce\\u002dpolicy"])}',
    '{"allowed": is_object(data[`cce-policy`])}',
    '{"allowed": is_array(data["cce-policy"].odd_container_ids)}',
    '{"allowed": true} if {\n  data["cce-policy"] with input as 1\n}',
    '{"allowed": true} if some _ in data["cce-policy"]',
    '{"allowed": true} if {\n  some k in ["cce-policy"]\n  data[k]\n}',
    '{"allowed": true} if {\n  k := "cce\\u002dpolicy"\n  data[k].odd_container_ids\n}',
  ])('%s', async (rule) => {
    expect(await result(rule)).toBe('missing_rule')
  })

  test('nothing is found, unless the policy puts it there', async () => {
    expect(await result('{"allowed": true, "n": count([1 | data["cce-policy"]])}')).toEqual({ allowed: true, n: 0 })
    expect(await result('{"allowed": true, "n": n} if n := data["cce-policy"] with data["cce-policy"] as 7')).toEqual({ allowed: true, n: 7 })
  })

  test.each(['{"allowed": count(data) > 0}', '{"allowed": true} if {\n  some k in [concat("-", ["cce", "policy"])]\n  data[k]\n}', '{"allowed": true} if walk(data, _)'])(
    'a rule that reads `data` whole depends on itself: %s',
    async (rule) => {
      await expect(result(rule)).rejects.toThrow('rego_recursion_error')
    },
  )
})
