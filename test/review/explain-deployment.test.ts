/** Refused deployments: what is told about them, and changes of the policy that were tried. */
import { describe, expect, test } from 'vitest'
import {
  type CcePolicy,
  type Decision,
  type Enforcer,
  type JsonObject,
  createEnforcer,
  encodeDenial,
  parsePolicy,
  policyToRego,
} from '../../src/index.js'
import { type DeploymentExplanation, explainDeployment } from '../../src/review/explain-deployment.js'
import { openPolicy } from '../../src/review/document.js'
import { type PolicyChange, withChange } from '../../src/review/suggest/patch.js'
import {
  CONTAINER,
  EXEC,
  REQUEST,
  SANDBOX,
  containerId,
  mountLayers,
  must,
  policyOf,
  stackLayers,
  devicePath,
  overlayOf,
} from '../support/containers.js'

const FLAGS = { allow_environment_variable_dropping: false, allow_capability_dropping: false }

interface Guard {
  readonly enforcer: Enforcer
  readonly forget: () => Promise<void>
  asked: JsonObject
}

/** Enforcers are made once for each policy, and forget everything in between. */
const guards = new Map<CcePolicy | string, Guard>()

async function guardOf(policy: CcePolicy | string): Promise<Guard> {
  const known = guards.get(policy)
  if (known !== undefined) {
    await known.forget()
    return known
  }
  const guard: Guard = {
    enforcer: await createEnforcer(policy, { auditEnvValues: true, audit: (event) => (guard.asked = event.input) }),
    forget: () => guard.enforcer.restore(fresh),
    asked: {},
  }
  const fresh = guard.enforcer.snapshot()
  guards.set(policy, guard)
  return guard
}

/** Asks, and gives the text of the error that a portal would show. */
async function refuse(policy: CcePolicy | string, ask: (enforcer: Enforcer) => Decision, maxLength = 0): Promise<string> {
  const guard = await guardOf(policy)
  const decision = ask(guard.enforcer)
  if (decision.allowed) throw new Error('allowed')
  return `deployment failed: ${encodeDenial(decision, guard.asked, { maxLength })} (see the docs)`
}

const create =
  (change: object): ((enforcer: Enforcer) => Decision) =>
  (enforcer) => {
    mountLayers(enforcer)
    stackLayers(enforcer, containerId(1))
    return enforcer.createContainer({ ...REQUEST, ...change })
  }

const exec =
  (change: object): ((enforcer: Enforcer) => Decision) =>
  (enforcer) => {
    must(create({})(enforcer))
    return enforcer.execInContainer({ ...EXEC, ...change })
  }

const only = (found: readonly DeploymentExplanation[]): DeploymentExplanation => {
  expect(found).toHaveLength(1)
  return found[0] as DeploymentExplanation
}

const patchOf = async (policy: CcePolicy, ask: (enforcer: Enforcer) => Decision): Promise<readonly object[] | undefined> => {
  const text = await refuse(policy, ask)
  return only(await explainDeployment(text, policy)).policy?.change?.jsonPatch.map(({ op, path, value }) => ({
    [`${op} ${path}`]: value,
  }))
}

const POLICY = policyOf([CONTAINER], FLAGS)

