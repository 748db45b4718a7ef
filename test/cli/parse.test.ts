/** `cce parse`: the tree as text and as the document that `opa parse` prints. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { readCases } from '../conformance/read-cases.js'
import { opaBinary } from '../support/opa.js'
import { createFolder, runCli } from '../support/run-cli.js'

const folder = createFolder({
  'small.rego':
    '# METADATA\n# title: t\npackage a["b c"]\n\nimport data.x as y\n\np contains [x, 1.50] if {\n\tsome x in y.z # one\n\tnot {1, 2}[x]\n}\n',
  'wrong.rego': 'package a\n\np := \n',
  'forms.rego': `package forms

import future.keywords.and
import future.keywords.or

a1.b := 1

a2.b if input.x

a3.b contains x if x := 1

a4["b"] := 1 if true

a5[x] := 1 if x := 1

a6[x] if x := 1

a7[x].b := 1 if x := 1

f.g(x) := 1

a8[x] contains y if {
	x := 1
	y := 1
}

a9[{"x": y}] := 2 if y := 1

default d := 1

default e(_) := 1

else.z(x) if x

l if { {input.x; true} and not input.y }

m if (input.a or input.b) and input.c

sets := {3, "a", {1}, [1], {"a": 1}, data.b, null, false, 1, "a", 1.0, [y | y := 1], {"b": 1, "a": 2}, $"a{1}", -3, 2 - -3, input, count([])}

w if input.x with input as {"a": data.b} with data.c as null

v if {
	every k, x in input.xs { x == k }
	every x in input.xs { x == 1 }
	some k, x in input.xs
	some q
	1, 2 in input.ys
	_ = input.zs[_]
}

t := $"a{input.x}b{1}c{"d"}"

r := 1 if input.x

else := 2 if input.y

else if input.z
`,
  'negation.rego': 'package n\n\nimport future.keywords.not\n\np if not { input.x; true }\n\nq if not input.x\n',
  'old.rego':
    'package old\n\np[x] { x := 1 }\n\nq[x] = y { x := 1; y := 2 } { x := 3; y := 4 }\n\nt.u { true }\n\nw["a"] = 1\n\nf(_) = 1 { true } else = 2 { true }\n',
})
afterAll(folder.remove)
const cwd = folder.path

test('a tree, for a person', async () => {
  expect(await runCli(['parse', 'small.rego'], { cwd })).toEqual({
    code: 0,
    err: '',
    out: `package
 path
  var "data"
  string "a"
  string "b c"
imports
 import
  path ref
   var "data"
   string "x"
  alias "y"
rules
 rule
  head
   ref
    var "p"
   key array
    var "x"
    number 1.50
  body
   expression
    terms
     symbols
      call
       ref
        var "internal"
        string "member_2"
       var "x"
       ref
        var "y"
        string "z"
   expression
    negated true
    ref
     set
      number 1
      number 2
     var "x"
`,
  })
})

test('places and comments are there if they are asked for', async () => {
  const { out } = await runCli(['parse', '-f', 'json', '--json-include', 'locations', 'small.rego'], { cwd })
  expect(JSON.parse(out)).toMatchObject({
    package: { location: { file: 'small.rego', row: 3, col: 1 } },
    rules: [{ location: { row: 7, col: 1 }, body: [{ location: { row: 8, col: 2 } }, { location: { row: 9, col: 2 } }] }],
    comments: [{ Location: { row: 1 } }, { Location: { row: 2 } }, { Text: 'IG9uZQ==', Location: { row: 8, col: 16 } }],
  })
  const bare = await runCli(['parse', '-f', 'json', '--json-include', '-comments', 'small.rego'], { cwd })
  expect(Object.keys(JSON.parse(bare.out) as object)).toEqual(['package', 'imports', 'annotations', 'rules'])
})

test('paths in annotations are references', async () => {
  const lines = ['# METADATA', '# schemas:', '# - input.a["b c"]: schema.x', '# - data.y: {"type": "string"}', 'package p', '']
  const { out } = await runCli(['parse', '-f', 'json', '-'], { cwd, stdin: lines.join('\n') })
  const ref = (head: string, ...path: readonly string[]): object[] =>
    [head, ...path].map((value, at) => ({ type: at === 0 ? 'var' : 'string', value }))
  expect(JSON.parse(out)).toMatchObject({
    annotations: [
      {
        scope: 'package',
        schemas: [
          { path: ref('input', 'a', 'b c'), schema: ref('schema', 'x') },
          { path: ref('data', 'y'), definition: { type: 'string' } },
        ],
      },
    ],
  })
})

test.each<[argv: string[], code: number, err: string]>([
  [['wrong.rego'], 1, 'error: '],
  [['nope.rego'], 3, 'error: nope.rego: there is no such file or directory\n'],
  [['--json-include', 'spans', 'small.rego'], 2, 'error: --json-include: there is no part `spans`\n'],
])('%j is refused', async (argv, code, err) => {
  const run = await runCli(['parse', ...argv], { cwd })
  expect([run.code, run.out, run.err.slice(0, err.length)]).toEqual([code, '', err])
})

/** OPA is asked about every so many modules; `FULL_DIFFERENTIAL=1` asks about all of them, which takes minutes. */
const EVERY = process.env['FULL_DIFFERENTIAL'] === '1' ? 1 : 40

const shared = fileURLToPath(new URL('../../../shared/conformance', import.meta.url))
const missing =
  opaBinary === undefined ? 'there is no opa' : existsSync(shared) ? undefined : 'the cases are not beside the project'
const modules =
  missing === undefined
    ? readCases(shared)
        .flatMap(({ id, version, modules: texts }) => texts.map((text, at) => ({ id: `${id} ${at}`, version, text })))
        .filter((_, at) => at % EVERY === 0)
    : []

async function compare(name: string, version: 'v0' | 'v1'): Promise<void> {
  const flags = version === 'v0' ? ['--v0-compatible'] : []
  const opa = spawnSync(opaBinary as string, ['parse', '-f', 'json', ...flags, name], { cwd, encoding: 'utf8', timeout: 20_000 })
  const own = await runCli(['parse', '-f', 'json', ...(version === 'v0' ? ['--v0'] : []), name], { cwd })
  expect(JSON.parse(own.out)).toEqual(JSON.parse(opa.stdout))
}

describe.skipIf(opaBinary === undefined)('the document of opa parse (skipped where there is no opa)', () => {
  test.each(['small.rego', 'forms.rego', 'negation.rego'])('%s', (name) => compare(name, 'v1'))
  test('old.rego', () => compare('old.rego', 'v0'))
})

describe.skipIf(missing !== undefined)(`the document of opa parse, for public cases (skipped: ${missing ?? 'no'})`, () => {
  test.each(modules)('$version $id', async ({ version, text }) => {
    folder.write('case.rego', text)
    await compare('case.rego', version)
  })
})
