/** `cce policy`: every example of its help, and what each command does with good and bad input. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { convertPolicy, createEnforcer, encodeDenial, policyDigest, policyToRego, readTrace } from '../../../src/index.js'
import { type CliRun, type CliWorld, createFolder, runCli, splitWords } from '../../support/run-cli.js'
import {
  CONTAINER,
  REQUEST,
  containerId,
  devicePath,
  mountLayers,
  overlayOf,
  policyOf,
  stackLayers,
} from '../../support/containers.js'

const FRAGMENT = {
  issuer: 'did:x509:0:sha256:x::eku:1',
  feed: 'mcr.microsoft.com/aci/aci-cc-infra-fragment',
  minimum_svn: '4',
  includes: ['containers'],
}
const MEMBERS = { fragments: [FRAGMENT] }
const TIGHT = { ...CONTAINER, env_rules: CONTAINER.env_rules.slice(0, 2) }
const rego = policyToRego(policyOf([TIGHT], MEMBERS))
const open = policyToRego(policyOf([TIGHT], { ...MEMBERS, allow_dump_stacks: true }))
const old = rego.replace('"0.12.0"', '"0.10.0"').replace('"0.5.0"', '"0.4.1"')
const base64 = convertPolicy(rego, 'base64').text
const group = (name: string, ccePolicy: string): object => ({
  name,
  properties: { confidentialComputeProperties: { ccePolicy } },
})
const template = JSON.stringify({ resources: [group('web', base64)] }, null, 4)
const several = JSON.stringify({
  resources: [group('web', base64), group('db', convertPolicy(open, 'base64').text), group('new', '')],
})
const life = [
  ...CONTAINER.layers.map((deviceHash, at) => ({ hook: 'mountDevice', input: { target: devicePath(at), deviceHash } })),
  { hook: 'mountOverlay', input: overlayOf(containerId(1)) },
  { hook: 'createContainer', input: REQUEST },
  { point: 'dump_stacks', expect: 'deny' },
]

async function errorText(): Promise<string> {
  const enforcer = await createEnforcer(rego)
  mountLayers(enforcer)
  stackLayers(enforcer, containerId(1))
  const sandbox = `/run/gcs/c/${String(REQUEST.sandboxID)}`
  const input = {
    ...REQUEST,
    argList: ['/app'],
    devices: [],
    umask: '0022',
    seccompProfileSHA256: '',
    isSandboxContainer: false,
    sandboxDir: `${sandbox}/sandboxMounts`,
    hugePagesDir: `${sandbox}/hugepages`,
  }
  const decision = enforcer.enforce('create_container', input)
  if (decision.allowed) throw new Error('allowed')
  return `container creation denied due to policy: ${encodeDenial(decision, JSON.parse(JSON.stringify(input)) as never, { maxLength: 0 })}`
}

const folder = createFolder({
  'policy.rego': rego,
  'policy.json': convertPolicy(rego, 'json').text,
  'old.rego': old,
  'new.rego': open,
  'deployed.base64': `${base64}\n`,
  'template.json': template,
  'old.json': several,
  'several.json': several,
  'trace.jsonl': life.map((step) => JSON.stringify(step)).join('\n'),
  'trace.json': JSON.stringify(life),
  'recorded.json': JSON.stringify({ policy: rego, steps: life.slice(0, 2) }),
  'error.txt': await errorText(),
  'broken.rego': 'package policy\n\nx if {\n',
  'empty.json': JSON.stringify({ resources: [group('new', '')] }),
  'later.json': JSON.stringify({ resources: [group('new', "[parameters('p')]")] }),
  'none.json': JSON.stringify({ resources: [] }),
  'binary.rego': Buffer.from([0x70, 0xff, 0xfe]),
})
afterAll(folder.remove)

const cce = (line: string, world: CliWorld = {}): Promise<CliRun> =>
  runCli(splitWords(line).slice(1), { cwd: folder.path, ...world })
const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8')
const codes = { show: [0], digest: [0], diff: [0, 1], lint: [0, 1], convert: [0], enforce: [0], explain: [0] } as const

describe.each(Object.keys(codes) as (keyof typeof codes)[])('cce policy %s', (name) => {
  test('runs every example of its help', async () => {
    const help = await cce(`cce policy ${name} --help`)
    expect(help).toMatchObject({ code: 0, err: '' })
    const examples = help.out.slice(help.out.indexOf('Examples:')).match(/^ {2}cce policy .*?(?= {2})/gm) ?? []
    expect(examples.length).toBeGreaterThan(1)
    for (const example of examples) {
      const [line = '', stdin] = example.trim().replace('"$HOST_DATA"', policyDigest(rego)).split(' < ')
      const run = await cce(line, stdin === undefined ? {} : { stdin: read(stdin) })
      expect(codes[name], `${line}\n${run.err}`).toContain(run.code)
      expect(run.out + run.err !== '' || /(?:-o|--into) /.test(line), line).toBe(true)
    }
    folder.write('template.json', template)
  })
})

describe('input', () => {
  test.each([
    ['no such file', 'missing.rego', 'error: missing.rego: there is no such file or directory\n'],
    ['a broken policy', 'broken.rego', 'error: broken.rego:4:1: unexpected eof token'],
    [
      'an empty policy in a template',
      'empty.json',
      'error: empty.json: `ccePolicy` at /resources/0/properties/confidentialComputeProperties/ccePolicy is empty',
    ],
    ['a placeholder', 'later.json', 'is a placeholder'],
    ['a template without a policy', 'none.json', 'error: none.json: the template has no `ccePolicy`\n'],
    ['bytes that are no text', 'binary.rego', 'error: binary.rego:1:2: is not UTF-8: byte 1 is 0xff\n'],
  ])('%s is told', async (_what, file, message) => {
    for (const command of ['show', 'digest', 'lint']) {
      const run = await cce(`cce policy ${command} ${file}`)
      if (command === 'digest' && file === 'broken.rego') continue
      expect(run).toMatchObject({ code: 3, out: '' })
      expect(run.err).toContain(message)
    }
  })

  test.each([
    ['cce policy', 2],
    ['cce policy frobnicate', 2],
    ['cce policy show', 2],
    ['cce policy show --format xml policy.rego', 2],
    ['cce policy lint --disable no-such-code policy.rego', 2],
    ['cce policy digest --check abc policy.rego', 2],
    ['cce policy convert policy.rego', 2],
    ['cce policy convert --to json --into template.json policy.rego', 2],
  ])('%s is wrong usage', async (line, code) => {
    expect((await cce(line)).code).toBe(code)
  })

  test('comes from the standard input, too', async () => {
    expect((await cce('cce policy digest -', { stdin: rego })).out).toBe(`${policyDigest(rego)}  <stdin>\n`)
  })

  test('of several policies is chosen by group', async () => {
    expect((await cce('cce policy convert --to rego several.json')).err).toContain('has 2 policies; choose with --group: web, db')
    expect((await cce('cce policy convert --to rego --group db several.json')).out).toBe(open)
    expect(
      (
        await cce(
          'cce policy convert --to rego --group /resources/0/properties/confidentialComputeProperties/ccePolicy several.json',
        )
      ).out,
    ).toBe(rego)
    expect((await cce('cce policy convert --to rego --group x several.json')).err).toContain(
      'no policy of the group x; there are: web, db',
    )
  })
})

describe('show', () => {
  test('shows every policy of a template, and says which are empty', async () => {
    const { out } = await cce('cce policy show several.json')
    expect(out.match(/^several\.json#.*$/gm)).toEqual(
      [0, 1].map(
        (at) => `several.json#/resources/${at}/properties/confidentialComputeProperties/ccePolicy (${['web', 'db'][at]})`,
      ),
    )
    expect(out).toContain(
      'empty  several.json#/resources/2/properties/confidentialComputeProperties/ccePolicy: the service lets everything run',
    )
  })

  test('colours only a terminal', async () => {
    expect((await cce('cce policy show policy.rego')).out).not.toContain('\u001b')
    expect((await cce('cce policy show policy.rego', { color: true })).out).toContain('\u001b[1m')
  })

  test('is data with --format json', async () => {
    const { out } = await cce('cce policy show --format json several.json')
    expect(JSON.parse(out)).toMatchObject({
      policies: [
        { file: 'several.json', group: 'web', kind: 'structured', digest: { hex: policyDigest(rego) } },
        { group: 'db' },
      ],
    })
  })
})

describe('digest', () => {
  const hex = policyDigest(rego)
  test.each([
    ['policy.rego', 0],
    ['policy.json', 0],
    ['deployed.base64', 0],
    ['template.json', 0],
    ['several.json', 0],
    ['new.rego', 1],
  ])('of %s is checked', async (file, code) => {
    expect((await cce(`cce policy digest --check ${hex.toUpperCase()} ${file}`)).code).toBe(code)
    expect((await cce(`cce policy digest --check ${Buffer.from(hex, 'hex').toString('base64')} ${file}`)).code).toBe(code)
  })

  test.each([
    ['broken.rego', undefined, 'broken.rego:4:1: unexpected eof token (the `{` in line 3 is not closed)'],
    ['-', 'hello world\n', '<stdin>:1:1: package expected (a module begins with `package` and a path)'],
  ])('of %s, which is no policy, comes with a warning', async (file, stdin, fault) => {
    for (const format of ['pretty', 'json']) {
      const run = await cce(`cce policy digest --format ${format} ${file}`, stdin === undefined ? {} : { stdin })
      expect(run).toMatchObject({ code: 0, err: `warning: the text is no policy that can be enforced: ${fault}\n` })
      if (stdin !== undefined) expect(run.out).toContain(policyDigest(stdin))
    }
    expect((await cce('cce policy digest policy.rego')).err).toBe('')
  })

  test('is data with --format json', async () => {
    const { out } = await cce(`cce policy digest --format json --check ${hex} new.rego`)
    expect(JSON.parse(out)).toEqual({
      policies: [
        {
          file: 'new.rego',
          hex: policyDigest(open),
          base64: Buffer.from(policyDigest(open), 'hex').toString('base64'),
          matches: false,
        },
      ],
    })
  })
})

describe('diff', () => {
  test.each([
    ['policy.rego policy.rego', 0, 'the same text\n'],
    ['policy.rego policy.json', 0, 'the same text\n'],
    ['policy.rego new.rego', 1, '~ wider     allow_dump_stacks\n    - false\n    + true\n\n1 difference: 1 wider\n'],
    ['--group db several.json new.rego', 0, 'the same text\n'],
  ])('%s', async (args, code, out) => {
    expect(await cce(`cce policy diff ${args}`)).toEqual({ code, out, err: '' })
  })

  test('is data with --format json', async () => {
    const { out } = await cce('cce policy diff --format json policy.rego new.rego')
    expect(JSON.parse(out)).toEqual({
      same: false,
      digests: { before: policyDigest(rego), after: policyDigest(open) },
      differences: [{ change: 'changed', where: 'allow_dump_stacks', before: false, after: true, effect: 'wider' }],
    })
  })
})

describe('lint', () => {
  test('finds nothing in a tight policy, and counts what is not shown', async () => {
    expect(await cce('cce policy lint policy.rego')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^policy\.rego: no findings \([0-9]+ less severe not shown: --min-severity info\)\n$/),
    })
  })

  test('tells place, reason and remedy', async () => {
    const { code, out } = await cce('cce policy lint new.rego')
    expect(code).toBe(1)
    expect(out).toMatch(
      /^new\.rego:[0-9]+:1: warning dump-stacks-allowed {2}allow_dump_stacks\n {2}the host may read stack dumps of the guest\n {2}why: .*\n {2}fix: .*\n\n/,
    )
  })

  test('has the places of JSON in JSON', async () => {
    folder.write('open.json', '{\n  "allow_dump_stacks": true\n}\n')
    const { out } = await cce('cce policy lint --format json open.json')
    expect(JSON.parse(out)).toMatchObject({
      policies: [
        {
          findings: [
            { code: 'dump-stacks-allowed', pointer: '/allow_dump_stacks', location: { file: 'open.json', row: 2, col: 24 } },
          ],
        },
      ],
    })
  })

  test('of what is empty in a template is never clean', async () => {
    expect(await cce('cce policy lint several.json --disable dump-stacks-allowed')).toMatchObject({
      code: 1,
      out: expect.stringContaining('empty: the service lets everything run'),
    })
  })

  test('writes SARIF', async () => {
    const { out } = await cce('cce policy lint --format sarif new.rego')
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          results: [
            {
              ruleId: 'dump-stacks-allowed',
              level: 'warning',
              locations: [{ physicalLocation: { artifactLocation: { uri: 'new.rego' }, region: { startColumn: 1 } } }],
            },
          ],
        },
      ],
    })
  })
})

describe('convert', () => {
  test('goes around in a circle', async () => {
    expect((await cce('cce policy convert --to base64 policy.json')).out).toBe(`${base64}\n`)
    expect((await cce('cce policy convert --to rego deployed.base64')).out).toBe(rego)
    expect(await cce('cce policy convert --to json -o again.json policy.rego')).toEqual({ code: 0, out: '', err: '' })
    expect(read('again.json')).toBe(read('policy.json'))
  })

  test('writes nothing that would mean something else', async () => {
    const run = await cce('cce policy convert --to json -o lost.json old.rego')
    expect(run).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining(
        'the structured policy would mean something else; --upgrade accepts a newer version\n  ~ other     api_version',
      ),
    })
    expect(readdirSync(folder.path)).not.toContain('lost.json')
  })

  test('puts a policy into a template, and changes nothing else of it', async () => {
    folder.write('target.json', several)
    expect((await cce('cce policy convert --into target.json policy.rego')).err).toContain('choose with --group: web, db, new')
    expect(await cce('cce policy convert --into target.json --group new policy.rego')).toEqual({ code: 0, out: '', err: '' })
    expect(read('target.json')).toBe(several.replace('"ccePolicy":""', `"ccePolicy":"${base64}"`))
    expect((await cce('cce policy convert --into policy.json policy.rego')).err).toContain('it has none')
    expect(read('policy.json')).toBe(convertPolicy(rego, 'json').text)
  })
})

describe('enforce', () => {
  test('exits with 1 if a step is refused, and with 0 if that was expected', async () => {
    expect((await cce('cce policy enforce --policy policy.rego trace.jsonl')).code).toBe(0)
    expect(await cce('cce policy enforce --policy new.rego trace.jsonl')).toMatchObject({
      code: 1,
      out: expect.stringContaining(
        '5  dump_stacks       allow       expected deny\n\n5 requests: 5 allowed, 0 refused; 1 not as expected\n',
      ),
    })
  })

  test.each([
    ['--policy policy.rego missing.json', 'there is no such file'],
    ['--policy policy.rego policy.rego', 'policy.rego: step 1 is no JSON object'],
    ['trace.json', 'trace.json: the trace brings no policy along, and none was given'],
    ['--policy broken.rego trace.json', 'broken.rego:4:1'],
  ])('%s is told', async (args, message) => {
    const run = await cce(`cce policy enforce ${args}`)
    expect(run).toMatchObject({ code: 3, out: '' })
    expect(run.err).toContain(message)
  })

  test('is data with --format json', async () => {
    const { out } = await cce('cce policy enforce --format json --trace-metadata recorded.json')
    expect(JSON.parse(out)).toEqual({
      loaded: true,
      agrees: true,
      steps: readTrace(read('recorded.json')).steps.map(({ inputText }, at) => {
        const { target, deviceHash } = JSON.parse(inputText) as { target: string; deviceHash: string }
        return {
          step: at + 1,
          point: 'mount_device',
          decision: 'allow',
          agrees: true,
          state: [{ table: 'devices', key: target, change: 'set', value: deviceHash }],
        }
      }),
    })
  })
})

describe('explain', () => {
  test('reads the text as an argument, and writes the changed policy', async () => {
    const text = read('error.txt')
    const run = await runCli(['policy', 'explain', '--policy', 'policy.rego', '-o', 'fixed.rego', text], { cwd: folder.path })
    expect(run).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('[{"op":"replace","path":"/containers/0/command","value":["/app"]}]'),
    })
    expect(read('fixed.rego')).toBe(rego.replace('["/app","--serve","--port=80"]', '["/app"]'))
  })

  test.each([
    ['without a decision', 'policy.rego', 'there is no decision in the text'],
    ['that is not there', 'missing.txt', 'there is no such file'],
  ])('a text %s is told', async (_what, file, message) => {
    const run = await cce(`cce policy explain ${file}`)
    expect(run).toMatchObject({ code: 3, out: '' })
    expect(run.err).toContain(message)
  })

  test('is data with --format json', async () => {
    const { out } = await cce('cce policy explain --format json error.txt')
    expect(JSON.parse(out)).toMatchObject({
      explanations: [{ point: 'create_container', isCut: false, says: ['No candidate declares this command: /app'] }],
    })
  })
})