describe('a refused container', () => {
  test.each([
    ['another command', { argList: ['/app', '--port=1'] }, [{ 'replace /containers/0/command': ['/app', '--port=1'] }]],
    ['another directory', { workingDir: '/' }, [{ 'replace /containers/0/working_dir': '/' }]],
    ['new privileges', { noNewPrivileges: false }, [{ 'replace /containers/0/no_new_privileges': false }]],
    ['privileges', { privileged: true }, [{ 'replace /containers/0/allow_elevated': true }]],
    ['a profile', { seccompProfileSHA256: 'ab' }, [{ 'replace /containers/0/seccomp_profile_sha256': 'ab' }]],
    ['a umask', { umask: '0077' }, [{ 'replace /containers/0/user/umask': '0077' }]],
    [
      'a variable',
      { envList: ['PATH=/usr/bin', 'DEBUG=1'] },
      [{ 'add /containers/0/env_rules/-': { pattern: 'DEBUG=<value>', strategy: 'string', required: false } }],
    ],
    [
      'a variable with another value',
      { envList: ['PATH=/usr/bin', 'PORT=81'] },
      [{ 'add /containers/0/env_rules/-': { pattern: 'PORT=<value>', strategy: 'string', required: false } }],
    ],
    ['a missing variable', { envList: [] }, [{ 'replace /containers/0/env_rules/0/required': false }]],
    [
      'a mount of the sandbox',
      {
        mounts: [
          ...REQUEST.mounts,
          { destination: '/x', source: `/run/gcs/c/${SANDBOX}/sandboxMounts/a.b/c`, type: 'bind', options: ['rw'] },
        ],
      },
      [{ 'add /containers/0/mounts/-': { destination: '/x', source: 'sandbox:///a\\.b/c', type: 'bind', options: ['rw'] } }],
    ],
    [
      'a mount with other options',
      { mounts: REQUEST.mounts.map((mount) => ({ ...mount, options: ['ro'] })) },
      [
        {
          'add /containers/0/mounts/-': { destination: '/data', source: 'sandbox:///emptydir/v1', type: 'bind', options: ['ro'] },
        },
      ],
    ],
    [
      'other capabilities',
      { capabilities: { bounding: [], effective: ['CAP_KILL'], inheritable: [], permitted: ['CAP_KILL'], ambient: [] } },
      [{ 'replace /containers/0/capabilities/bounding': [] }],
    ],
    [
      'several things',
      { workingDir: '/', argList: ['/app'], noNewPrivileges: false },
      [
        { 'replace /containers/0/command': ['/app'] },
        { 'replace /containers/0/working_dir': '/' },
        { 'replace /containers/0/no_new_privileges': false },
      ],
    ],
  ])('for %s', async (_what, change, patch) => {
    expect(await patchOf(POLICY, create(change))).toEqual(patch)
  })

  test('for its user and groups', async () => {
    const user = {
      user_idname: { pattern: '1', strategy: 'id' },
      group_idnames: [{ pattern: '1', strategy: 'id' }],
      umask: '0022',
    }
    expect(await patchOf(policyOf([{ ...CONTAINER, user }], FLAGS), create({}))).toEqual([
      { 'replace /containers/0/user/user_idname': { pattern: '1000', strategy: 'id' } },
      { 'add /containers/0/user/group_idnames/-': { pattern: '1000', strategy: 'id' } },
    ])
  })

  test('where surplus capabilities are dropped', async () => {
    const none = { bounding: [], effective: [], inheritable: [], permitted: ['CAP_KILL'], ambient: [] }
    expect(await patchOf(policyOf([CONTAINER], { allow_capability_dropping: true }), create({ capabilities: none }))).toEqual([
      { 'replace /containers/0/capabilities/bounding': [] },
      { 'replace /containers/0/capabilities/effective': [] },
    ])
  })

  test('is told apart by the candidates that the decision names', async () => {
    const other = { ...CONTAINER, layers: ['c'.repeat(64)] }
    const text = await refuse(policyOf([other, CONTAINER], FLAGS), create({ workingDir: '/' }))
    const found = only(await explainDeployment(text, policyOf([other, CONTAINER], FLAGS)))
    expect(found.policy?.change?.jsonPatch).toEqual([{ op: 'replace', path: '/containers/1/working_dir', value: '/' }])
    expect(found.policy?.sameErrors).toBe(true)
  })

  test('because two candidates disagree on stdio', async () => {
    const policy = policyOf([CONTAINER, { ...CONTAINER, allow_stdio_access: false }], FLAGS)
    expect(await patchOf(policy, create({}))).toEqual([{ 'replace /containers/0/allow_stdio_access': false }])
  })

  test('for devices, which nothing allows', async () => {
    const device = { path: '/dev/x', type: 'c', major: 1, minor: 1, fileMode: 0, uid: 0, gid: 0 }
    const text = await refuse(POLICY, create({ devices: [device] }))
    const found = only(await explainDeployment(text, POLICY))
    expect(found.policy).toMatchObject({
      verdict: 'refused',
      sameErrors: true,
      notes: [expect.stringContaining('masked'), 'No change of the policy is known that allows exactly this.'],
    })
    expect(found.policy?.change).toBeUndefined()
  })
})

