/**
 * Explanations and decisions come from two places: the framework decides, and the explanation compares by itself. Beside
 * each enforcer runs one whose policy declares the same and refuses every process: what the first allows, the second's
 * explanation must find nothing wrong with, and what the first refuses, it must find something.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CreateLinuxContainerInput,
  type Denied,
  type Enforcer,
  type JsonObject,
  createEnforcer,
  guestData,
  policyToRego,
} from '../../../src/index.js'
import {
  ANY_USER,
  CONTAINER,
  REQUEST,
  SANDBOX,
  containerId,
  mountLayers,
  policyOf,
  stackLayers,
} from '../../support/containers.js'

const arbitraryEnvRule = fc.constantFrom(
  { pattern: 'A=1', strategy: 'string', required: false },
  { pattern: 'A=1', strategy: 'string', required: true },
  { pattern: 'A=1|B=2', strategy: 're2', required: false },
  { pattern: '[A-C]=.*', strategy: 're2', required: false },
  { pattern: 'A=[', strategy: 'string', required: false },
  { name: 'B|C', name_strategy: 're2', value: '1', value_strategy: 'string', required: true },
  { name: 'C', name_strategy: 'string', value: '[0-9]', value_strategy: 're2', required: false },
)
const arbitraryNames = fc.subarray(['CAP_A', 'CAP_B', 'CAP_C'])
const arbitraryCapabilities = fc.record({
  bounding: arbitraryNames,
  effective: fc.constant([]),
  inheritable: fc.constant([]),
  permitted: fc.constantFrom([], ['CAP_A']),
  ambient: fc.constant([]),
})
const arbitraryMount = fc.constantFrom(
  { destination: '/data', source: 'sandbox:///v/.+', type: 'bind', options: ['rw', 'rbind'] },
  { destination: '/data', source: `/run/gcs/c/${SANDBOX}/sandboxMounts/v/1`, type: 'bind', options: ['rbind', 'rw'] },
  { destination: '/huge', source: 'hugepages:///.', type: 'bind', options: [] },
)
const arbitraryIdName = fc.constantFrom(
  { pattern: '', strategy: 'any' },
  { pattern: '0', strategy: 'id' },
  { pattern: 'ro+t', strategy: 're2' },
  { pattern: 'app', strategy: 'name' },
)
const arbitraryContainer = fc.record({
  command: fc.constantFrom(['/app'], ['/app', '-v']),
  env_rules: fc.array(arbitraryEnvRule, { maxLength: 3 }),
  layers: fc.constant(CONTAINER.layers),
  mounts: fc.array(arbitraryMount, { maxLength: 2 }),
  exec_processes: fc.array(fc.record({ command: fc.constantFrom(['/app'], ['/app', '-v'], ['ls']), signals: fc.constant([]) }), {
    maxLength: 2,
  }),
  signals: fc.constant([15]),
  user: fc.oneof(
    fc.constant(ANY_USER),
    fc.record({
      user_idname: arbitraryIdName,
      group_idnames: fc.array(arbitraryIdName, { maxLength: 2 }),
      umask: fc.constant('0022'),
    }),
  ),
  capabilities: fc.option(arbitraryCapabilities, { nil: null }),
  seccomp_profile_sha256: fc.constant(''),
  allow_elevated: fc.boolean(),
  working_dir: fc.constantFrom('/', '/srv'),
  allow_stdio_access: fc.boolean(),
  no_new_privileges: fc.boolean(),
})
const arbitraryPolicy = fc.record({
  containers: fc.array(arbitraryContainer, { minLength: 1, maxLength: 3 }),
  allow_environment_variable_dropping: fc.boolean(),
  allow_capability_dropping: fc.boolean(),
})
const arbitraryId = fc.constantFrom({ id: '0', name: 'root' }, { id: '7', name: 'app' }, { id: '0', name: '' })
const DEFAULT_SET = guestData('linux').defaultUnprivilegedCapabilities
const DEFAULTS = { bounding: DEFAULT_SET, effective: DEFAULT_SET, inheritable: [], permitted: DEFAULT_SET, ambient: [] }
const arbitraryRequest: fc.Arbitrary<Omit<CreateLinuxContainerInput, 'containerID'>> = fc.record({
  argList: fc.constantFrom(['/app'], ['/app', '-v'], ['ls']),
  envList: fc.subarray(['A=1', 'A=12', 'B=2', 'B=1', 'C=1', 'C', 'A=1']),
  workingDir: fc.constantFrom('/', '/srv'),
  sandboxID: fc.constant(SANDBOX),
  mounts: fc.subarray([
    { destination: '/data', source: `/run/gcs/c/${SANDBOX}/sandboxMounts/v/1`, type: 'bind', options: ['rbind', 'rw'] },
    { destination: '/huge', source: `/run/gcs/c/${SANDBOX}/hugepages/1`, type: 'bind', options: [] },
    { destination: '/sys', source: 'sysfs', type: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'rw'] },
    { destination: '/proc', source: 'proc', type: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
  ]),
  privileged: fc.boolean(),
  noNewPrivileges: fc.boolean(),
  user: arbitraryId,
  groups: fc.array(arbitraryId, { maxLength: 2 }),
  capabilities: fc.oneof(arbitraryCapabilities, fc.constant(DEFAULTS)),
  isSandboxContainer: fc.boolean(),
})

type SomePolicy = typeof arbitraryPolicy extends fc.Arbitrary<infer Policy> ? Policy : never
type SomeContainer = SomePolicy['containers'][number]

/** A request that comes near one of the containers: otherwise hardly any would be allowed. */
function near(
  request: Omit<CreateLinuxContainerInput, 'containerID'>,
  container: SomeContainer | undefined,
  keep: readonly string[],
): Omit<CreateLinuxContainerInput, 'containerID'> {
  if (container === undefined) return request
  const fitting: JsonObject = {
    argList: container.command,
    workingDir: container.working_dir,
    noNewPrivileges: true,
    privileged: false,
    capabilities: (container.capabilities ?? DEFAULTS) as JsonObject,
    mounts: [],
    groups: [],
    envList: ['A=1', 'C=1', 'B=1'].filter((one) => request.envList.includes(one)),
  }
  return { ...request, ...Object.fromEntries(Object.entries(fitting).filter(([name]) => !keep.includes(name))) }
}

