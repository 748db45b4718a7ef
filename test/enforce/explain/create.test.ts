import { beforeAll, describe, expect, test } from 'vitest'
import { type CreateLinuxContainerInput, type Decision, type Enforcer, createEnforcer } from '../../../src/index.js'
import { CONTAINER, REQUEST, containerId, mountLayers, must, policyOf, stackLayers } from '../../support/containers.js'

let enforcer: Enforcer
let count = 0

beforeAll(async () => {
  enforcer = await createEnforcer(policyOf([CONTAINER]))
  mountLayers(enforcer)
})

/** Asks for a container in a fresh place. */
function create(change: Partial<CreateLinuxContainerInput>, asked: Enforcer = enforcer): Decision {
  const containerID = containerId(++count)
  stackLayers(asked, containerID)
  return asked.createContainer({ ...REQUEST, containerID, ...change })
}

function explained(decision: Decision): readonly string[] {
  if (decision.allowed) throw new Error('allowed')
  return decision.reason.explanation.lines
}

const ONLY = 'the only container that it could be is containers[0]'

const CASES: readonly (readonly [title: string, change: Partial<CreateLinuxContainerInput>, lines: readonly string[]])[] = [
  ['an argument', { argList: ['/app', '--serve', '--port=8080'] }, ['command[2]: expected "--port=80", got "--port=8080"']],
  ['an argument too many', { argList: [...REQUEST.argList, '-v'] }, ['command[3]: expected nothing, got "-v"']],
  ['an argument too few', { argList: ['/app', '--serve'] }, ['command[2]: expected "--port=80", got nothing']],
  ['the directory', { workingDir: '/' }, ['working_dir: expected "/srv", got "/"']],
  ['the umask', { umask: '022' }, ['user.umask: expected "0022", got "022"']],
  ['privileges', { privileged: true }, ['allow_elevated: false, but a privileged container was asked for']],
  ['new privileges', { noNewPrivileges: false }, ['no_new_privileges: expected true, got false']],
  ['the seccomp profile', { seccompProfileSHA256: 'ab' }, ['seccomp_profile_sha256: expected "", got "ab"']],
  [
    'a variable that no rule names',
    { envList: ['PATH=/usr/bin', 'SECRET=hunter2'] },
    ['env_rules: no rule accepts "SECRET=<<redacted>>"'],
  ],
  [
    'a variable with another value',
    { envList: ['PATH=/usr/bin', 'PORT=hunter2'] },
    ['env_rules[1]: "PORT=<<redacted>>" has another value than the rule "PORT=<<redacted>>" (string)'],
  ],
  [
    'a variable with another value than a split rule has',
    { envList: ['PATH=/usr/bin', 'TLS_MODE=hunter2'] },
    ['env_rules[2]: "TLS_MODE=<<redacted>>" has another value than the rule "TLS_.+=<<redacted>>" (re2)'],
  ],
  ['a required variable', { envList: [] }, ['env_rules[0]: required variable "PATH=<<redacted>>" (string) is missing']],
  [
    'a required variable with another value',
    { envList: ['PATH=/hunter2'] },
    [
      'env_rules[0]: "PATH=<<redacted>>" has another value than the rule "PATH=<<redacted>>" (string)',
      'env_rules[0]: required variable "PATH=<<redacted>>" (string) is missing: the request has another value',
    ],
  ],
  [
    'a mount at another place',
    { mounts: [{ destination: '/host', source: '/', type: 'bind', options: ['rw'] }] },
    ['mounts: none is declared at "/host" (source "/", type "bind")'],
  ],
  [
    'the options and the source of a mount',
    { mounts: [{ destination: '/data', source: '/etc', type: 'bind', options: ['rbind', 'rshared', 'ro'] }] },
    [
      'mounts[0].source: expected "sandbox:///emptydir/.+", got "/etc"',
      'mounts[0].options: expected ["rbind","rshared","rw"], got ["rbind","rshared","ro"]',
    ],
  ],
  [
    'the type of a default mount',
    { mounts: [{ destination: '/proc', source: 'proc', type: 'bind', options: ['nosuid', 'noexec', 'nodev'] }] },
    ['defaultMounts[0].type: expected "proc", got "bind"'],
  ],
  [
    'capabilities',
    {
      capabilities: {
        bounding: ['CAP_SYS_ADMIN'],
        effective: ['CAP_KILL'],
        inheritable: [],
        permitted: ['CAP_KILL'],
        ambient: [],
      },
    },
    ['capabilities.bounding: the request lacks CAP_KILL; CAP_SYS_ADMIN not declared'],
  ],
  [
    'several things',
    { argList: ['/app', '--serve'], workingDir: '/', noNewPrivileges: false },
    [
      'command[2]: expected "--port=80", got nothing',
      'working_dir: expected "/srv", got "/"',
      'no_new_privileges: expected true, got false',
    ],
  ],
]

