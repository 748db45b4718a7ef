import { describe, expect, test } from 'vitest'
import type { Module } from '../../src/syntax/ast.js'
import { nodesOf } from '../../src/syntax/walk.js'
import { dumpRules } from '../support/dump-syntax.js'
import { faultsOf, parseWellFormed } from '../support/parse.js'

describe('package', () => {
  test.each([
    ['package a', ['a']],
    ['package a.b.c', ['a', 'b', 'c']],
    ['package a["b c"][`d`].e', ['a', 'b c', 'd', 'e']],
    ['package\na', ['a']],
    ['package if.default.with', ['if', 'default', 'with']],
    ['# c\n\npackage a # d\n', ['a']],
    ['\ufeffpackage a', ['a']],
  ])('%j', (text, path) => {
    expect(parseWellFormed(text).package.path).toEqual(path)
  })

  test.each([
    ['', '1:1-1:1 empty module'],
    ['# comment\n', '1:1-1:1 empty module'],
    ['p := 1', '1:1-1:2 package expected'],
    ['package', '1:8-1:8 unexpected eof token'],
    ['package "a"', '1:9-1:12 unexpected string token'],
    ['package a[b]', '1:11-1:12 unexpected var token: expecting string'],
    ['package a[0]', '1:11-1:12 unexpected number token: expecting string'],
    ['package a["b"', '1:14-1:14 unexpected eof token: expected ]'],
    ['package a.\nb', '2:1-2:2 unexpected whitespace token: expected identifier'],
    ['package a .b', '1:11-1:12 unexpected . token'],
    ['package a; p := 1', '1:10-1:11 unexpected ; token'],
    ['package a\npackage b', '2:1-2:8 unexpected package'],
    ['package a\np := 1 package b', '2:8-2:15 unexpected package'],
  ])('%j is refused: %s', (text, fault) => {
    expect(faultsOf(text)).toEqual([fault])
  })
})

describe('imports', () => {
  test.each([
    ['import data', ['data'], undefined],
    ['import input', ['input'], undefined],
    ['import data.a.b', ['data', 'a', 'b'], undefined],
    ['import\ndata.a["b c"]', ['data', 'a', 'b c'], undefined],
    ['import input.a as b', ['input', 'a'], 'b'],
    ['import data.if as b', ['data', 'if'], 'b'],
    ['import data.a as _', ['data', 'a'], '_'],
    ['import data.input', ['data', 'input'], undefined],
    ['import rego.v1', ['rego', 'v1'], undefined],
    ['import future.keywords', ['future', 'keywords'], undefined],
    ['import future.keywords.in', ['future', 'keywords', 'in'], undefined],
  ])('%j', (text, path, alias) => {
    const { imports } = parseWellFormed(`package a\n${text}`, { version: 'v1' })
    expect(imports.map((one) => [one.path, one.alias])).toEqual([[path, alias]])
  })

  test('may stand between rules, also on one line', () => {
    const module = parseWellFormed('package a import data.b p := 1 import data.c as d q := 2')
    expect(module.imports.map(({ path }) => path)).toEqual([
      ['data', 'b'],
      ['data', 'c'],
    ])
    expect(dumpRules(module)).toEqual(['p := 1', 'q := 2'])
  })

  test.each([
    ['import foo.bar', '2:8-2:15 unexpected import path, must begin with one of: {data, future, input, rego}, got: foo'],
    ['import data.x[y]', '2:15-2:16 unexpected var token: expecting string'],
    ['import data.', '2:13-2:13 unexpected eof token: expected identifier'],
    ['import data.default', '2:13-2:20 unexpected import path, must not end with a keyword, got: default'],
    ['import data.if', '2:13-2:15 unexpected import path, must not end with a keyword, got: if'],
    ['import data["if"]', '2:17-2:18 unexpected import path, must not end with a keyword, got: if'],
    ['import data.x as if', '2:18-2:20 unexpected if keyword: expected var'],
    ['import data.x as input', '2:18-2:23 unexpected import alias, must not be a reserved name, got: input'],
    ['import data.x as data', '2:18-2:22 unexpected import alias, must not be a reserved name, got: data'],
    ['import data.x as y.z', '2:19-2:20 unexpected . token'],
    ['import rego', '2:8-2:12 invalid import `rego`, must be `rego.v1`'],
    ['import rego.v0', '2:8-2:15 invalid import `rego.v0`, must be `rego.v1`'],
    ['import rego.v1 as x', '2:19-2:20 `rego` imports cannot be aliased'],
    ['import future', '2:8-2:14 invalid import, must be `future.keywords`'],
    ['import future.x', '2:8-2:16 invalid import, must be `future.keywords`'],
    ['import future.keywords.in as x', '2:30-2:31 `future` imports cannot be aliased'],
    ['import future.keywords.x', '2:8-2:25 unexpected keyword, must be one of [contains every if in not]'],
    ['import future.keywords.and', '2:8-2:27 unexpected keyword, must be one of [contains every if in not]'],
  ])('%j is refused: %s', (text, fault) => {
    expect(faultsOf(`package a\n${text}`, { version: 'v1' })).toEqual([fault])
  })

  test.each([
    ['v0', '', []],
    ['v1', '', ['contains', 'every', 'if', 'in']],
    ['v0', 'import future.keywords.in', ['in']],
    ['v0', 'import future.keywords.every', ['every', 'in']],
    ['v0', 'import future.keywords', ['contains', 'every', 'if', 'in']],
    ['v0', 'import rego.v1', ['contains', 'every', 'if', 'in']],
    ['v0', 'import future.keywords.not\nimport future.keywords.or', ['not', 'or']],
    ['v1', 'import future.keywords.and', ['and', 'contains', 'every', 'if', 'in']],
  ] as const)('keywords in force in %s with %j', (version, text, keywords) => {
    const module = parseWellFormed(`package a\n${text}`, { version, experimentalKeywords: true })
    expect([...module.keywords].sort()).toEqual(keywords)
  })
})

