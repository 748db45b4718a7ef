import { describe, expect, test } from 'vitest'
import { decide } from '../../src/enforce/decide.js'
import type { FragmentModule, PolicyEngine } from '../../src/enforce/engine.js'
import { inAuthorsText } from '../../src/enforce/fragment-errors.js'
import type { LoadFragmentGrant } from '../../src/enforce/inputs.js'
import { loadFragment } from '../../src/enforce/load-fragment.js'
import { Session } from '../../src/enforce/session.js'
import { type Decision, type Enforcer, type Location, RegoCompileError, createEnforcer } from '../../src/index.js'
import { CONTAINER, CONTAINER_ID, FEED, ISSUER, LAYERS, POLICY, literalPolicy } from './fixture.js'

const HASH = 'f'.repeat(64)
const offer = { issuer: ISSUER, feed: FEED, headerSvn: 2 }
const other = { issuer: ISSUER, feed: 'example.com/nested', headerSvn: 1 }

/** A fragment that declares one container, and perhaps more. */
function fragmentText(namespace: string, more = '', layer: string = HASH): string {
  const container = JSON.stringify({ ...CONTAINER, layers: [layer] })
  return `package ${namespace}\n\nsvn := "2"\nframework_version := "0.5.0"\n\ncontainers := [${container}]\n${more}`
}

const NESTED = `fragments := [${JSON.stringify({ ...other, headerSvn: undefined, minimum_svn: '1', includes: ['containers'] })}]\n`