describe('a container that differs in one field is told from the declared one by', () => {
  test.each(CASES)('%s', (_title, change, lines) => {
    expect(explained(create(change))).toEqual([ONLY, ...lines.map((line) => `  ${line}`)])
  })
})

test('the parts of an explanation can be read by programs', () => {
  const decision = create({ argList: ['/app', '--serve', '--port=8080'] })
  expect(decision.allowed ? undefined : decision.reason.explanation).toEqual({
    faults: [],
    candidates: 1,
    nearest: {
      kind: 'container',
      where: 'containers[0]',
      name: undefined,
      mismatches: [
        {
          field: 'command[2]',
          text: 'command[2]: expected "--port=80", got "--port=8080"',
          expected: '--port=80',
          actual: '--port=8080',
        },
      ],
    },
    lines: [ONLY, '  command[2]: expected "--port=80", got "--port=8080"'],
  })
})

describe('what is wrong whichever container is meant', () => {
  test('device nodes', () => {
    expect(explained(create({ devices: [{ path: '/dev/kvm' }] }))[0]).toBe('devices: 1 asked for; no policy can allow any')
  })

  test('an ID that was used', () => {
    const decision = create({})
    const { containerID } = { containerID: containerId(count) }
    expect(decision.allowed).toBe(true)
    expect(explained(enforcer.createContainer({ ...REQUEST, containerID }))).toEqual([
      'containerID: a container with this ID was created before; an ID can be used once',
    ])
  })

  test('an ID without layers', () => {
    expect(explained(enforcer.createContainer({ ...REQUEST, containerID: 'none' }))).toEqual([
      'containerID: no layers were stacked for "none", or it was shut down: it can be no container of the policy',
    ])
  })
})

describe('several containers with the same layers', () => {
  test('the nearest is told by what it runs, and has the name its author gave it', async () => {
    const text = `package policy
api_version := "0.12.0"
framework_version := "0.5.0"
containers := ${JSON.stringify([
      { ...CONTAINER, name: 'worker', command: ['/worker'] },
      { ...CONTAINER, name: 'server' },
    ])}
mount_device := data.framework.mount_device
mount_overlay := data.framework.mount_overlay
create_container := data.framework.create_container
reason := data.framework.reason
`
    const several = await createEnforcer(text)
    mountLayers(several)
    const change = { workingDir: '/', noNewPrivileges: false, envList: ['PATH=/usr/bin', 'X=1'] }
    expect(explained(create(change, several))).toEqual([
      'nearest of 2 candidates: containers[1] (server)',
      '  working_dir: expected "/srv", got "/"',
      '  no_new_privileges: expected true, got false',
      '  env_rules: no rule accepts "X=<<redacted>>"',
    ])
  })

  test('those that fit and differ in stdio cannot be told apart', async () => {
    const several = await createEnforcer(policyOf([CONTAINER, { ...CONTAINER, allow_stdio_access: false }]))
    mountLayers(several)
    expect(explained(create({}, several))).toEqual([
      'allow_stdio_access: containers[0] and containers[1] both fit and differ in it, so the request cannot be decided',
    ])
  })

  test('those that would keep different variables cannot be told apart', async () => {
    const rule = (name: string): object => ({ pattern: `${name}=1`, strategy: 'string' })
    const containers = ['A', 'B'].map((name) => ({ ...CONTAINER, env_rules: [rule(name)] }))
    const several = await createEnforcer(policyOf(containers, { allow_environment_variable_dropping: true }))
    mountLayers(several)
    expect(explained(create({ envList: ['A=1', 'B=1'] }, several))).toEqual([
      'env_rules: containers[0] and containers[1] both fit and would keep different variables, so the request cannot be decided',
    ])
  })
})

