import { describe, expect, test } from 'vitest'
import { type AuditEvent, type Decision, createEnforcer } from '../../src/index.js'
import { CONTAINER, CREATE, EXEC, LAYERS, OTHER_ID, POLICY, literalPolicy, mountOverlay, startContainer } from './fixture.js'

describe('inputs of typed hooks', () => {
  test('the guest’s constants are filled in, and only where the agent gave none', async () => {
    const events: AuditEvent[] = []
    const guest = { readOnlyMountPathRegex: '/layers/[0-9]', rootPrefix: '/containers', umask: '0077' }
    const enforcer = await createEnforcer(POLICY, { guest, audit: (event) => events.push(event) })
    enforcer.mountDevice({ target: '/layers/1', deviceHash: LAYERS[0] as string })
    enforcer.mountDevice({ target: '/layers/2', deviceHash: LAYERS[0] as string, mountPathRegex: '/never' })
    enforcer.rwMountDevice({ target: '/x', encrypted: true, ensureFilesystem: true, filesystem: 'xfs' })
    enforcer.plan9Mount({ target: '/share' })
    enforcer.createContainer({ ...CREATE, umask: undefined as never })
    enforcer.execInContainer(EXEC)
    enforcer.createContainer({ ...CREATE, umask: '0000', sandboxDir: '/given', isSandboxContainer: true })
    const { sandboxID: _sandboxID, ...create } = CREATE
    expect(events.map(({ allowed, input }) => ({ allowed, ...input, envList: undefined }))).toMatchObject([
      { allowed: true, mountPathRegex: '/layers/[0-9]' },
      { allowed: false, mountPathRegex: '/never' },
      { allowed: false, mountPathRegex: '/run/gcs/c/[0-9a-fA-F]{64}' },
      { allowed: false, target: '/share', rootPrefix: '/containers', mountPathPrefix: '/mounts/m[0-9]+' },
      {
        allowed: false,
        ...create,
        envList: undefined,
        umask: '0077',
        devices: [],
        seccompProfileSHA256: '',
        isSandboxContainer: false,
        sandboxDir: `/containers/${OTHER_ID}/sandboxMounts`,
        hugePagesDir: `/containers/${OTHER_ID}/hugepages`,
      },
      { allowed: false, umask: '0077' },
      {
        allowed: false,
        umask: '0000',
        sandboxDir: '/given',
        hugePagesDir: `/containers/${OTHER_ID}/hugepages`,
        isSandboxContainer: true,
      },
    ])
    expect(events.some(({ input }) => 'sandboxID' in input)).toBe(false)
  })

  test('the raw question is put as it is', async () => {
    const events: AuditEvent[] = []
    const enforcer = await createEnforcer(POLICY, { audit: (event) => events.push(event) })
    enforcer.enforce('mount_device', { target: '/run/mounts/scsi/m0', deviceHash: LAYERS[0] })
    expect(events).toMatchObject([{ allowed: false, input: { target: '/run/mounts/scsi/m0', deviceHash: LAYERS[0] } }])
  })

  test('an unknown member is a fault only in strict mode', async () => {
    const surplus = { target: '/run/mounts/scsi/m0', deviceHash: LAYERS[0] as string, readOnly: true }
    expect((await createEnforcer(POLICY)).mountDevice(surplus).allowed).toBe(true)
    const strict = await createEnforcer(POLICY, { strict: true })
    expect(outcome(strict.mountDevice(surplus))).toBe(
      'input: the input of mountDevice is not valid: /: must NOT have additional properties (`readOnly`)',
    )
    expect(outcome(strict.createContainer({ ...CREATE, user: { ...CREATE.user, shell: '/bin/sh' } as never }))).toContain(
      '`shell`',
    )
    mountOverlay(strict)
    expect(strict.createContainer(CREATE).allowed).toBe(true)
  })

  test('a number of any size arrives with all its digits', async () => {
    const policy = literalPolicy({
      load_transparency_trust_list: '{"allowed": input.svn == 9007199254740993, "allowed_ledgers": ["one"]}',
    })
    const enforcer = await createEnforcer(policy)
    expect(enforcer.enforceText('load_transparency_trust_list', '{"svn": 9007199254740993}').allowed).toBe(true)
    expect(enforcer.enforceText('load_transparency_trust_list', '{"svn": 9007199254740992}').allowed).toBe(false)
  })
})

