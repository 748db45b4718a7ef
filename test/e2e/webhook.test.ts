/** `examples/webhook`: a real HTTPS client posts reviews as an API server does. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { type Server, request as send } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parsePolicy, policyToRego } from '../../src/index.js'
import { POLICY_ANNOTATION, checkPod } from '../../examples/webhook/check-pod.js'
import { Field, type Json } from '../../examples/webhook/json.js'
import { PolicyCache } from '../../examples/webhook/policy-cache.js'
import { createWebhook } from '../../examples/webhook/server.js'
import { selfSigned } from '../support/self-signed.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tls = selfSigned()
const MAX_BODY_BYTES = 200_000

const ANY = { pattern: '', strategy: 'any' }
const POLICY = {
  containers: [
    {
      command: ['/usr/bin/web', '--port=80'],
      env_rules: [
        { pattern: 'PATH=/usr/bin', strategy: 'string', required: true },
        { pattern: 'MODE=prod', strategy: 'string' },
        { pattern: 'TOKEN=.+', strategy: 're2' },
        { pattern: 'LEVEL=[0-9]{3}', strategy: 're2' },
        { pattern: 'NUMBER=80', strategy: 'string' },
      ],
      layers: ['b'.repeat(64), '7'.repeat(64)],
      mounts: [
        { destination: '/data', source: 'sandbox:///tmp/atlas/emptydir/.+', type: 'bind', options: ['rbind', 'rshared', 'rw'] },
        {
          destination: '/etc/config',
          source: 'sandbox:///tmp/atlas/emptydir/.+',
          type: 'bind',
          options: ['rbind', 'rshared', 'ro'],
        },
        { destination: '/share', source: 'plan9://', type: 'bind', options: ['rbind', 'rshared', 'rw'] },
      ],
      exec_processes: [{ command: ['/usr/bin/web', '--health'], signals: [] }],
      signals: [15],
      user: {
        user_idname: { pattern: '1000', strategy: 'id' },
        group_idnames: [{ pattern: 'app', strategy: 'name' }],
        umask: '0022',
      },
      capabilities: null,
      working_dir: '/srv',
      allow_stdio_access: true,
    },
    {
      command: ['/bin/sidecar'],
      env_rules: [],
      layers: ['5'.repeat(64)],
      user: { user_idname: ANY, group_idnames: [ANY], umask: '0022' },
      capabilities: {},
      working_dir: '/',
      no_new_privileges: false,
    },
  ],
}

const toBase64 = (text: string): string => Buffer.from(text).toString('base64')
const ANNOTATION = toBase64(policyToRego(parsePolicy(POLICY)))

const WEB = {
  name: 'web',
  image: 'registry.example/web:1',
  command: ['/usr/bin/web'],
  args: ['--port=80'],
  env: [{ name: 'MODE', value: 'prod' }],
  volumeMounts: [{ name: 'data', mountPath: '/data' }],
  livenessProbe: { exec: { command: ['/usr/bin/web', '--health'] } },
  securityContext: { runAsUser: 1000, allowPrivilegeEscalation: false },
}

function pod(containers: readonly object[], more: { annotations?: object; spec?: object } = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop', annotations: more.annotations ?? { [POLICY_ANNOTATION]: ANNOTATION } },
    spec: {
      volumes: [
        { name: 'data', emptyDir: {} },
        { name: 'config', configMap: { name: 'c' } },
      ],
      containers,
      ...more.spec,
    },
  }
}

const web = (change: object = {}): object => ({ ...WEB, ...change })

function review(object: unknown, change: object = {}): string {
  return JSON.stringify({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      kind: { group: '', version: 'v1', kind: 'Pod' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      operation: 'CREATE',
      userInfo: { username: 'admin' },
      object,
      ...change,
    },
  })
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let server: Server

beforeAll(async () => {
  server = createWebhook({ tls, maxBodyBytes: MAX_BODY_BYTES })
  await once(server.listen(0, 'localhost'), 'listening')
})

afterAll(() => server.close())

function post(
  body: string | Buffer,
  options: { method?: string; path?: string; headers?: Record<string, string>; port?: number } = {},
): Promise<Answer> {
  const {
    method = 'POST',
    path = '/validate?timeout=10s',
    headers = { 'content-type': 'application/json' },
    port = (server.address() as AddressInfo).port,
  } = options
  return new Promise((resolve, reject) => {
    const request = send({ host: 'localhost', port, path, method, headers, ca: tls.cert }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
    request.on('error', reject).end(body)
  })
}

/** What the webhook decides on a pod. */
async function judged(
  object: unknown,
  change: object = {},
): Promise<{ allowed: boolean; code: number; lines: readonly string[]; warnings: readonly string[] }> {
  const answer = await post(review(object, change))
  expect({ status: answer.status, type: answer.headers['content-type'] }).toEqual({ status: 200, type: 'application/json' })
  const { response, ...rest } = JSON.parse(answer.body) as {
    response: { uid: string; allowed: boolean; status: { code: number; message: string }; warnings?: string[] }
  }
  expect(rest).toEqual({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' })
  expect(response.uid).toBe('705ab4f5-6393-11e8-b7cc-42010a800002')
  return {
    allowed: response.allowed,
    code: response.status.code,
    lines: response.status.message.split('\n'),
    warnings: response.warnings ?? [],
  }
}

const WEB_CALLED = 'container "web" (image registry.example/web:1)'

describe('a pod whose containers all can pass', () => {
  test('is let in, and what was not in it is said', async () => {
    expect(await judged(pod([web()]))).toEqual({
      allowed: true,
      code: 200,
      lines: ['every container can pass the policy'],
      warnings: [
        'the image’s PATH',
        'the image’s working directory',
        'the source of the mount at /data',
        'the name of the group',
        'the image’s group',
      ].map((what) => `${WEB_CALLED}: not in the pod, taken from the policy: ${what}`),
    })
  })

  test.each<[string, object]>([
    ['with a sidecar that says nothing', pod([web(), { name: 'side', image: 's' }])],
    ['with an init container', pod([web()], { spec: { initContainers: [{ name: 'side', command: ['/bin/sidecar'] }] } })],
    ['twice the same', pod([web(), web({ name: 'other' })])],
    ['with a variable in its command', pod([web({ args: ['--port=$(NUMBER)'], env: [{ name: 'NUMBER', value: '80' }] })])],
    ['with arguments only', pod([web({ command: undefined })])],
    ['with neither command nor arguments', pod([web({ command: undefined, args: undefined })])],
    [
      'with a value from a secret',
      pod([web({ env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] })]),
    ],
    [
      'with a value that cannot be guessed',
      pod([web({ env: [{ name: 'LEVEL', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] })]),
    ],
    ['with variables that are not known', pod([web({ envFrom: [{ secretRef: { name: 's' } }] })])],
    ['with a config map', pod([web({ volumeMounts: [{ name: 'config', mountPath: '/etc/config' }] })])],
    ['with a share of the host', pod([web({ volumeMounts: [{ name: 'data', mountPath: '/share' }] })])],
    [
      'with a user set for the whole pod',
      pod([web({ securityContext: { allowPrivilegeEscalation: false } })], { spec: { securityContext: { runAsUser: 1000 } } }),
    ],
    [
      'with a seccomp profile',
      pod([web({ securityContext: { ...WEB.securityContext, seccompProfile: { type: 'RuntimeDefault' } } })]),
    ],
  ])('%s', async (_title, object) => {
    expect(await judged(object)).toMatchObject({ allowed: true, lines: ['every container can pass the policy'] })
  })

  test('under an open door, with a warning', async () => {
    const annotations = { [POLICY_ANNOTATION]: toBase64(policyToRego({ kind: 'open_door' })) }
    expect(await judged(pod([web()], { annotations }))).toMatchObject({
      allowed: true,
      warnings: ['the policy is an open door: it allows everything'],
    })
  })
})

describe('a pod with a container that cannot pass is refused, with what differs', () => {
  const NEAREST = '  nearest of 2 candidates: containers[0]'

  test.each<[string, object, readonly string[]]>([
    ['another argument', { args: ['--port=8080'] }, ['command[1]: expected "--port=80", got "--port=8080"']],
    [
      'a variable of another name',
      { env: [{ name: 'DEBUG', value: 'hunter2' }] },
      ['env_rules: no rule accepts "DEBUG=<<redacted>>"'],
    ],
    [
      'a variable of another value',
      { env: [{ name: 'MODE', value: 'dev' }] },
      ['env_rules[1]: "MODE=<<redacted>>" has another value than the rule "MODE=<<redacted>>" (string)'],
    ],
    [
      'a secret that no rule names',
      { env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] },
      ['env_rules: no rule accepts "KEY=<<redacted>>"'],
    ],
    ['another directory', { workingDir: '/' }, ['working_dir: expected "/srv", got "/"']],
    [
      'a mount that is not declared',
      { volumeMounts: [{ name: 'data', mountPath: '/host' }] },
      ['mounts: none is declared at "/host" (source "unknown", type "bind")'],
    ],
    [
      'a mount that may be written to',
      { volumeMounts: [{ name: 'data', mountPath: '/etc/config' }] },
      ['mounts[1].options: expected ["rbind","rshared","ro"], got ["rbind","rshared","rw"]'],
    ],
    [
      'privileges',
      { securityContext: { ...WEB.securityContext, privileged: true } },
      ['allow_elevated: false, but a privileged container was asked for'],
    ],
    [
      'privileges that may grow',
      { securityContext: { ...WEB.securityContext, allowPrivilegeEscalation: true } },
      ['no_new_privileges: expected true, got false'],
    ],
    [
      'another user',
      { securityContext: { ...WEB.securityContext, runAsUser: 0 } },
      ['user.user_idname: expected id "1000", got id "0"'],
    ],
    [
      'capabilities',
      { securityContext: { ...WEB.securityContext, capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] } } },
      ['bounding', 'effective', 'permitted'].map(
        (kind) =>
          expect.stringMatching(
            new RegExp(`^capabilities\\.${kind}: the request lacks CAP_CHOWN, .*; CAP_SYS_ADMIN not declared$`),
          ) as string,
      ),
    ],
    [
      'a probe that may not run',
      { livenessProbe: { exec: { command: ['/bin/sh', '-c', 'true'] } } },
      [
        'livenessProbe: exec_processes[0].command[0]: expected "/usr/bin/web", got "/bin/sh"',
        'livenessProbe: exec_processes[0].command[1]: expected "--health", got "-c"',
        'livenessProbe: exec_processes[0].command[2]: expected nothing, got "true"',
      ],
    ],
  ])('%s', async (_title, change, lines) => {
    expect(await judged(pod([web(change)]))).toEqual({
      allowed: false,
      code: 403,
      lines: [
        `${WEB_CALLED} cannot pass the policy`,
        NEAREST,
        ...lines.map((line) => (typeof line === 'string' ? `    ${line}` : expect.stringContaining('capabilities'))),
      ],
      warnings: [],
    })
  })

  test('also where another container passes, and in init and ephemeral containers', async () => {
    const { allowed, lines } = await judged(
      pod([web()], {
        spec: {
          initContainers: [{ name: 'setup', command: ['/bin/setup'] }],
          ephemeralContainers: [{ name: 'debug', image: 'busybox', command: ['sh'] }],
        },
      }),
    )
    expect(allowed).toBe(false)
    expect(lines.filter((line) => !line.startsWith(' '))).toEqual([
      'container "setup" cannot pass the policy',
      'container "debug" (image busybox) cannot pass the policy',
    ])
  })

  test('the network of the host', async () => {
    expect(await judged(pod([web()], { spec: { hostNetwork: true } }))).toMatchObject({
      allowed: false,
      lines: ['hostNetwork cannot be had under the policy', '  allow_host_network: not set by the policy'],
    })
  })

  test('with a word about fragments where the policy admits some', async () => {
    const policy = parsePolicy({
      ...POLICY,
      fragments: [{ issuer: 'did:x509:i', feed: 'f', minimum_svn: '1', includes: ['containers'] }],
    })
    const annotations = { [POLICY_ANNOTATION]: toBase64(policyToRego(policy)) }
    expect((await judged(pod([{ name: 'x', command: ['x'] }], { annotations }))).lines.at(-1)).toBe(
      'containers that come with a fragment are not known here',
    )
  })
})