describe('other refusals', () => {
  const withExternal = policyOf([], {
    external_processes: [{ command: ['/bin/a'], env_rules: [], working_dir: '/', allow_stdio_access: false }],
  })
  const fragment = { issuer: 'did:x509:i', feed: 'f', minimum_svn: '7', includes: ['containers'] }
  test.each<[string, CcePolicy, (enforcer: Enforcer) => Decision, readonly object[]]>([
    [
      'another process in a container',
      POLICY,
      exec({ argList: ['sh'] }),
      [{ 'add /containers/0/exec_processes/-': { command: ['sh'], signals: [] } }],
    ],
    [
      'a signal',
      POLICY,
      (enforcer) => {
        must(create({})(enforcer))
        return enforcer.signalContainerProcess({
          containerID: containerId(1),
          signal: 2,
          isInitProcess: true,
          argList: CONTAINER.command,
        })
      },
      [{ 'add /containers/0/signals/-': 2 }],
    ],
    [
      'a signal to a process',
      POLICY,
      (enforcer) => {
        must(create({})(enforcer))
        return enforcer.signalContainerProcess({
          containerID: containerId(1),
          signal: 2,
          isInitProcess: false,
          argList: ['/app', '--health'],
        })
      },
      [{ 'add /containers/0/exec_processes/0/signals/-': 2 }],
    ],
    ['a flag', POLICY, (enforcer) => enforcer.dumpStacks(), [{ 'replace /allow_dump_stacks': true }]],
    [
      'unencrypted scratch space',
      POLICY,
      (enforcer) => enforcer.scratchMount({ target: '/s', encrypted: false }),
      [{ 'replace /allow_unencrypted_scratch': true }],
    ],
    [
      'a process of the utility VM',
      withExternal,
      (enforcer) => enforcer.execExternal({ argList: ['/bin/b'], envList: [], workingDir: '/' }),
      [{ 'add /external_processes/-': { command: ['/bin/b'], env_rules: [], working_dir: '/', allow_stdio_access: false } }],
    ],
    [
      'its directory',
      withExternal,
      (enforcer) => enforcer.execExternal({ argList: ['/bin/a'], envList: [], workingDir: '/tmp' }),
      [{ 'replace /external_processes/0/working_dir': '/tmp' }],
    ],
    [
      'an old fragment',
      policyOf([], { fragments: [fragment] }),
      (enforcer) =>
        enforcer.loadFragment({
          issuer: 'did:x509:i',
          feed: 'f',
          namespace: 'x',
          fragment_loaded: false,
          has_header_svn: true,
          header_svn: 6,
          receipts: [],
        }),
      [{ 'replace /fragments/0/minimum_svn': '6' }],
    ],
    [
      'an unknown fragment',
      policyOf([], { fragments: [fragment] }),
      (enforcer) =>
        enforcer.loadFragment({
          issuer: 'did:x509:i',
          feed: 'g',
          namespace: 'x',
          fragment_loaded: false,
          has_header_svn: true,
          header_svn: 6,
          receipts: [],
        }),
      [{ 'add /fragments/-': { issuer: 'did:x509:i', feed: 'g', minimum_svn: '6', includes: ['containers'] } }],
    ],
  ])('%s', async (_what, policy, ask, patch) => {
    expect(await patchOf(policy, ask)).toEqual(patch)
  })

  test('a rule that is missing', async () => {
    const policy = policyToRego(POLICY).replace(/^get_properties .*\n/m, '')
    const text = await refuse(policy, (enforcer) => enforcer.getProperties())
    const found = only(
      await explainDeployment(text, policy.replace('allow_properties_access := false', 'allow_properties_access := true')),
    )
    expect(found.says).toEqual([
      'The policy has no rule for `get_properties`, or an empty one, although its `api_version` knows the point.',
    ])
    expect(found.policy?.change).toMatchObject({ jsonPatch: [], rego: ['get_properties := data.framework.get_properties'] })
  })

  test('a rule that an older policy does not have', async () => {
    const older = policyToRego(POLICY)
      .replace('"0.12.0"', '"0.11.0"')
      .replace(/^host_network .*\n/m, '')
    const text = await refuse(older, (enforcer) => enforcer.hostNetwork())
    expect(only(await explainDeployment(text, older)).policy?.change).toMatchObject({
      jsonPatch: [{ op: 'replace', path: '/allow_host_network', value: true }],
      rego: ['host_network := data.framework.host_network', 'allow_host_network := true'],
    })
  })

  test('an unknown layer, for which no change is known', async () => {
    const text = await refuse(POLICY, (enforcer) =>
      enforcer.mountDevice({ target: '/run/mounts/scsi/m0', deviceHash: 'f'.repeat(64) }),
    )
    const found = only(await explainDeployment(text, POLICY))
    expect(found.says).toEqual([
      `No container of the policy has this layer: "${'f'.repeat(64)}". The image is another one than the policy was made for.`,
    ])
    expect(found.policy).toMatchObject({ verdict: 'refused', notes: [expect.stringContaining('a layer belongs to an image')] })
  })

  test('what this policy allows', async () => {
    const text = await refuse(POLICY, create({ workingDir: '/' }))
    const found = only(await explainDeployment(text, policyOf([{ ...CONTAINER, working_dir: '/' }], FLAGS)))
    expect(found.policy).toMatchObject({ verdict: 'allowed' })
    expect(found.policy?.change).toBeUndefined()
  })

  test.each<[string, (enforcer: Enforcer) => Decision, readonly string[]]>([
    [
      'an overlay, whose layers the message does not have',
      (enforcer) => {
        mountLayers(enforcer)
        return enforcer.mountOverlay({ ...overlayOf(containerId(1)), layerPaths: [devicePath(0), devicePath(1)] })
      },
      [expect.stringContaining('not their hashes') as string, 'Containers with 2 layers: containers[0].'],
    ],
    [
      'a container without layers',
      (enforcer) => enforcer.createContainer(REQUEST),
      [expect.stringContaining('No layers were stacked for this container ID') as string],
    ],
    [
      'something that is not mounted',
      (enforcer) => enforcer.unmountDevice({ unmountTarget: '/x' }),
      ['No change of the policy helps: what is to be unmounted has to be mounted.'],
    ],
  ])('%s', async (_what, ask, differences) => {
    const text = await refuse(POLICY, ask)
    expect(only(await explainDeployment(text, POLICY)).policy).toMatchObject({ verdict: 'unknown', differences })
  })

  test('a container that this policy does not have', async () => {
    const text = await refuse(POLICY, create({ workingDir: '/' }))
    expect(only(await explainDeployment(text, policyOf([], FLAGS))).policy).toMatchObject({
      verdict: 'unknown',
      differences: [expect.stringContaining('are not in this policy')],
    })
  })
})