describe('what an allowed decision hands back', () => {
  const create = (result: string): Promise<Decision> =>
    decide('create_container', result, { envList: ['A=1', 'B=2', 'A=1'], capabilities: sets(['X', 'Y']) })
  const sets = (list: readonly string[]): object =>
    Object.fromEntries(['bounding', 'effective', 'inheritable', 'permitted', 'ambient'].map((kind) => [kind, list]))

  test.each([
    [
      'the request itself where the result says nothing',
      '{"allowed": true}',
      { envList: ['A=1', 'B=2', 'A=1'], capabilities: sets(['X', 'Y']), allowStdioAccess: false },
    ],
    ['nothing that the request did not have', '{"allowed": true, "env_list": ["B=2", "C=3"]}', { envList: ['B=2'] }],
    ['nothing at all for an empty list', '{"allowed": true, "env_list": []}', { envList: [] }],
    [
      'the capabilities that are kept, in the order of the request',
      `{"allowed": true, "caps_list": ${JSON.stringify(sets(['Z', 'Y', 'X']))}}`,
      { capabilities: sets(['X', 'Y']) },
    ],
    ['stdio access as the policy says', '{"allowed": true, "allow_stdio_access": true}', { allowStdioAccess: true }],
  ])('%s', async (_title, result, grant) => {
    expect(await create(result)).toMatchObject({ allowed: true, ...grant })
  })

  test.each([
    [
      '{"allowed": true, "env_list": "all"}',
      "policy returned incorrect type for 'env_list', expected []interface{}, received string",
    ],
    ['{"allowed": true, "env_list": [1]}', 'members of env_list from policy must be strings, received json.Number'],
    [
      '{"allowed": true, "caps_list": []}',
      "policy returned incorrect type for 'caps_list', expected map[string]interface{}, received []interface {}",
    ],
    [
      '{"allowed": true, "caps_list": {}}',
      'capability sets of caps_list from policy must be an array of interface{}, received <nil>',
    ],
    ['{"allowed": true, "allow_stdio_access": null}', "value for 'allow_stdio_access' is not a boolean"],
  ])('an ill-typed result refuses: %s', async (result, message) => {
    expect(outcome(await create(result))).toBe(`result_document: ${message}`)
  })

  test.each([
    ['{"allowed": "yes"}', "allowed_not_boolean: value for 'allowed' is not a boolean"],
    ['[]', 'result_type: unable to load results object from Rego query'],
    ['{}', 'missing_rule: rule for create_container is missing from policy'],
    ['{"allowed": true, "metadata": {}}', 'metadata_array: error loading metadata array: invalid type'],
    [
      '{"allowed": true, "metadata": [1]}',
      'metadata_operation: error loading metadata operation: unable to load metadata object',
    ],
    [
      '{"allowed": true, "metadata": [{"name": "t", "action": "grow", "key": "k", "value": 1}]}',
      'metadata_apply: error applying metadata operations: unrecognized metadata action: grow for map',
    ],
  ])('a result that is none refuses: %s', async (result, refused) => {
    expect(outcome(await create(result))).toBe(refused)
  })

  test('lists of log providers and of ledgers are narrowed', async () => {
    expect(
      await decide('log_provider', '{"allowed": true, "providers_to_keep": ["b", "x"]}', { providers: ['a', 'b'] }),
    ).toMatchObject({ providersToKeep: ['b'] })
    expect(outcome(await decide('log_provider', '{"allowed": true, "providers_to_keep": 1}', { providers: [] }))).toMatch(
      /^result_document/,
    )
    expect(outcome(await decide('load_transparency_trust_list', '{"allowed": true, "allowed_ledgers": []}', {}))).toBe(
      'result_document: transparency trust list carries no ledgers authorized by the policy',
    )
  })

  test('stdio access of a later process is what its container was created with', async () => {
    const policy = { ...POLICY, containers: [{ ...CONTAINER, allow_stdio_access: false }] }
    for (const [source, stdio] of [
      [POLICY, true],
      [policy, false],
    ] as const) {
      const enforcer = await createEnforcer(source)
      startContainer(enforcer)
      expect(enforcer.execInContainer(EXEC)).toMatchObject({ allowed: true, allowStdioAccess: stdio })
    }
  })

  test('variables are dropped where the policy lets them', async () => {
    const enforcer = await createEnforcer({ ...POLICY, allow_environment_variable_dropping: true })
    mountOverlay(enforcer)
    const envList = ['MODE=production', 'SECRET=1', 'PORT=x', 'PORT=1']
    expect(enforcer.createContainer({ ...CREATE, envList })).toMatchObject({
      allowed: true,
      envList: ['MODE=production', 'PORT=1'],
    })
  })
})

async function decide(point: string, result: string, input: object): Promise<Decision> {
  return (await createEnforcer(literalPolicy({ [point]: result }))).enforce(point, input)
}

function outcome(decision: Decision): string {
  return decision.allowed ? 'allowed' : `${decision.reason.code}: ${decision.reason.message}`
}
