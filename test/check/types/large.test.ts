/** Type checking of what is large, deep, or made to be expensive. */
import { expect, test } from 'vitest'
import { typeErrors, typeOf } from './inferred.js'

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n')
const list = (count: number, item: (at: number) => string): string =>
  `[${Array.from({ length: count }, (_, at) => item(at)).join(', ')}]`

test('a large constant is read once, however often it is referred to', () => {
  const container = (at: number): string =>
    `{"command": ["/bin/app${at}"], "layers": ["a", "b", "${at}"], "id${at % 50}": ${at}, "env": ${list(20, () => '{"pattern": "A=1", "required": false}')}}`
  const rules = `containers := ${list(400, container)}\n${lines(200, (at) => `p${at} := [c | c := containers[_]; c.layers[_] == "${at}"]`)}`
  expect(typeErrors(`${rules}\nq if containers[_].layers[_] == 1`)).toEqual([
    '203:6 match error (the sides can never be equal: left is string, right is number)',
  ])
})

test('choices between thousands of types', () => {
  const rules = `xs := ${list(3000, (at) => `{"k${at}": ${at}}`)}\nys := ${list(3000, (at) => `{"j${at}": ${at}}`)}`
  expect(typeErrors(`${rules}\np if { some x in xs; some y in ys; x == y }`)).toEqual([])
  expect(typeErrors(`${rules}\np if xs[_].nothing`)).toHaveLength(1)
  expect(typeErrors(`${rules}\np if xs[_].k77`)).toEqual([])
})

test('a long chain of rules', () => {
  const chain = lines(3000, (at) => `r${at} := [r${at + 1}]`)
  expect(typeErrors(`${chain}\nr3000 := 1\np if r0 == "a"`)).toHaveLength(1)
  const pairs = lines(600, (at) => `r${at} := [r${at + 1}, r${at + 1}]\ns${at} := [s${at + 1}, s${at + 1}]`)
  expect(typeErrors(`${pairs}\nr600 := 1\ns600 := "a"\np if r0 == s0`)).toHaveLength(1)
})

test('a deep literal', () => {
  const deep = `${'['.repeat(400)}1${']'.repeat(400)}`
  expect(typeErrors(`p if ${deep} == ${deep.replace('1', '"a"')}`)).toHaveLength(1)
  const [error] = typeErrors(`q := ${deep}\np if q == 1`)
  expect(error?.startsWith('3:6 match error (the sides can never be equal: left is array<array<array<')).toBe(true)
})

test('many replacements of documents that much depends on', () => {
  const rules = `base := 1\n${lines(500, (at) => `r${at} := ${at === 0 ? 'base' : `r${at - 1}`}`)}`
  const tests = lines(300, (at) => `test_${at} if r${at} == "a" with base as "a"`)
  expect(typeErrors(`${rules}\n${tests}`)).toEqual([])
})

test('names like those of an object are names', () => {
  expect(typeOf('q', 'q := {"__proto__": 1, "constructor": "a", "toString": null}')).toBe(
    'object<__proto__: number, constructor: string, toString: null>',
  )
  expect(typeErrors('q := {"a": 1}\np if q.__proto__')).toEqual([
    '3:6 undefined ref: data.t.q.__proto__ (no key "__proto__": there is "a")',
  ])
  expect(typeErrors('q.__proto__ := 1\np if q.__proto__ == "a"')).toEqual([
    '3:6 match error (the sides can never be equal: left is number, right is string)',
  ])
})