describe('a pod that cannot be judged is refused', () => {
  const annotated = (text: string): object => pod([web()], { annotations: { [POLICY_ANNOTATION]: text } })

  test.each<[string, unknown, object, number, RegExp]>([
    [
      'no policy',
      pod([web()], { annotations: {} }),
      {},
      403,
      /^the pod has no policy: annotation microsoft\.containerinstance\.virtualnode\.ccepolicy is missing$/,
    ],
    ['a policy that is no base64', annotated('not base64 at all!'), {}, 403, /^the pod’s policy does not load: /],
    [
      'a policy that is cut off',
      annotated(ANNOTATION.slice(0, 101)),
      {},
      403,
      /^the pod’s policy does not load: the policy looks like base64/,
    ],
    [
      'a policy that does not compile',
      annotated(toBase64('package policy\n\nx := undefined_function(1)\n')),
      {},
      403,
      /^the pod’s policy does not load: .*undefined_function/s,
    ],
    [
      'a policy that computes its containers',
      annotated(toBase64('package policy\n\ncontainers := [c | c := data.x[_]]\n')),
      {},
      422,
      /computes its containers/,
    ],
    [
      'a policy without containers',
      annotated(toBase64('package policy\n\napi_version := "0.12.0"\n')),
      {},
      403,
      /the policy declares no containers/,
    ],
    ['no containers', pod([]), {}, 422, /^pod\.spec\.containers: the pod has no containers$/],
    ['no spec', { metadata: {} }, {}, 422, /^pod\.spec\.containers: /],
    ['containers that are no list', pod({ a: 1 } as never), {}, 422, /^pod\.spec\.containers: expected a list, found a object$/],
    ['a container that is text', pod(['web'] as never), {}, 422, /^pod\.spec\.containers\[0\]/],
    [
      'a command that is text',
      pod([web({ command: 'web' })]),
      {},
      422,
      /^pod\.spec\.containers\[0\]\.command: expected a list, found a string$/,
    ],
    [
      'a user with a fraction',
      pod([web({ securityContext: { runAsUser: 0.5 } })]),
      {},
      422,
      /runAsUser: expected a whole number/,
    ],
    [
      'an annotation that is a number',
      pod([web()], { annotations: { [POLICY_ANNOTATION]: 7 } }),
      {},
      422,
      /ccepolicy: expected text/,
    ],
    [
      'another kind',
      pod([web()]),
      { kind: { group: 'apps', version: 'v1', kind: 'Deployment' } },
      422,
      /^only pods are judged, not apps\/v1\/Deployment$/,
    ],
    ['another operation', pod([web()]), { operation: 'CONNECT' }, 422, /^only CREATE and UPDATE are judged, not CONNECT$/],
    ['no object', null, {}, 422, /^the review has no object$/],
    ['an object that is a list', [1], {}, 422, /^pod: expected an object, found a list$/],
  ])('%s', async (_title, object, change, code, message) => {
    const { allowed, code: found, lines } = await judged(object, change)
    expect({ allowed, code: found }).toEqual({ allowed: false, code })
    expect(lines.join('\n')).toMatch(message)
  })
})