const arbitraryKeep = fc.subarray(
  ['argList', 'workingDir', 'noNewPrivileges', 'privileged', 'capabilities', 'mounts', 'groups', 'envList'],
  { maxLength: 3 },
)

describe('an explanation finds something wrong exactly with what is refused', () => {
  test.each(Array.from({ length: 8 }, (_, seed) => seed))('policy %i', async (seed) => {
    const policy = fc.sample(arbitraryPolicy, { seed, numRuns: 1 })[0] as SomePolicy
    const text = policyToRego(policyOf(policy.containers, policy))
    const refusing = text.replace('create_container := data.framework.create_container', 'create_container := {"allowed": false}')
    const [deciding, explaining] = await Promise.all([createEnforcer(text), createEnforcer(refusing)])
    for (const one of [deciding, explaining]) mountLayers(one)
    let count = 0
    const tally = { allowed: 0, denied: 0 }
    fc.assert(
      fc.property(arbitraryRequest, fc.nat({ max: policy.containers.length }), arbitraryKeep, (request, at, keep) => {
        const containerID = containerId(++count)
        for (const one of [deciding, explaining]) stackLayers(one, containerID)
        const input = { containerID, ...near(request, policy.containers[at], keep) }
        const decision = deciding.createContainer(input)
        tally[decision.allowed ? 'allowed' : 'denied']++
        const { explanation } = (explaining.createContainer(input) as Denied).reason
        const findsNothing = explanation.faults.length === 0 && explanation.nearest?.mismatches.length === 0
        expect({ input, findsNothing, explanation }).toEqual({ input, findsNothing: decision.allowed, explanation })
        release([deciding, explaining], containerID)
      }),
      { seed, numRuns: 150 },
    )
    expect(tally.denied).toBeGreaterThan(20)
    expect(tally.allowed).toBeGreaterThan(0)
  })
})

function release(enforcers: readonly Enforcer[], containerID: string): void {
  for (const one of enforcers) one.unmountOverlay({ unmountTarget: `/run/gcs/c/${containerID}/rootfs` })
}

test('the container of the support file fits its request', async () => {
  const enforcer = await createEnforcer(policyOf([CONTAINER]))
  mountLayers(enforcer)
  stackLayers(enforcer, REQUEST.containerID)
  expect(enforcer.createContainer(REQUEST).allowed).toBe(true)
})
