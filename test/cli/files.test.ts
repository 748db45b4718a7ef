/** What paths mean, as OPA's `-d` and `-b` take them, and what is said of those that cannot be read. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { writeArchive } from '../../src/cli/archive.js'
import { EXIT } from '../../src/cli/exit-code.js'
import { describeProblem } from '../../src/cli/file-problem.js'
import { type LoadOptions, loadFiles } from '../../src/cli/files.js'
import { ignoring } from '../../src/cli/ignore.js'
import { walkFiles } from '../../src/cli/walk-files.js'
import { VersionedSource } from '../../src/syntax/versioned-source.js'
import { parseJson, writeJson } from '../../src/value/json.js'
import { opaBinary } from '../support/opa.js'
import { createFolder, runCli } from '../support/run-cli.js'

const folder = createFolder({
  'docs/users.json': '{"users": {"ann": 1}}',
  'docs/deep/er/data.json': '{"x": 12345678901234567890.50}',
  'docs/deep/more.yaml': 'y: [1, yes, 017]\n',
  'docs/deep/last.yml': 'z: true\n',
  'docs/a.rego': 'package a\n',
  'docs/notes.txt': 'nothing',
  'docs/.git/data.json': '{"hidden": true}',
  'docs/dotted.name/data.json': '{"v": 1}',
  'list.json': '[1, 2]',
  'merge/one.json': '{"a": {"b": 1, "__proto__": {"c": 1}}}',
  'merge/two.json': '{"a": {"d": 2, "__proto__": {"e": 2}}}',
  'conflict/data.json': '{"m": {"n": 1}}',
  'conflict/m/data.json': '{"n": 2}',
  'bad/cut.json': '{"a": \n  [1,',
  'bad/two.json': '{"a": 1} {"b": 2}',
  'bad/list.json': '[1]',
  'bad/tabs.yaml': 'a:\n\t- 1\n',
  'latin/a.rego': Buffer.from('package a\n\n# caf\xe9\n', 'latin1'),
  'latin/b.json': Buffer.from('{"wide": "日本語", "bad": "', 'utf8'),
  'wide/utf16.rego': Buffer.from('\ufeffpackage a', 'utf16le'),
  'bundle/.manifest': '{"roots": ["x", "p"]}',
  'bundle/x/data.json': '{"k": 1}',
  'bundle/x/other.json': '{"ignored": 1}',
  'bundle/p.rego': 'package p\n',
  'stray/.manifest': '{"roots": ["b"]}',
  'stray/a/data.json': '{"y": 1}',
})
afterAll(folder.remove)

async function load(paths: readonly string[], options: LoadOptions = {}, stdin = ''): Promise<object> {
  const io = { cwd: folder.path, readStdin: async () => Buffer.from(stdin) }
  const { modules, data, dataText, problems } = await loadFiles(paths, options, io)
  expect(writeJson(data)).toBe(writeJson(parseJson(dataText)))
  return { modules: modules.map(({ name }) => name), data: writeJson(data), problems: problems.map(describeProblem) }
}

describe('paths of modules and documents', () => {
  test.each<[title: string, paths: string[], data: string, modules?: string[]]>([
    ['a file is merged at the top', ['docs/users.json'], '{"users":{"ann":1}}'],
    ['a prefix places it deeper', ['a.b:docs/users.json'], '{"a":{"b":{"users":{"ann":1}}}}'],
    ['a prefix may place what is no object', ['k:list.json'], '{"k":[1,2]}'],
    [
      'below a directory, the directories between give the place; numbers stay exact',
      ['docs'],
      '{".git":{"hidden":true},"deep":{"er":{"x":12345678901234567890.50},"y":[1,"yes",15],"z":true},"dotted.name":{"v":1},"users":{"ann":1}}',
      ['docs/a.rego'],
    ],
    ['a file named twice is there once', ['docs/users.json', 'docs/users.json'], '{"users":{"ann":1}}'],
    ['objects of several files are merged', ['merge'], '{"a":{"__proto__":{"c":1,"e":2},"b":1,"d":2}}'],
  ])('%s', async (_title, paths, data, modules = []) => {
    expect(await load(paths)).toEqual({ modules, data, problems: [] })
  })

  test('a URL of a file is a path', async () => {
    expect(await load([`u:file://${folder.path}/docs/users.json`])).toMatchObject({
      data: '{"u":{"users":{"ann":1}}}',
      problems: [],
    })
  })

  test('- is a module on the standard input', async () => {
    expect(await load(['-'], {}, 'package stdin')).toEqual({ modules: ['<stdin>'], data: '{}', problems: [] })
  })

  test('a trailing slash and ./ do not show in names', async () => {
    expect(await load(['./docs/'], { modulesOnly: true })).toEqual({ modules: ['docs/a.rego'], data: '{}', problems: [] })
  })

  test('names that patterns match are left out below directories, but not where the user names them', async () => {
    expect(await load(['docs'], { ignore: ['.*', 'deep,dotted.*'] })).toMatchObject({ data: '{"users":{"ann":1}}' })
    expect(await load(['docs/users.json'], { ignore: ['users.json'] })).toMatchObject({ data: '{"users":{"ann":1}}' })
  })
})

describe('what cannot be read is told, all at once', () => {
  test.each<[title: string, paths: string[], problems: unknown[]]>([
    [
      'no such file',
      ['nope', 'neither'],
      ['nope: there is no such file or directory', 'neither: there is no such file or directory'],
    ],
    [
      'malformed documents, with their places',
      ['bad'],
      [
        'bad/cut.json:2:6: is not JSON: expected a value, found the end',
        'bad/list.json: document must be of type object',
        expect.stringMatching(/^bad\/tabs\.yaml: is not YAML: /),
        'bad/two.json:1:10: is not JSON: expected the end, found "{"',
      ],
    ],
    [
      'documents that contradict each other',
      ['conflict'],
      ['conflict/m/data.json: merge error: conflicting values at data.m.n, also defined in conflict/data.json'],
    ],
    ['bytes that are not UTF-8', ['latin/a.rego'], ['latin/a.rego:3:6: is not UTF-8: byte 16 is 0xe9']],
    ['another encoding', ['wide'], ['wide/utf16.rego: is UTF-16; save it as UTF-8']],
  ])('%s', async (_title, paths, problems) => {
    expect(await load(paths)).toMatchObject({ problems })
  })

  test.each([0, 1, 7, 8, 9, 15, 16, 17, 1000, 4095, 100_000])('the first bad byte is found after %i others', async (length) => {
    folder.write(
      'at.rego',
      Buffer.concat([Buffer.from('é'.repeat(length >> 1) + 'x'.repeat(length & 1)), Buffer.from([0xff]), Buffer.from('日')]),
    )
    expect(await load(['at.rego'])).toMatchObject({
      problems: [`at.rego:1:${(length >> 1) + (length & 1) + 1}: is not UTF-8: byte ${length} is 0xff`],
    })
  })

  test('a link that leads back to where it is', async () => {
    folder.write('cycle/inner/a.rego', 'package a')
    symlinkSync('..', join(folder.path, 'cycle/inner/up'))
    symlinkSync('nowhere', join(folder.path, 'cycle/broken'))
    symlinkSync('itself', join(folder.path, 'cycle/itself'))
    expect(await load(['cycle'])).toEqual({
      modules: ['cycle/inner/a.rego'],
      data: '{}',
      problems: [
        'cycle/broken: there is no such file or directory',
        'cycle/inner/up: the link leads back to a directory that it is in',
        'cycle/itself: the link leads back to itself',
      ],
    })
  })

  test.skipIf(process.getuid?.() === 0)('no permission (skipped for root, who has it)', async () => {
    folder.write('secret/a.rego', 'package a')
    chmodSync(join(folder.path, 'secret/a.rego'), 0)
    expect(await load(['secret'])).toMatchObject({ problems: ['secret/a.rego: permission is denied'] })
  })
})

describe('bundles', () => {
  test('a directory: only data files are documents, and roots hold', async () => {
    expect(await load([], { bundles: ['bundle'] })).toEqual({ modules: ['bundle/p.rego'], data: '{"x":{"k":1}}', problems: [] })
    expect(await load([], { bundles: ['bundle', 'bundle'] })).toEqual(await load([], { bundles: ['bundle'] }))
    expect(await load([], { bundles: ['stray'] })).toMatchObject({
      problems: ["stray/a/data.json: manifest roots [b] do not permit data at path '/a'"],
    })
  })

  test('an archive, with names as OPA writes them', async () => {
    const archive = await writeArchive([
      { name: '/data.json', bytes: Buffer.from('{"d": 1}') },
      { name: '/q/p.rego', bytes: Buffer.from('package p') },
    ])
    folder.write('made.tar.gz', archive)
    expect(await load([], { bundles: ['made.tar.gz'] })).toEqual({
      modules: ['made.tar.gz/q/p.rego'],
      data: '{"d":1}',
      problems: [],
    })
    expect(await load(['k:made.tar.gz'])).toMatchObject({ modules: ['made.tar.gz/q/p.rego'], data: '{"k":{"d":1}}' })
  })

  test('the manifest says which Rego a module is', async () => {
    const versions = async (manifest: string): Promise<unknown> => {
      folder.write('mixed/.manifest', manifest)
      const io = { cwd: folder.path, readStdin: async () => Buffer.from('') }
      const { modules, problems } = await loadFiles([], { bundles: ['mixed'] }, io)
      const told = modules.map((source) => (source instanceof VersionedSource ? source.version : undefined))
      return problems.length === 0 ? told : problems.map(describeProblem)
    }
    for (const name of ['a.rego', 'b.rego', 'c/d.rego']) folder.write(`mixed/${name}`, 'package p')
    expect(await versions('{}')).toEqual([undefined, undefined, undefined])
    expect(await versions('{"rego_version": null, "file_rego_versions": null}')).toEqual([undefined, undefined, undefined])
    expect(await versions('{"rego_version": 0}')).toEqual(['v0', 'v0', 'v0'])
    expect(await versions('{"rego_version": 0, "file_rego_versions": {"/b.rego": 1, "a.rego": 1}}')).toEqual(['v0', 'v1', 'v0'])
    expect(await versions('{"file_rego_versions": {"/*.rego": 0, "/a.rego": 1}}')).toEqual(['v1', 'v0', 'v0'])
    expect(await versions('{"rego_version": 7}')).toEqual(['mixed/.manifest: `rego_version` has to be 0 or 1, and is 7'])
    expect(await versions('{"rego_version": "0"}')).toEqual(['mixed/.manifest: `rego_version` has to be 0 or 1, and is "0"'])
    expect(await versions('{"file_rego_versions": []}')).toEqual(['mixed/.manifest: `file_rego_versions` has to be an object'])
    expect(await versions('{"file_rego_versions": {"/a.rego": 5}}')).toEqual([
      'mixed/.manifest: `file_rego_versions["/a.rego"]` has to be 0 or 1, and is 5',
    ])
    expect(await versions('{"file_rego_versions": {"[": 0}}')).toMatchObject([
      expect.stringContaining('mixed/.manifest: `file_rego_versions`: `[` is no pattern of paths: '),
    ])
  })

  test('each module of a bundle is read as its manifest says', async () => {
    folder.write('both/.manifest', '{"rego_version": 1, "file_rego_versions": {"/old*.rego": 0}}')
    folder.write('both/old.rego', 'package old\n\np { 1 == 1 }\n')
    folder.write('both/old_test.rego', 'package old\n\ntest_p { p }\n')
    folder.write('both/new.rego', 'package new\n\np if data.old.p\n')
    const at = { cwd: folder.path }
    expect(await runCli(['eval', '-b', 'both', '-f', 'raw', '--v0-compatible', 'data.new.p'], at)).toMatchObject({ code: 0, out: 'true\n' })
    expect(await runCli(['check', '-b', 'both'], at)).toMatchObject({ code: 0 })
    expect(await runCli(['test', '-b', 'both'], at)).toMatchObject({ code: 0 })
    expect(await runCli(['eval', '-d', 'both', 'data.new.p'], at)).toMatchObject({ code: EXIT.input })
    expect(await runCli(['build', '-b', 'both', '-t', 'rego', '-o', 'again.tar.gz'], at)).toMatchObject({ code: 0 })
    expect(await runCli(['eval', '-b', 'again.tar.gz', '-f', 'raw', 'data.new.p'], at)).toMatchObject({ code: 0, out: 'true\n' })
  })

  test('two that claim the same part of data', async () => {
    expect(await load([], { bundles: ['bundle', 'made.tar.gz'] })).toMatchObject({
      problems: ['made.tar.gz: overlaps with bundle: the roots of its manifest claim `x` as well'],
    })
  })

  test('what is no archive', async () => {
    folder.write('cut.tar.gz', (await writeArchive([{ name: 'data.json', bytes: Buffer.from('{}') }])).subarray(0, 60))
    folder.write('text.tar.gz', 'hello')
    const { problems } = (await load([], { bundles: ['cut.tar.gz', 'text.tar.gz', 'nope.tar.gz'] })) as { problems: string[] }
    expect(problems).toEqual([
      expect.stringMatching(/^cut\.tar\.gz: is no bundle: /),
      expect.stringMatching(/^text\.tar\.gz: is no bundle: /),
      'nope.tar.gz: there is no such file or directory',
    ])
  })
})

describe('names to leave out', () => {
  test.each<[pattern: string, yes: string[], no: string[]]>([
    ['.*', ['.git', '.'], ['a.b']],
    ['*_test.rego', ['a_test.rego'], ['a.rego', 'test.rego']],
    ['?.json', ['a.json'], ['.json', 'ab.json']],
    ['[a-c]x', ['ax', 'cx'], ['dx', 'x']],
    ['[^a]x', ['bx'], ['ax']],
    ['a\\*', ['a*'], ['ab']],
    ['a.b+(c)|$^{}', ['a.b+(c)|$^{}'], ['aXb']],
    ['[', [], ['[', 'a']],
    ['a/b', ['a/b'], ['a', 'b']],
    ['x,y', ['x', 'y'], ['x,y']],
    ['日?', ['日本'], ['日']],
  ])('%s', (pattern, yes, no) => {
    const isIgnored = ignoring([pattern])
    expect(yes.filter((name) => !isIgnored(name))).toEqual([])
    expect(no.filter(isIgnored)).toEqual([])
  })
})

test('files are found in the order of their names, with the directories above them', () => {
  expect(
    walkFiles(['docs'], { extensions: ['.rego', '.yml'] }, folder.path).files.map(({ name, below, isNamed }) => ({
      name,
      below,
      isNamed,
    })),
  ).toEqual([
    { name: 'docs/a.rego', below: [], isNamed: false },
    { name: 'docs/deep/last.yml', below: ['deep'], isNamed: false },
  ])
})

test('ten thousand modules and a large document are no trouble', async () => {
  mkdirSync(join(folder.path, 'many'))
  for (let at = 0; at < 10_000; at++) folder.write(`many/${at}.rego`, `package many.m${at}\n`)
  const rows = Array.from({ length: 100_000 }, (_, at) => `"user${at}":{"id":${at},"name":"name ${at}"}`)
  folder.write('large.json', `{${rows.join(',')}}`)
  const { modules, dataText, problems } = await loadFiles(
    ['many', 'large.json'],
    {},
    { cwd: folder.path, readStdin: async () => Buffer.of() },
  )
  expect([modules.length, dataText.length, problems]).toEqual([10_000, rows.join(',').length + 2, []])
})

/** Paths that OPA is asked about, too. */
const SAME_AS_OPA: readonly (readonly string[])[] = [
  ['-d', 'docs'],
  ['-d', 'docs', '--ignore', '.*'],
  ['-d', 'a.b:docs/users.json'],
  ['-d', 'k:list.json', '-d', 'docs/deep'],
  ['-d', 'merge'],
  ['-b', 'bundle'],
  ['-d', 'bundle'],
]

describe.skipIf(opaBinary === undefined)('data as OPA has it (skipped where there is no opa)', () => {
  test.each(SAME_AS_OPA.map((words) => ({ words })))('$words', async ({ words }) => {
    const opa = spawnSync(opaBinary as string, ['eval', '-f', 'raw', ...words, 'data'], {
      cwd: folder.path,
      encoding: 'utf8',
      timeout: 20_000,
    })
    const values = (flag: string): readonly string[] => words.filter((_, at) => words[at - 1] === flag)
    const own = (await load(values('-d'), { bundles: values('-b'), ignore: values('--ignore') })) as {
      data: string
      modules: string[]
    }
    // Packages are part of OPA's data; here they are the compiler's business.
    const theirs = JSON.parse(opa.stdout) as Record<string, unknown>
    for (const name of ['a', 'p']) if (JSON.stringify(theirs[name]) === '{}') delete theirs[name]
    expect(JSON.parse(own.data)).toEqual(theirs)
  })
})