describe('what is no review is an HTTP error', () => {
  const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

  test.each<[string, string | Buffer, Parameters<typeof post>[1], number, RegExp]>([
    ['no JSON', '{', { headers: JSON_TYPE }, 400, /not JSON/],
    ['nothing', '', {}, 400, /not JSON/],
    ['a list', '[]', {}, 400, /expected an object/],
    [
      'an older version',
      review({}).replace('admission.k8s.io/v1', 'admission.k8s.io/v1beta1'),
      {},
      400,
      /expected an AdmissionReview of admission\.k8s\.io\/v1/,
    ],
    ['a review without a request', '{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}', {}, 400, /review\.request/],
    ['a request without an ID', review({}, { uid: undefined }), {}, 400, /review\.request\.uid/],
    [
      'a response',
      '{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"1","allowed":true}}',
      {},
      400,
      /review\.request/,
    ],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400, /not UTF-8/],
    ['a body that is too long', `"${'x'.repeat(MAX_BODY_BYTES)}"`, {}, 413, /at most 200000 bytes/],
    [
      'a body that is too long and does not say so',
      `"${'x'.repeat(MAX_BODY_BYTES)}"`,
      { headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' } },
      413,
      /at most 200000 bytes/,
    ],
    ['another method', '', { method: 'GET' }, 405, /posted/],
    ['another path', review({}), { path: '/mutate' }, 404, /nothing here/],
    ['another type', review({}), { headers: { 'content-type': 'text/plain' } }, 415, /application\/json/],
    ['deep nesting', '['.repeat(90_000), {}, 400, /not JSON/],
  ])('%s', async (_title, body, options, status, message) => {
    const answer = await post(body, options)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatch(message)
    expect(answer.body).not.toContain('"allowed":true')
  })

  test('and the server goes on', async () => {
    expect(await post('', { method: 'GET', path: '/healthz' })).toMatchObject({ status: 200, body: 'ok\n' })
    expect((await judged(pod([web()]))).allowed).toBe(true)
  })
})

