/** `cce deps`: what a query depends on, as `opa deps` tells it. */
import { spawnSync } from 'node:child_process'
import { afterAll, describe, expect, test } from 'vitest'
import { opaBinary } from '../support/opa.js'
import { createFolder, runCli } from '../support/run-cli.js'

const folder = createFolder({
  'policy.rego': `package policy

import data.lib
import input.user as u

allow if is_admin

allow if {
	some x in data.base.list
	lib.ok(x)
}

is_admin if "admin" in input.user.roles

dyn if data.base[input.key].x == 1

coll := {y | y := input.items[_].id}

cond if {
	every z in input.zs { z.a > data.limits.max }
}

mocked if allow with input.user as {"roles": []} with data.foo as 1

whole if count(input) > 0

pk := data.policy.sub

obj[k] := v if some k, v in data.base.obj

useobj if obj.a.b

useobj2 if obj[input.k]

walks if walk(input.tree, [p, v])

al if u.name == "x"

s contains x if x := input.s[_]

uses if s["a"]
`,
  'lib.rego': `package lib

ok(x) if x == data.lib.vals[_]

ok(x) if other(x)

other(x) if x == input.o
`,
  'sub.rego': `package policy.sub

a := input.suba

b := data.subb
`,
})
afterAll(folder.remove)
const cwd = folder.path

test('prints a table of base and virtual documents', async () => {
  expect(await runCli(['deps', '-d', '.', 'data.policy.allow'], { cwd })).toEqual({
    code: 0,
    out: `┌──────────────────┬──────────────────────┐
│  BASE DOCUMENTS  │  VIRTUAL DOCUMENTS   │
├──────────────────┼──────────────────────┤
│ data.base.list   │ data.lib.ok          │
│ data.lib.vals    │ data.lib.other       │
│ input.o          │ data.policy.allow    │
│ input.user.roles │ data.policy.is_admin │
└──────────────────┴──────────────────────┘
`,
    err: '',
  })
})

test('prints nothing of what depends on nothing, and one column where there is one', async () => {
  expect((await runCli(['deps', '1'], { cwd })).out).toBe('')
  expect((await runCli(['deps', 'input["a b"][0].c'], { cwd })).out).toBe(
    '┌───────────────────┐\n│  BASE DOCUMENTS   │\n├───────────────────┤\n│ input["a b"][0].c │\n└───────────────────┘\n',
  )
})

test('tells what is wrong with a query', async () => {
  expect(await runCli(['deps', '-f', 'json', 'nope(1)'], { cwd })).toMatchObject({
    code: 3,
    out: expect.stringContaining('rego_type_error'),
  })
})

const RULES = 'allow dyn coll cond mocked whole pk obj useobj useobj2 walks al uses sub'.split(' ')
const QUERIES = [
  ...RULES.map((name) => `data.policy.${name}`),
  ...`data.policy
data.policy.obj.q
data.policy.obj[x].y
input.x[y].z; data.u[v]
data.lib
data
input
1
data.lib.ok(1)
data.policy.s[input.q]
x := data.base.z; x.foo
data.nope.a.b
input.a.b; input.a
input.a[data.b.c]
data.policy.sub.a; data.policy.sub
data.policy[x]
input["a b"].c
input[0]
input.a[i]; data.policy.s[i]
x := {"a": input.q}; y := x.a
[x | x := data.zz[_]]
not data.policy.allow
data.policy.allow with input as {"a": data.w}
data.policy.allow with data.policy.is_admin as true
count(data.a.b) > input.c.d
every x in data.es { x.y == input.z }
some x in input.list; x.y == data.q[x.z]
$"a{input.t}b"
data.policy.sub[input.k]
data.policy.s[x]`.split('\n'),
]

describe.skipIf(opaBinary === undefined)('as opa deps (skipped where there is no opa)', () => {
  test.each(QUERIES)('%s', async (query) => {
    const argv = ['deps', '-d', '.', '-f', 'json', '--', query]
    const opa = spawnSync(opaBinary as string, argv, { cwd, encoding: 'utf8', timeout: 20_000 })
    expect(JSON.parse((await runCli(argv, { cwd })).out)).toEqual(JSON.parse(opa.stdout))
  })
})