describe('the version of a text, where it is not given', () => {
  const versionOf = (text: string): Module['version'] => parseWellFormed(text).version

  test.each([
    ['v1', 'package a\np if x'],
    ['v1', 'package a\np contains 1'],
    ['v1', 'package a\np := 1'],
    ['v1', 'package a\nimport rego.v1\np if x'],
    ['v0', 'package a\np { x }'],
    ['v0', 'package a\np[x] { x }'],
    ['v0', 'package a\nif := 1'],
    ['v0', 'package a\nimport future.keywords.in\np { x in y }'],
  ] as const)('%s: %j', (version, text) => {
    expect(versionOf(text)).toBe(version)
  })

  test('faults are those of the version with fewer of them', () => {
    expect(faultsOf('package a\np { x }\nq { x := }\nr { y }')).toEqual(['3:10-3:11 unexpected } token'])
    expect(faultsOf('package a\np if { x }\nq if { x := }\nr if { y }')).toEqual(['3:13-3:14 unexpected } token'])
    expect(faultsOf('package a\np := }')).toEqual(['2:6-2:7 unexpected } token'])
  })

  test('a v0 text with `import rego.v1` has the version of its rules', () => {
    expect(parseWellFormed('package a\nimport rego.v1\np if x', { version: 'v0' }).version).toBe('v1')
  })
})