describe('a change', () => {
  test('is as small as can be: without any part of it the request is refused', async () => {
    const ask = create({ argList: ['/app'], workingDir: '/', envList: ['PATH=/usr/bin', 'PORT=80'], noNewPrivileges: false })
    const text = await refuse(POLICY, ask)
    const change = only(await explainDeployment(text, POLICY)).policy?.change
    const steps = (change?.jsonPatch ?? []).map(({ op, path, value }): PolicyChange => ({
      op,
      value,
      path: path
        .slice(1)
        .split('/')
        .map((step) => (/^[0-9]+$/.test(step) ? Number(step) : step)),
    }))
    expect(steps).toHaveLength(3)
    const apply = (changes: readonly PolicyChange[]): string =>
      changes.reduce((opened, one) => withChange(opened, one) ?? opened, openPolicy(POLICY)).text
    expect(apply(steps)).toBe(change?.changedRego)
    expect(ask(await createEnforcer(apply(steps))).allowed).toBe(true)
    for (const left of steps) expect(ask(await createEnforcer(apply(steps.filter((one) => one !== left)))).allowed).toBe(false)
  })

  test('is written for the document that was given, which may leave out what has a default', async () => {
    const { command, layers, user, working_dir, env_rules, capabilities } = CONTAINER
    const authored = { containers: [{ command, layers, user, working_dir, env_rules, capabilities }] }
    const policy = parsePolicy(authored)
    const text = await refuse(policy, create({ privileged: true }))
    const change = only(await explainDeployment(text, JSON.stringify(authored))).policy?.change
    expect(change?.jsonPatch).toEqual([
      { op: 'add', path: '/containers/0/allow_elevated', value: true },
      {
        op: 'add',
        path: '/containers/0/mounts',
        value: [{ destination: '/data', source: 'sandbox:///emptydir/v1', type: 'bind', options: ['rbind', 'rshared', 'rw'] }],
      },
    ])
    const [elevated, mounts] = change?.jsonPatch ?? []
    const patched = { containers: [{ ...authored.containers[0], allow_elevated: elevated?.value, mounts: mounts?.value }] }
    expect(policyToRego(parsePolicy(patched))).toBe(change?.changedRego)
    const flag = only(
      await explainDeployment(await refuse(policy, (enforcer) => enforcer.dumpStacks()), JSON.stringify(authored)),
    )
    expect(flag.policy?.change?.jsonPatch).toEqual([{ op: 'add', path: '/allow_dump_stacks', value: true }])
  })

  test('tells what it opens', async () => {
    const text = await refuse(POLICY, exec({ argList: ['sh'] }))
    const change = only(await explainDeployment(text, POLICY)).policy?.change
    expect(change?.effects.map(({ effect, where }) => `${effect} ${where}`)).toEqual(['wider containers[0].exec_processes[1]'])
    expect(change?.findings.map(({ code }) => code)).toEqual(['exec-shell'])
  })

  test('of a message that is cut behind the request, the request is enough', async () => {
    const text = await refuse(POLICY, create({ workingDir: '/opt' }))
    const base64 = /policyDecision< ([A-Za-z0-9+/=]+)/.exec(text)?.[1] ?? ''
    const document = Buffer.from(base64, 'base64').toString()
    const upTo = (end: number): string => `policyDecision< ${Buffer.from(document.slice(0, end)).toString('base64')}`
    const reason = document.indexOf('"reason":{')
    const known = only(await explainDeployment(upTo(reason + 60), POLICY))
    expect([known.isCut, known.says, known.policy?.change?.jsonPatch]).toEqual([
      true,
      [],
      [{ op: 'replace', path: '/containers/0/working_dir', value: '/opt' }],
    ])
    const unknown = only(await explainDeployment(upTo(reason - 20), POLICY))
    expect([unknown.isCut, unknown.policy?.verdict]).toEqual([true, 'unknown'])
  })

  test('tells that a container is created under what a change for one of its processes changes', async () => {
    const notesOf = async (change: object): Promise<readonly string[] | undefined> =>
      only(await explainDeployment(await refuse(POLICY, exec(change)), POLICY)).policy?.notes
    const note = 'The container itself is created under what changes here: that request has to fit it, too.'
    expect(await notesOf({ workingDir: '/opt' })).toContain(note)
    expect(await notesOf({ argList: ['sh'] })).not.toContain(note)
  })

  test('changes nothing else of the text', async () => {
    const policy = `# ours\n${policyToRego(POLICY).replace('"working_dir": "/srv",', '"working_dir":   "/srv" , # here')}`
    const text = await refuse(policy, create({ workingDir: '/opt' }))
    expect(only(await explainDeployment(text, policy)).policy?.change?.changedRego).toBe(
      policy.replace('"working_dir":   "/srv" ,', '"working_dir":   "/opt" ,'),
    )
  })
})

describe('a message that was too long', () => {
  test('keeps its reasons, and what the policy declares is told', async () => {
    const text = await refuse(POLICY, create({ argList: ['/app'], envList: ['PATH=/usr/bin', 'DEBUG=1'] }), 400)
    const found = only(await explainDeployment(`container creation denied due to policy: ${text}`, POLICY))
    expect(found.point).toBe('create_container')
    expect(found.decision.truncated).toEqual(['reason.error_objects', 'input'])
    expect(found.says).toContain('The message was too long; the guest left out: reason.error_objects, input.')
    expect(found.policy).toMatchObject({
      verdict: 'unknown',
      differences: [
        'The message was cut, and the request is not in it: only the reasons above are known.',
        'containers[0].command: /app --serve --port=80',
        'no rule is about the variable "DEBUG" by name',
      ],
    })
  })
})

test('a text without a decision explains nothing', async () => {
  expect(await explainDeployment('QuotaExceeded', POLICY)).toEqual([])
})