describe('fragments', () => {
  test('what a fragment declares counts from then on', async () => {
    const enforcer = await createEnforcer(POLICY)
    expect(mounts(enforcer, HASH)).toBe(false)
    expect(await enforcer.loadFragmentModule({ ...offer, module: fragmentText('one') })).toMatchObject({
      allowed: true,
      addModule: true,
    })
    expect(enforcer.activeFragments).toEqual(['one'])
    expect(mounts(enforcer, HASH)).toBe(true)
    const layerPaths = ['/run/mounts/scsi/m0']
    expect(enforcer.mountOverlay({ containerID: CONTAINER_ID, layerPaths, target: '/root' }).allowed).toBe(true)
  })

  test('both phases ask: the issuer before the text, the version after it', async () => {
    const points: unknown[] = []
    const enforcer = await createEnforcer(POLICY, {
      audit: ({ input, allowed }) => points.push([input.issuer, input.fragment_loaded, allowed]),
    })
    expect(await loads(enforcer, { ...offer, issuer: 'nobody', module: fragmentText('one') })).toBe('denied')
    expect(await loads(enforcer, { ...offer, headerSvn: 1, module: fragmentText('one') })).toBe('denied')
    expect(await loads(enforcer, { ...offer, headerSvn: null, module: fragmentText('one') })).toBe('allowed')
    expect(points).toEqual([
      ['nobody', false, false],
      [ISSUER, false, false],
      [ISSUER, false, true],
      [ISSUER, true, true],
    ])
    const low = fragmentText('low').replace('svn := "2"', 'svn := "1"')
    expect(await loads(enforcer, { ...offer, headerSvn: null, module: low })).toBe('denied')
    expect(enforcer.activeFragments).toEqual([])
  })

  test('nested fragments are admitted by the fragment that names them', async () => {
    const enforcer = await createEnforcer(POLICY)
    const nested = fragmentText('nested', '', 'e'.repeat(64)).replace('svn := "2"', 'svn := "1"')
    expect(await loads(enforcer, { ...other, module: nested })).toBe('denied')
    expect(await loads(enforcer, { ...offer, module: fragmentText('one', NESTED) })).toBe('allowed')
    expect(await loads(enforcer, { ...other, module: nested })).toBe('allowed')
    expect(enforcer.activeFragments).toEqual(['one'])
    expect(mounts(enforcer, 'e'.repeat(64))).toBe(true)
  })

  test('a kept module can be asked, is replaced by its next version, and is lost when that is refused', async () => {
    const policy = literalPolicy({
      load_fragment: `{"allowed": allowed, "add_module": allowed}\n\ndefault allowed := true\n\nallowed := false if data[input.namespace].bad`,
      get_properties: '{"allowed": data.one.open}',
    })
    const enforcer = await createEnforcer(policy)
    expect(codeOf(enforcer.getProperties())).toBe('missing_rule')
    expect(await loads(enforcer, { ...offer, module: 'package one\nopen := true\n' })).toBe('allowed')
    expect(enforcer.getProperties().allowed).toBe(true)
    expect(await loads(enforcer, { ...offer, module: 'package one\nopen := false\n' })).toBe('allowed')
    expect(codeOf(enforcer.getProperties())).toBe('denied')
    expect(enforcer.activeFragments).toEqual(['one'])
    expect(await loads(enforcer, { ...offer, module: 'package one\nopen := true\nbad := true\n' })).toBe('denied')
    expect(enforcer.activeFragments).toEqual([])
    expect(codeOf(enforcer.getProperties())).toBe('missing_rule')
  })

  test('a module that others call is replaced, and without it nothing is decided', async () => {
    const policy = literalPolicy({
      load_fragment: `{"allowed": allowed, "add_module": allowed}\n\ndefault allowed := true\n\nallowed := false if data[input.namespace].bad`,
      get_properties: '{"allowed": data.two.open}',
    })
    const enforcer = await createEnforcer(policy)
    const one = (value: boolean, more = ''): typeof offer & { readonly module: string } => ({
      ...offer,
      module: `package one\nf(_) := ${String(value)}\n${more}`,
    })
    expect(await loads(enforcer, one(true))).toBe('allowed')
    expect(await loads(enforcer, { ...other, module: 'package two\nopen := data.one.f(1)\n' })).toBe('allowed')
    expect(enforcer.getProperties().allowed).toBe(true)
    expect(await loads(enforcer, one(false))).toBe('allowed')
    expect(codeOf(enforcer.getProperties())).toBe('denied')
    expect(await loads(enforcer, one(true, 'bad := true\n'))).toBe('denied')
    expect(enforcer.activeFragments).toEqual(['two'])
    expect(enforcer.getProperties()).toMatchObject({
      allowed: false,
      reason: { code: 'compile', message: expect.stringMatching(/^error when compiling modules: .*data\.one\.f/s) as string },
    })
    expect(codeOf(enforcer.dumpStacks())).toBe('compile')
  })

  test('parameters are given to the fragment once for each set that the policy names', async () => {
    const rule = { issuer: ISSUER, feed: FEED, minimum_svn: '2', includes: ['containers'] as const }
    const enforcer = await createEnforcer({
      ...POLICY,
      fragments: [
        { ...rule, parameters: { hash: 'c'.repeat(64) } },
        { ...rule, parameters: { hash: 'd'.repeat(64), unknown: 1 } },
      ],
    })
    const module = fragmentText('one', 'parameters_api := {"hash": {}, "dir": {"default": "/work"}}\n')
      .replace(`["${HASH}"]`, '[parameter("hash")]')
      .replace('"working_dir":"/work"', '"working_dir":parameter("dir")')
    const decision = await enforcer.loadFragmentModule({ ...offer, module })
    expect(decision).toMatchObject({ allowed: true, addModule: false })
    expect(['c', 'd', 'e'].map((letter) => mounts(enforcer, letter.repeat(64)))).toEqual([true, true, false])
    const { issuers } = enforcer.state as {
      issuers: Record<string, { feeds: Record<string, { containers: { working_dir: string }[] }[]> }>
    }
    expect(issuers[ISSUER]?.feeds[FEED]?.flatMap(({ containers }) => containers.map(({ working_dir }) => working_dir))).toEqual([
      '/work',
      '/work',
    ])
  })

  test.each([
    ['an empty text', '', 'fragment_namespace'],
    ['no package', 'allow := true\n', 'fragment_namespace'],
    ['a comment in front', '# one\npackage one\n', 'fragment_namespace'],
    ['a package of two names', 'package one.two\n', 'fragment_namespace'],
    ['the framework’s namespace', 'package framework\n', 'fragment_namespace'],
    ['the API’s namespace', 'package api\n', 'fragment_namespace'],
    ['the policy’s namespace', 'package policy\n', 'fragment_namespace'],
    ['the namespace of the metadata', 'package metadata\n', 'fragment_namespace'],
    ['text that is no Rego', 'package one\nallow := {\n', 'compile'],
    ['a variable from nowhere', 'package one\nallow := nowhere\n', 'compile'],
    ['a second definition of `parameter`', 'package one\nparameter := 1\n', 'compile'],
  ])('%s is refused with a code, and the enforcer goes on', async (_title, module, code) => {
    const events: string[] = []
    const enforcer = await createEnforcer(POLICY, { audit: (event) => events.push(`${event.point} ${event.code}`) })
    expect(await loads(enforcer, { ...offer, module })).toBe(code)
    expect(events.at(-1)).toBe(`load_fragment ${code}`)
    expect(enforcer.activeFragments).toEqual([])
    expect(mounts(enforcer, LAYERS[0] as string)).toBe(true)
  })

  test.each([
    ['a list that is not closed', 'package one\nsvn := "2"\ncontainers := [', '3:16: rego_parse_error: unexpected eof token'],
    ['an expression that is not whole', 'package one\nx := input.y +\n', '3:1: rego_parse_error: unexpected eof token'],
    ['a body that is not there', 'package one\nx if', '2:5: rego_parse_error: unexpected eof token'],
    ['`parameter` as a constant', 'package one\nparameter := 1', '2:1: rego_type_error: conflicting rules data.one.parameter found'],
    ['a variable from nowhere', 'package one\nx := y\n', '2:6: rego_unsafe_var_error: var y is unsafe'],
  ])('%s: the place is in the author’s text', async (_title, module, told) => {
    const decision = await (await createEnforcer(POLICY)).loadFragmentModule({ ...offer, module })
    expect(decision.allowed ? undefined : decision.reason.message).toBe(`error when compiling modules: one.rego:${told}`)
  })

  test('a fault of ours is told apart from one of the fragment', async () => {
    const engine: PolicyEngine = {
      entrypoints: ['policy/load_fragment'],
      memoryBytes: 0,
      trustsFacts: false,
      evaluateText: () => undefined,
      setDataText: () => undefined,
      addDataPath: () => undefined,
      removeDataPath: () => undefined,
    }
    const allow = { point: 'load_fragment', allowed: true, addModule: true, parameters: [], result: {}, resultText: '{}' } as const
    let fails = (_fragments: readonly FragmentModule[]): boolean => true
    const compile = async (fragments: readonly FragmentModule[]): Promise<PolicyEngine> => {
      if (fails(fragments)) throw new TypeError('x is not a function')
      return { ...engine }
    }
    const session = new Session(engine, compile, new Map())
    const load = async (decision: Decision<LoadFragmentGrant>): Promise<unknown> => {
      const { allowed, ...rest } = await loadFragment(session, { ...offer, module: 'package one\n' }, () => decision)
      return allowed ? 'allowed' : rest
    }
    const fault = { code: 'eval_internal_error', message: 'internal fault when compiling modules: x is not a function' }
    expect(await load(allow)).toMatchObject({ reason: fault })
    fails = () => false
    expect(await load(allow)).toBe('allowed')
    // The next version is refused, and what is left does not become an engine.
    fails = (fragments) => fragments.length === 0
    expect(await load({ ...allow, addModule: false })).toBe('allowed')
    expect(() => session.engine.evaluateText('policy/load_fragment')).toThrow(expect.objectContaining(fault))
    expect(decide(session, { point: 'load_fragment', row: undefined, input: {}, inputText: '{}', showEnvValues: false })).toMatchObject({
      allowed: false,
      reason: fault,
    })
  })

  test('a fault behind the author’s text is told at its end', async () => {
    const diagnostic = { code: 'rego_type_error', rule: 'r', severity: 'error', message: 'm' } as const
    const place = (file: string, row: number): Location => ({ file, row, col: 2, endRow: row, endCol: 4 })
    const found = [place('one.rego', 1), place('policy.rego', 9), place('one.rego', 9)]
    const error = new RegoCompileError([diagnostic, ...found.map((location) => ({ ...diagnostic, location }))])
    const told = await inAuthorsText(error, 'one.rego', 'package one\n# 😀', () => Promise.reject(error))
    expect((told as RegoCompileError).diagnostics.map(({ location }) => location)).toEqual([
      undefined,
      ...found.slice(0, 2),
      { file: 'one.rego', row: 2, col: 4, endRow: 2, endCol: 4 },
    ])
    const other = new Error('other')
    expect(await inAuthorsText(other, 'one.rego', '', () => Promise.reject(error))).toBe(other)
  })

  test('fragments offered at the same time are loaded one after the other', async () => {
    const enforcer = await createEnforcer(POLICY)
    const nested = fragmentText('nested').replace('svn := "2"', 'svn := "1"')
    const outcomes = await Promise.all([
      loads(enforcer, { ...offer, module: fragmentText('one', NESTED) }),
      loads(enforcer, { ...offer, module: 'package broken\n{' }),
      loads(enforcer, { ...other, module: nested }),
    ])
    expect(outcomes).toEqual(['allowed', 'compile', 'allowed'])
  })

  test('nothing is loaded after `close`', async () => {
    const enforcer = await createEnforcer(POLICY)
    const loading = loads(enforcer, { ...offer, module: fragmentText('one') })
    enforcer.close()
    expect(await loading).toBe('closed')
    expect(enforcer.activeFragments).toEqual([])
  })
})

