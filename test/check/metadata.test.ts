/** Annotations and the calls that read them. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('`rego.metadata.rule()` is the annotation of the rule around it', () => {
  test.each<[string, string]>([
    [`# METADATA
# title: T
# description: |
#   a
#   b
# custom: {k: [1, 1.50, 0x10, true, null, "s"], 1: one, d: 2020-01-02}
# organizations: [o, 1]
# authors: ["Jane Doe <j@x.com>", {name: N, email: n@x.com}, Solo, "<only@x.com>"]
# related_resources: [https://x.com/a, {ref: https://x.com/b, description: B}]
# schemas: [{input: schema.a}, {'data.x["y z"]': {type: object}}]
# labels: {l: 1}
# unknown: 1
p := rego.metadata.rule()`, 'value data.t.p := {"authors": [{"email": "j@x.com", "name": "Jane Doe"}, {"email": "n@x.com", "name": "N"}, {"name": "Solo"}, {"email": "only@x.com"}], "custom": {"1": "one", "d": "2020-01-02T00:00:00Z", "k": [1, 1.5, 16, true, null, "s"]}, "description": "a\\nb\\n", "labels": {"l": 1}, "organizations": ["o", "1"], "related_resources": [{"ref": "https://x.com/a"}, {"description": "B", "ref": "https://x.com/b"}], "schemas": [{"path": ["input"], "schema": ["schema", "a"]}, {"definition": {"type": "object"}, "path": ["data", "x", "y z"]}], "scope": "rule", "title": "T"}'],
    ['p := rego.metadata.rule()', 'value data.t.p := {}'],
    [`# METADATA
# title: T
# entrypoint: true
p := rego.metadata.rule()`, 'value data.t.p := {}'],
    [`# METADATA
# title: T

p := rego.metadata.rule()`, 'value data.t.p := {"scope": "rule", "title": "T"}'],
    [`# METADATA
# title: outer
# METADATA
# title: inner
p := rego.metadata.rule()`, 'value data.t.p := {"scope": "rule", "title": "inner"}'],
    [`# METADATA
# title: T
f(x) := [rego.metadata.rule() | true]`, 'function data.t.f(x#0) := [{"scope": "rule", "title": "T"} | true]'],
    [`# METADATA
# title: T
p if rego.metadata.rule(x)`, `value data.t.p := true
  x#0 = {"scope": "rule", "title": "T"}`],
    [`# METADATA
# title: T
p := 1 if false
else := rego.metadata.rule()`, `value data.t.p := 1
  false
else := {}`],
    [`# METADATA
# title: T
p := rego.metadata.rule() if { false } { true }`, `value data.t.p := {"scope": "rule", "title": "T"}
  false
value data.t.p := {}
  true`],
    [`rego.metadata.rule(x) := x
p := rego.metadata.rule(1)`, `function data.t.rego.metadata.rule(x#0) := x#0
value data.t.p := #1
  #1 = data.t.rego.metadata.rule(1)`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('`rego.metadata.chain()` goes from the rule to the outermost package', () => {
  test.each<[string | string[], string]>([
    [[`# METADATA
# title: P
package a.b

# METADATA
# scope: document
# title: D

# METADATA
# title: R
p.q := rego.metadata.chain()

r[x] := rego.metadata.chain() if x := 1`, `# METADATA
# scope: subpackages
# title: S
package a`, `# METADATA
# scope: subpackages
# title: SB
package a.b

p.q := 1`], `value data.a.b.p.q := [{"annotations": {"scope": "rule", "title": "R"}, "path": ["a", "b", "p", "q"]}, {"annotations": {"scope": "document", "title": "D"}, "path": ["a", "b", "p", "q"]}, {"annotations": {"scope": "package", "title": "P"}, "path": ["a", "b"]}, {"annotations": {"scope": "subpackages", "title": "SB"}, "path": ["a", "b"]}, {"annotations": {"scope": "subpackages", "title": "S"}, "path": ["a"]}]
value data.a.b.r[x#0] := [{"path": ["a", "b", "r"]}, {"annotations": {"scope": "package", "title": "P"}, "path": ["a", "b"]}, {"annotations": {"scope": "subpackages", "title": "SB"}, "path": ["a", "b"]}, {"annotations": {"scope": "subpackages", "title": "S"}, "path": ["a"]}]
  x#0 = 1
value data.a.b.p.q := 1`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('malformed blocks, where something asks for metadata', () => {
  test.each<[string, string[]]>([
    [`# METADATA
# title: [
p := rego.metadata.rule()`, ['2:1 parse: yaml: Flow sequence in block collection must be sufficiently indented and end with a ]']],
    [`# METADATA
# title: a
# title: b
p := rego.metadata.rule()`, ['2:1 parse: yaml: Map keys must be unique']],
    [`# METADATA
# - a
p := rego.metadata.rule()`, ['2:1 parse: yaml: a metadata block is a map from field names to values']],
    [`# METADATA
p := rego.metadata.rule()`, ['2:1 parse: expected METADATA block, found whitespace']],
    [`# METADATA
# scope: nowhere
p := rego.metadata.rule()`, [`2:1 parse: invalid annotation scope 'nowhere'. Use one of 'rule', 'document', 'package', or 'subpackages'`]],
    [`# METADATA
# scope: package
# title: x
p := rego.metadata.rule()`, [`2:1 parse: annotation scope 'package' must be applied to package (have rule)`]],
    [`# METADATA
# scope: document
p := rego.metadata.rule()
# METADATA
# scope: document
p := 1`, ['5:1 type: document annotation redeclared: a.rego:2']],
    [`# METADATA
# title: [a]
# description: b
p := rego.metadata.rule()`, ['2:1 parse: title must be a string']],
    [`# METADATA
# organizations: a
p := rego.metadata.rule()`, ['2:1 parse: organizations must be a list']],
    [`# METADATA
# authors: [""]
p := rego.metadata.rule()`, ['2:1 parse: invalid author definition: author is an empty string']],
    [`# METADATA
# authors: [{}]
p := rego.metadata.rule()`, [`2:1 parse: invalid author definition: 'name' and/or 'email' values required`]],
    [`# METADATA
# related_resources: [{description: x}]
p := rego.metadata.rule()`, [`2:1 parse: invalid related-resource definition: 'ref' value required`]],
    [`# METADATA
# custom: 1
p := rego.metadata.rule()`, ['2:1 parse: custom must be a map']],
    [`# METADATA
# custom: {a: .inf}
p := rego.metadata.rule()`, ['2:1 parse: Infinity is no number of JSON']],
    [`# METADATA
# entrypoint: maybe
p := rego.metadata.rule()`, ['2:1 parse: entrypoint must be true or false']],
    [`# METADATA
# schemas: [{foo: schema.a}]
p := rego.metadata.rule()`, ['2:1 parse: invalid document reference']],
    [`# METADATA
# schemas: [{input: a.b}]
p := rego.metadata.rule()`, ['2:1 parse: invalid schema reference']],
    [`# METADATA
# title: x
import data.q
p := [q, rego.metadata.rule()]`, [`2:1 parse: invalid annotation scope 'import'. Use one of 'rule', 'document', 'package', or 'subpackages'`]],
    [`p := rego.metadata.rule()
# METADATA
# title: end`, [`3:1 parse: invalid annotation scope ''. Use one of 'rule', 'document', 'package', or 'subpackages'`]],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('malformed blocks are comments where nothing asks', () => {
  test.each<[string, string]>([
    [`# METADATA
# title: [
p := 1`, 'value data.t.p := 1'],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('malformed blocks, on request', () => {
  test.each<[string, string[]]>([
    [`# METADATA
# title: [
p := 1`, ['2:1 parse: yaml: Flow sequence in block collection must be sufficiently indented and end with a ]']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text, {"annotations":true})).toEqual(expected)
  })
})