describe('after a fault', () => {
  test.each([
    [
      'the next statement is read',
      'package a\nimport foo\np := ]\nq if { x y }\nr := 1\ns contains\nt if {\n  x := )\n}\nu := 1',
      [
        '2:8-2:11 unexpected import path, must begin with one of: {data, future, input, rego}, got: foo',
        '3:6-3:7 unexpected ] token',
        '4:10-4:11 unexpected identifier token: expected \\n or ; or }',
        '8:8-8:9 unexpected ) token',
      ],
    ],
    [
      'lines inside of the same brackets are passed over',
      'package a\np if {\nx := ]\ny := )\n}\nq := ]',
      ['3:6-3:7 unexpected ] token', '6:6-6:7 unexpected ] token'],
    ],
    [
      'a bracket that is never closed ends at the next line',
      'package a\np := [1,\nq := 2\nr := )',
      ['3:3-3:5 unexpected assign token: expected "," or "]"', '4:6-4:7 unexpected ) token'],
    ],
    [
      'a missing package does not hide the rest',
      'p := ]\nq := )',
      ['1:1-1:2 package expected', '1:6-1:7 unexpected ] token', '2:6-2:7 unexpected ) token'],
    ],
    ['a stray bracket is one fault', 'package a\np := 1 }\nq := 2', ['2:8-2:9 unexpected } token']],
    [
      'lexical faults are not repeated',
      'package a\np := @\nq := "x\nr := ]',
      ['2:6-2:7 illegal token `@`', '3:6-3:8 non-terminated string', '4:6-4:7 unexpected ] token'],
    ],
    [
      'an unclosed template string is one fault',
      'package a\np := $"{x\nq := "a"\nr := 1',
      ['3:1-3:2 expected } to end template string expression'],
    ],
  ] as const)('%s', (_title, text, expected) => {
    expect(faultsOf(text, { version: 'v1' })).toEqual(expected)
  })

  test('faults are counted only to a limit', () => {
    expect(faultsOf(`package a\n${'p := ]\n'.repeat(5000)}`, { version: 'v1' })).toHaveLength(100)
  })
})

describe('metadata blocks', () => {
  test('apply to the statement after them', () => {
    const module = parseWellFormed(
      `# METADATA
# title: package
package a

# METADATA
#  title: import
import data.b

# an ordinary comment
# METADATA
# title: first
#
# custom: {x: 1}

# not part of it
p := 1 # METADATA
# title: no block

# METADATA
# title: second

#METADATA
#title: third
q if {
# METADATA
# title: inside
  x := 1
}
  # METADATA
  # title: indented

# METADATA with more words
# title: a
  # description: no
# METADATA
r := 1

# METADATA
# title: end`,
    )
    expect(module.annotations.map(({ text, target }) => [text, target])).toEqual([
      [' title: package', { kind: 'package' }],
      ['  title: import', { kind: 'import' }],
      [' title: first\n\n custom: {x: 1}', { kind: 'rule', index: 0 }],
      [' title: second', { kind: 'rule', index: 1 }],
      ['title: third', { kind: 'rule', index: 1 }],
      [' title: inside', { kind: 'rule', index: 2 }],
      [' title: a', { kind: 'rule', index: 2 }],
      ['', { kind: 'rule', index: 2 }],
      [' title: end', undefined],
    ])
  })
})

test('spans cover what was written', () => {
  const text =
    'package a.b\n\nimport data.x as y\n\np.q[1] := (1 + x) if {\n\tsome x in [1] with input as {}\n} else := f(-x) if not x.y'
  const module = parseWellFormed(text)
  const spans = [module.package, ...module.imports, ...module.rules.flatMap((rule) => [...nodesOf(rule)])]
  const texts = spans.map(({ kind, span }) => `${kind}: ${text.slice(span.start, span.end)}`)
  expect(texts).toEqual([
    'package: package a.b',
    'import: import data.x as y',
    `rule: ${text.slice(text.indexOf('p.q'))}`,
    'head: p.q[1] := (1 + x)',
    'string: q',
    'number: 1',
    'infix: (1 + x)',
    'number: 1',
    'var: x',
    'body: {\n\tsome x in [1] with input as {}\n}',
    'literal: some x in [1] with input as {}',
    'some-in: some x in [1]',
    'var: x',
    'array: [1]',
    'number: 1',
    'with: with input as {}',
    'var: input',
    'object: {}',
    'else: else := f(-x) if not x.y',
    'call: f(-x)',
    'var: f',
    'infix: -x',
    'number: -',
    'var: x',
    'body: not x.y',
    'literal: not x.y',
    'term: x.y',
    'ref: x.y',
    'var: x',
    'string: y',
  ])
})