describe('loaded policies', () => {
  const texts = ['a', 'b', 'c'].map((name) => toBase64(`package policy\n\n# ${name}\napi_version := "0.12.0"\n`))
  const [a = '', b = '', c = ''] = texts

  test('are kept as long as they are among the last that were asked for', async () => {
    const policies = new PolicyCache(2)
    const first = policies.get(a)
    const second = policies.get(b)
    expect(policies.get(a)).toBe(first)
    void policies.get(c)
    expect(policies.count).toBe(2)
    expect(policies.get(a)).toBe(first)
    expect(policies.get(b)).not.toBe(second)
    expect(policies.count).toBe(2)
    expect((await first).enforcer).not.toBe((await second).enforcer)
    await expect(policies.get('not a policy')).rejects.toThrow()
    await expect(policies.get('not a policy')).rejects.toThrow()
  })

  test('remember nothing of the pods before', async () => {
    const policies = new PolicyCache()
    const { enforcer } = await policies.get(ANNOTATION)
    const before = enforcer.stateText
    const pods = [pod([web()]), pod([web()]), pod([web({ args: ['--port=1'] })]), pod([web()])]
    const verdicts = await Promise.all(
      pods.map((one) => checkPod(new Field(JSON.parse(JSON.stringify(one)) as Json, 'pod'), { policies })),
    )
    expect(enforcer.stateText).toBe(before)
    expect(policies.count).toBe(1)
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, false, true])
    expect(verdicts[3]).toEqual(verdicts[0])
  })
})

