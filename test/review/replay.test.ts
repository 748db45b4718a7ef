/** Traces: how they are read, and what comes of replaying them. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ReplayedStep, TraceError, readTrace, replayTrace } from '../../src/review/replay.js'
import { findFiles } from '../cce/shared-files.js'
import { CONTAINER, REQUEST, TOP_LAYER, containerId, devicePath, overlayOf, policyOf } from '../support/containers.js'

const POLICY = policyOf([CONTAINER], { allow_properties_access: true })
const LIFE = [
  ...CONTAINER.layers.map((deviceHash, at) => ({ hook: 'mountDevice', input: { target: devicePath(at), deviceHash } })),
  { hook: 'mountOverlay', input: overlayOf(containerId(1)) },
  { hook: 'createContainer', input: REQUEST },
]

const short = (steps: readonly ReplayedStep[]): readonly string[] =>
  steps.map(
    ({ step, point, decision, reason, agrees }) =>
      `${step} ${point} ${decision}${reason === undefined ? '' : ` (${reason})`}${agrees ? '' : ' !'}`,
  )

describe('a trace', () => {
  const step = { point: 'get_properties', input: {} }
  test.each([
    ['lines', `${JSON.stringify(step)}\n\n  ${JSON.stringify(step)}\r\n`, 2],
    ['one line', JSON.stringify(step), 1],
    ['an array', JSON.stringify([step, step, step]), 3],
    ['a recording', JSON.stringify({ steps: [step], policy: 'package policy' }), 1],
    ['nothing', '  ', 0],
  ])('may be %s', (_what, text, steps) => {
    expect(readTrace(text).steps).toHaveLength(steps)
  })

  test.each([
    ['no JSON', 'x', 'step 1 is no JSON object'],
    ['a step that is none', '[1]', 'step 1 is no JSON object'],
    ['a step without a point', `${JSON.stringify(step)}\n{}`, 'step 2 has no `point`'],
    ['a step that nobody knows', '{"point": "@dance"}', 'step 1: there is no @dance'],
    ['a fragment without a module', '{"steps": [], "fragments": [{}]}', 'fragment 0 has no `module`'],
  ])('is not %s', (_what, text, message) => {
    expect(() => readTrace(text)).toThrow(new TraceError(message))
  })

  test('keeps the digits of its inputs', () => {
    expect(readTrace('{"point": "x", "input": {"n": 12345678901234567890.10}}').steps[0]?.inputText).toBe(
      '{"n": 12345678901234567890.10}',
    )
  })
})

describe('a replay', () => {
  test('decides each step in its turn', async () => {
    const steps = [
      ...LIFE,
      { point: 'dump_stacks' },
      { point: 'no_such_point', input: {} },
      { hook: 'shutdownContainer', input: { containerID: containerId(1) } },
    ]
    const replay = await replayTrace(readTrace(JSON.stringify(steps)), POLICY)
    expect(short(replay.steps)).toEqual([
      '1 mount_device allow',
      '2 mount_device allow',
      '3 mount_overlay allow',
      '4 create_container allow',
      '5 dump_stacks deny (dump_stacks denied by policy) !',
      '6 no_such_point error (enforcement point rule no_such_point does not exist) !',
      '7 shutdown_container allow',
    ])
    expect(replay.agrees).toBe(false)
  })

  test('agrees with what a trace expects', async () => {
    const steps = [
      { point: 'get_properties', expect: 'allow' },
      { point: 'get_properties', expect: true },
      { point: 'dump_stacks', expect: 'denied' },
      { point: 'dump_stacks', decision: 'deny' },
      { point: 'no_such_point', expect: { decision: 'error', code: 'unknown_point' } },
      {
        hook: 'mountDevice',
        input: { target: '/x', deviceHash: 'ff' },
        expect: { decision: 'deny', errors: ['mountpoint invalid', 'deviceHash not found'] },
      },
    ]
    const replay = await replayTrace(readTrace(JSON.stringify(steps)), POLICY)
    expect(replay.steps.filter(({ agrees }) => !agrees)).toEqual([])
    expect(replay.agrees).toBe(true)
  })

  test.each([
    [{ point: 'get_properties', expect: 'deny' }],
    [{ point: 'dump_stacks', expect: 'allow' }],
    [{ point: 'dump_stacks', expect: { decision: 'deny', errors: ['x'] } }],
    [{ point: 'no_such_point', expect: { decision: 'error', code: 'missing_rule' } }],
  ])('does not agree with %j', async (step) => {
    expect((await replayTrace(readTrace(JSON.stringify([step])), POLICY)).agrees).toBe(false)
  })

  test('tells what each step changes in the state', async () => {
    const steps = [
      ...LIFE.slice(1, 2),
      { point: '@begin' },
      { hook: 'unmountDevice', input: { unmountTarget: devicePath(1) } },
      { point: '@rollback' },
    ]
    const { steps: rows } = await replayTrace(readTrace(JSON.stringify(steps)), POLICY, { traceMetadata: true })
    expect(rows.map(({ state }) => state)).toEqual([
      [{ table: 'devices', change: 'set', value: { [devicePath(1)]: TOP_LAYER } }].map(() => ({
        table: 'devices',
        key: devicePath(1),
        change: 'set',
        value: TOP_LAYER,
      })),
      [],
      [{ table: 'devices', key: devicePath(1), change: 'removed' }],
      [{ table: 'devices', key: devicePath(1), change: 'set', value: TOP_LAYER }],
    ])
  })

  test('goes on where a marker cannot be followed', async () => {
    const steps = [{ point: '@begin' }, { point: '@begin' }, { point: '@commit' }, { point: 'get_properties' }]
    const { steps: rows, agrees } = await replayTrace(readTrace(JSON.stringify(steps)), POLICY)
    expect(rows.map(({ decision }) => decision)).toEqual(['done', 'error', 'done', 'allow'])
    expect(agrees).toBe(false)
  })

  test('loads fragments by their text, or from a file', async () => {
    const rule = { issuer: 'did:x509:i', feed: 'f', minimum_svn: '1', includes: ['containers'] }
    const module = 'package fragment\nsvn := "1"\nframework_version := "0.5.0"\ncontainers := []\n'
    const input = { issuer: 'did:x509:i', feed: 'f' }
    const steps = [
      { point: 'load_fragment', input, fragment: { module } },
      { point: 'load_fragment', input: { ...input, local_path: 'f.rego' } },
      { point: 'load_fragment', input: { ...input, feed: 'g' }, fragment: { path: 'f.rego' } },
    ]
    const asked: string[] = []
    const readFragment = (path: string): string => {
      asked.push(path)
      return module
    }
    const replay = await replayTrace(readTrace(JSON.stringify(steps)), policyOf([], { fragments: [rule] }), { readFragment })
    expect(short(replay.steps)).toEqual([
      '1 load_fragment allow',
      '2 load_fragment allow',
      '3 load_fragment deny (invalid fragment feed) !',
    ])
    expect(asked).toEqual(['f.rego', 'f.rego'])
  })

  test('needs a policy, and the fragments that it names', async () => {
    await expect(replayTrace(readTrace('{"point": "dump_stacks"}'))).rejects.toThrow('the trace brings no policy along')
    const lost = JSON.stringify({ point: 'load_fragment', fragment: { index: 3 } })
    await expect(replayTrace(readTrace(lost), POLICY)).rejects.toThrow('step 1 names a fragment that is not there')
  })

  test('of a policy that does not load says why', async () => {
    const replay = await replayTrace(readTrace('[]'), 'package policy\nx if y')
    expect(replay).toMatchObject({ loaded: false, agrees: false, steps: [] })
    expect(replay.loadError).toContain('rego_unsafe_var_error')
  })

  const recorded = findFiles(
    'vectors/cce',
    /^(?:lifecycle-pod|fragment-(?:parameters|namespace)|custom-(?:metadata|errors)|windows|create-each-condition|trust-lists|compile-unsafe|create-default-mounts)\.json$/,
  )
  test.skipIf(recorded.length === 0)('agrees with recorded decisions (which are not part of this repository)', async () => {
    for (const file of recorded) {
      const replay = await replayTrace(readTrace(readFileSync(file, 'utf8')))
      expect(
        replay.steps.filter(({ agrees }) => !agrees),
        file,
      ).toEqual([])
      expect(replay.agrees, file).toBe(true)
    }
    expect(recorded).toHaveLength(10)
  })
})