function mounts(enforcer: Enforcer, deviceHash: string): boolean {
  const place = (JSON.parse(enforcer.stateText) as { devices?: object }).devices ?? {}
  return enforcer.mountDevice({ target: `/run/mounts/scsi/m${Object.keys(place).length}`, deviceHash }).allowed
}

async function loads(enforcer: Enforcer, fragment: Parameters<Enforcer['loadFragmentModule']>[0]): Promise<string> {
  return codeOf(await enforcer.loadFragmentModule(fragment))
}

function codeOf(decision: Decision): string {
  return decision.allowed ? 'allowed' : decision.reason.code
}

test.each([
  ['policy', 'package policy\nmount_device := {"allowed": true}\n'],
  ['policy', 'package other\n'],
  ['rego/api/api', 'package other\n'],
])('a snapshot cannot put a fragment in the place of %s', async (namespace, text) => {
  const enforcer = await createEnforcer('package policy\n\napi_version := "0.11.0"\n')
  const snapshot = { ...enforcer.snapshot(), fragments: [{ key: 'i>f', namespace, text }] }
  await expect(enforcer.restore(snapshot)).rejects.toMatchObject({ name: 'MetadataFault' })
  expect(enforcer.activeFragments).toEqual([])
  expect(enforcer.enforce('mount_device', {}).allowed).toBe(false)
})
