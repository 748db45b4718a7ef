/**
 * What mutations begin with: the policies, samples and cases of the repository, and those that lie beside it where they do.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCases } from '../conformance/read-cases.js'
import { writeJson } from '../../src/value/json.js'
import { writeValueText } from '../../src/value/text.js'
import { type FuzzCase, writeCase } from './case.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url))

/** Whether the material beside the repository is there: without it, mutations begin with the repository's own texts. */
export const HAS_SHARED = existsSync(join(SHARED, 'conformance'))

/** Longer seeds make slow cases and rare hits. */
const MAX_SEED = 6000

export const regoTexts = once(() => [
  ...textsOf(join(ROOT, 'rego'), /\.rego$/),
  ...textsOf(join(ROOT, 'test/samples'), /\.rego$/),
  ...textsOf(join(SHARED, 'samples/policies'), /\.rego$/),
  ...sharedCases().flatMap(({ modules }) => modules),
])

export const languageCases = once((): readonly string[] => [...OWN_CASES.map(writeCase), ...sharedCases().map(writeCase)])

export const planTexts = once(() => textsOf(join(ROOT, 'test/samples/opa-plans'), /^plan\.json$/, 100_000))

/** Calls of builtins, as in `substring("abc", 1, 2)`. */
export const builtinCalls = once(() =>
  textsOf(join(ROOT, 'test/builtins/calls'), /\.txt$/, 1_000_000).flatMap((text) =>
    text.split('\n').filter((line) => /^[a-z]/.test(line) && line.length < MAX_SEED),
  ),
)

export const jsonTexts = once(() => [
  '{"a": [1, -2.5e10, "x\\u00e9\\n", null, true, false], "b": {"c": {}, "d": []}}',
  '[12345678901234567890123, 1e400, 0.1, -0, 9007199254740993, "\\ud83d\\ude00"]',
  '{"__proto__": {"x": 1}, "constructor": 2, "a": 1, "a": 2}',
  ...sharedCases().map(({ data }) => data),
  ...sharedCases().flatMap(({ input }) => (input === undefined ? [] : [input])),
  ...planTexts().slice(0, 3),
])

/** Policies in all forms that `parsePolicy` takes. */
export const policyTexts = once(() => [
  ...textsOf(join(ROOT, 'examples'), /\.(?:json|rego)$/, 60_000),
  ...textsOf(join(SHARED, 'samples/policies'), /\.(?:json|rego)$/),
  ...textsOf(join(SHARED, 'samples/templates'), /\.json$/),
])

const sharedCases = once((): readonly FuzzCase[] =>
  HAS_SHARED
    ? readCases(join(SHARED, 'conformance'))
        .map(({ version, modules, query, data, input }) => ({
          version,
          modules,
          query,
          data: writeJson(data),
          ...(input === undefined ? {} : { input: writeValueText(input) }),
        }))
        .filter((one) => writeCase(one).length < MAX_SEED)
    : [],
)

/** The language in small. */
const OWN_CASES: readonly FuzzCase[] = [
  {
    version: 'v1',
    modules: [
      'package a.b\n\nimport data.c as d\nimport rego.v1\n\ndefault allow := false\n\nallow if {\n\tsome x in input.xs\n\tx.ok\n\tnot denied[x.name]\n}\n\ndenied contains n if n := d.names[_]\n\nf(x) := y if {\n\ty := x + 1\n} else := 0 if x == null\n\nm[k] := v if some k, v in {"a": 1, "b": {2, 3}}\n',
      'package c\n\nnames := [n | n := ["x", "y"][_]; startswith(n, "x")]\n\nobj.inner[k] := {"v": k} if every i in [1, 2] { i < k }\n',
    ],
    query: 'x = data.a.b.allow with input as {"xs": [{"ok": true, "name": "z"}]}',
    data: '{"e": {"f": [1, 2, {"g": null}]}}',
    input: '{"xs": [{"ok": true, "name": "y"}]}',
  },
  {
    version: 'v0',
    modules: [
      'package t\n\np[x] { x := data.e[_]; not q[x] }\nq[x] = y { x = input[y] }\nr = sprintf("%v-%d %s", [1, 2, "a"]) { regex.match("^a+$", input.s) }\ng(x, [y, _]) = z { z = object.union(x, {"k": y}) }\n',
    ],
    query: 'data.t.p[x]; data.t.q[x] = y; z = [1, 2, 3][_]',
    data: '{"e": ["a", "b"]}',
    input: '{"a": "b", "s": "aaa"}',
  },
]

function textsOf(folder: string, name: RegExp, most = MAX_SEED): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => readFileSync(path, 'utf8'))
    .filter((text) => text.length <= most)
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