test('many reviews at once do not mix', async () => {
  const pods = Array.from({ length: 6 }, (_, at) => pod([web(at % 2 === 0 ? {} : { args: [`--port=${at}`] })]))
  const answers = await Promise.all(pods.map((one) => judged(one)))
  expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, true, false, true, false])
})

describe('the program', () => {
  test('reads another annotation, lets pods without a policy in if it is told to, and stops when asked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cce-webhook-'))
    try {
      await Promise.all([writeFile(join(folder, 'tls.crt'), tls.cert), writeFile(join(folder, 'tls.key'), tls.key)])
      const args = [
        '--cert',
        join(folder, 'tls.crt'),
        '--key',
        join(folder, 'tls.key'),
        '--port',
        '0',
        '--annotation',
        'example/policy',
        '--allow-without-policy',
      ]
      const program = spawn(process.execPath, ['--import', 'tsx', join(root, 'examples/webhook/main.ts'), ...args], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [line] = (await once(program.stdout.setEncoding('utf8'), 'data')) as [string]
      const port = Number(/judging pods on port (\d+)/.exec(line)?.[1])
      const decide = async (annotations: object): Promise<boolean> =>
        (
          JSON.parse((await post(review(pod([{ name: 'x', command: ['x'] }], { annotations })), { port })).body) as {
            response: { allowed: boolean }
          }
        ).response.allowed
      expect(await decide({ [POLICY_ANNOTATION]: ANNOTATION })).toBe(true)
      expect(await decide({ 'example/policy': ANNOTATION })).toBe(false)
      program.kill('SIGTERM')
      expect(await once(program, 'exit')).toEqual([0, null])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

test('the manifest registers the path that is served', async () => {
  const manifest = parse(await readFile(join(root, 'examples/webhook/manifest.yaml'), 'utf8')) as {
    webhooks: { failurePolicy: string; clientConfig: { service: { path: string } } }[]
  }
  expect(manifest.webhooks[0]).toMatchObject({ failurePolicy: 'Fail', clientConfig: { service: { path: '/validate' } } })
})