describe('values of variables', () => {
  test('are shown where they were asked for', async () => {
    const open = await createEnforcer(policyOf([CONTAINER]), { explainEnvValues: true })
    mountLayers(open)
    expect(explained(create({ envList: ['PATH=/usr/bin', 'PORT=8080', 'X=1'] }, open))).toEqual([
      ONLY,
      '  env_rules[1]: expected "PORT=80" (string), got "PORT=8080"',
      '  env_rules: no rule accepts "X=1"',
    ])
  })

  test('are nowhere in an explanation otherwise', () => {
    const decision = create({
      envList: ['PATH=hunter2', 'PORT=hunter2', 'TLS_A=hunter2', 'hunter2_NAME=hunter3', 'OTHER=hunter3'],
    })
    const text = JSON.stringify(decision.allowed ? {} : decision.reason.explanation)
    expect(text).not.toMatch(/hunter3|=hunter2|"PORT=80"|on\|off/)
  })
})

describe('an explanation is no part of a decision', () => {
  test('it is not among the members of a reason, and is drawn once', () => {
    const decision = create({ workingDir: '/' })
    if (decision.allowed) throw new Error('allowed')
    expect(Object.keys(decision.reason)).not.toContain('explanation')
    expect(decision.reason.explanation).toBe(decision.reason.explanation)
  })

  test('it tells of the state that was refused, whatever came after, and leaves the state alone', () => {
    const early = enforcer.createContainer({ ...REQUEST, containerID: containerId(count + 1) })
    create({})
    const before = enforcer.stateText
    expect(explained(early)[0]).toMatch(/^containerID: no layers were stacked/)
    expect(enforcer.stateText).toBe(before)
    must(create({}))
  })

  test('a denial of a closed enforcer, of bad input and of an unknown point has its message for one', async () => {
    const closed = await createEnforcer(policyOf([]))
    expect(explained(closed.enforce('no_such_point', {}))).toEqual(['enforcement point rule no_such_point does not exist'])
    expect(explained(closed.enforce('create_container', []))).toEqual(['the input is not a JSON object'])
    closed.close()
    expect(explained(closed.getProperties())).toEqual(['the enforcer is closed'])
  })

  test('a policy that decides by rules of its own is said to', async () => {
    const text = `package policy
api_version := "0.12.0"
framework_version := "0.5.0"
containers := ${JSON.stringify([CONTAINER])}
mount_device := data.framework.mount_device
mount_overlay := data.framework.mount_overlay
create_container := {"allowed": false}
`
    const own = await createEnforcer(text)
    mountLayers(own)
    expect(explained(create({}, own))).toEqual(['containers[0] fits; the policy decides by rules of its own'])
  })

  test.each<[string, object]>([
    ['no members', {}],
    [
      'members of wrong types',
      { containerID: 7, argList: 'x', envList: 7, mounts: 'x', user: 1, groups: {}, capabilities: [], devices: {} },
    ],
    [
      'a member called __proto__',
      JSON.parse('{"containerID":"__proto__","envList":["__proto__=1"],"mounts":[{"__proto__":1}]}') as object,
    ],
    ['lone surrogates', { containerID: '\ud800', argList: ['\ud800'], envList: ['\ud800=\ud800'], mounts: [], devices: [] }],
  ])('an input with %s has an explanation too', (_title, input) => {
    expect(explained(enforcer.enforce('create_container', input)).length).toBeGreaterThan(0)
  })
})
