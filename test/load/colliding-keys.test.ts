/** Keys that somebody has chosen so that all of them have one hash: slower at worst, and never wrong. */
import { expect, test } from 'vitest'
import { murmur3 } from '../../src/codegen/murmur.js'
import { compileRego } from '../../src/compile.js'
import { loadRego } from '../../src/load/load.js'
import { Random } from '../support/random.js'

const HASH_OF_ALL = 0x12345678

/** The product of odd numbers that is 1 modulo 2^32. */
function inverse(of: number): number {
  let result = of
  for (let round = 0; round < 5; round++) result = Math.imul(result, 2 - Math.imul(of, result))
  return result
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))
const scramble = (word: number): number => Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)
const unscramble = (word: number): number => Math.imul(rotate(Math.imul(word, inverse(0x1b873593)), 17), inverse(0xcc9e2d51))
const step = (hash: number, word: number): number => (Math.imul(rotate(hash ^ scramble(word), 13), 5) + 0xe6546b64) | 0

/** Texts of twelve letters with one hash: eight at random, and four that bring it about, if they are letters. */
function collidingTexts(count: number): readonly string[] {
  const random = new Random(7)
  const texts = new Set<string>()
  while (texts.size < count) {
    const bytes = Array.from({ length: 8 }, () => 0x30 + random.below(74))
    const words = [0, 4].map((at) => bytes.slice(at, at + 4).reduce((word, byte, place) => word | (byte << (8 * place)), 0))
    const before = words.reduce(step, 0)
    const wanted = rotate(Math.imul(HASH_OF_ALL - 0xe6546b64, inverse(5)), 19)
    const last = unscramble(wanted ^ before)
    const tail = [0, 8, 16, 24].map((shift) => (last >>> shift) & 0xff)
    if (tail.every((byte) => byte > 0x20 && byte < 0x7f)) texts.add(String.fromCharCode(...bytes, ...tail))
  }
  return [...texts]
}

const KEYS = collidingTexts(400)

const policy = await loadRego(
  compileRego({
    modules: {
      'p.rego': `package p

entry := data.m[input.key]

keys := [key | some key, _ in data.m]

set := {key | some key in input.keys}

answers := {
	"members": [key | some key in input.asked; key in set],
	"difference": {key | some key in input.keys} - {key | some key in input.asked},
	"union": count(set | {key | some key in input.asked}),
	"equal": set == {key | some key in array.reverse(input.keys)},
	"unequal": set == {key | some key in array.concat(array.slice(input.keys, 1, 1000), ["other"])},
	"object": {key: place | some place, key in input.keys}[input.asked[0]],
	"nested": count({{key, other} | some key in array.slice(input.keys, 0, 20); some other in array.slice(input.keys, 0, 20)}),
}

pair := {name | some name in ["x", "y"]}

inner := {item | some item in array.concat(array.concat([pair], input.keys), ["!"])}

outer := {item | some item in array.concat([inner, pair], input.keys)}

by_key := {item: 1 | some item in array.concat([inner, pair], input.keys)}

nested := {
	"equal": inner == outer,
	"equal objects": {item: 1 | some item in array.concat(array.concat([pair], input.keys), ["!"])} == by_key,
	"subset": object.subset(outer, inner),
	"union": count(inner | outer),
	"missing": inner - outer,
}
`,
    },
    entrypoints: ['p/entry', 'p/keys', 'p/answers', 'p/nested'],
  }),
)

test('the keys have one hash', () => {
  expect(new Set(KEYS.map((key) => murmur3(new TextEncoder().encode(key), 0))).size).toBe(1)
})

test('entries of data come and go', () => {
  const random = new Random(11)
  const model = new Map<string, number>()
  policy.setDataText('{"m": {}}')
  for (let round = 0; round < 1500; round++) {
    const key = KEYS[random.below(random.below(10) === 0 ? 400 : 200)] as string
    if (random.below(3) === 0) {
      policy.removeDataPath(['m', key])
      model.delete(key)
    } else {
      policy.addDataPath(['m', key], String(round))
      model.set(key, round)
    }
    if (round % 10 === 0) expect(policy.evaluate('p/entry', { key })).toBe(model.get(key))
    if (round % 300 === 0) {
      expect(policy.evaluate('p/keys')).toEqual([...model.keys()].sort())
      for (const one of KEYS) expect(policy.evaluate('p/entry', { key: one })).toBe(model.get(one))
    }
  }
})

test('collections of an evaluation hold what was put in', () => {
  const keys = KEYS.slice(0, 300)
  const asked = KEYS.slice(250, 350)
  expect(policy.evaluate('p/answers', { keys, asked })).toEqual({
    members: asked.slice(0, 50),
    difference: keys.slice(0, 250).sort(),
    union: 350,
    equal: true,
    unequal: false,
    object: 250,
    nested: 210,
  })
})

test('sets of which one holds the other are told apart', () => {
  // About as many as a table has when it gives its index up.
  for (let count = 120; count < 140; count++) {
    expect(policy.evaluate('p/nested', { keys: KEYS.slice(0, count) })).toEqual({
      equal: false,
      'equal objects': false,
      subset: false,
      union: count + 3,
      missing: ['!'],
    })
  }
})
