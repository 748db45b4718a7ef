/** Texts made of other texts: their tokens dropped, doubled, exchanged, nested and spliced, and characters nobody expects. */
import type { Random } from '../../support/random.js'

/** Pieces that put a scanner or parser to the test. Lone surrogates, NUL and the byte order mark are on purpose. */
const NASTY = [
  ...'{}[]()<>.,;:="`$#-+*/%|&@\\\'',
  ...['\u0000', '\ud800', '\udc00', '\ufeff', '\u2028', '\u0085', 'é', '\u{1f600}', '\r', '\r\n', '\n', '\t', ' '],
  ...['if', 'else', 'not ', 'some ', 'every ', 'in', 'with ', 'as', 'default ', 'import ', 'package ', 'contains', 'null', 'true'],
  ...[':=', '==', '!=', '$"', '{x}', '"}', '``', '/*', '# METADATA\n# scope: document\n', 'set()', '_', 'input', 'data', 'rego.v1'],
  ...['__proto__', 'constructor', 'toString', '0x1F', '1e9999', '1e-9999', '-0', '007', '.5', '9007199254740993', '99999999999999999999'],
  ...['\\u0000', '\\ud800', '\\x', '\\', '%s', '%', '%999999999d', '(?i)', '[[:alpha:]]', '{1000}', '**', '!!', '&a', '*a', '---'],
]

const TOKEN = /[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[ \t]+|[^]/gu

/** So long a text may become; what is beyond goes. */
const MAX_LENGTH = 200_000

/** A text with a few changes. */
export function mutateText(random: Random, seeds: readonly string[]): string {
  let tokens = tokensOf(random.one(seeds))
  for (let changes = 1 + random.below(6); changes > 0; changes--) tokens = change(random, tokens, seeds)
  return tokens.join('').slice(0, MAX_LENGTH)
}

function tokensOf(text: string): string[] {
  return text.match(TOKEN) ?? []
}

function change(random: Random, tokens: string[], seeds: readonly string[]): string[] {
  const [start, end] = range(random, tokens.length)
  const before = tokens.slice(0, start)
  const inside = tokens.slice(start, end)
  const after = tokens.slice(end)
  switch (random.below(11)) {
    case 0:
      return [...before, ...after]
    case 1:
      return [...before, ...inside, ...inside, ...after]
    case 2:
      return exchange(random, tokens)
    case 3:
      return [...before, random.one(NASTY), ...after]
    case 4:
      return [...before, random.one(NASTY), ...inside, ...after]
    case 5:
      return [...before, ...sliceOf(random, seeds), ...after]
    case 6:
      return [...before, ...sliceOf(random, seeds)]
    case 7: {
      const times = random.one([2, 10, 100, 700, 3000])
      const piece = random.chance(50) ? random.one(NASTY) : inside.slice(0, 8).join('')
      return [...before, piece.slice(0, MAX_LENGTH / times).repeat(times), ...after]
    }
    case 8: {
      const [open, close] = random.one([['(', ')'], ['[', ']'], ['{', '}'], ['{"a":', '}'], ['f(', ')'], ['[x|x:=', ']'], ['not ', '']] as const)
      const times = random.one([1, 2, 30, 400, 2500])
      return [...before, open.repeat(times), ...inside, close.repeat(times), ...after]
    }
    case 9:
      return [...before, ...inside.map((token) => bend(random, token)), ...after]
    default:
      return tokensOf(`${before.join('')}${random.one(NASTY)}${random.one(NASTY)}${after.join('')}`)
  }
}

/** A short piece, mostly. */
function range(random: Random, length: number): readonly [start: number, end: number] {
  const start = random.below(length + 1)
  const size = random.below(random.one([2, 4, 16, 200]))
  return [start, Math.min(length, start + size)]
}

function exchange(random: Random, tokens: readonly string[]): string[] {
  const places = [...range(random, tokens.length), ...range(random, tokens.length)].sort((a, b) => a - b)
  const [a = 0, b = 0, c = 0, d = 0] = places
  return [...tokens.slice(0, a), ...tokens.slice(c, d), ...tokens.slice(b, c), ...tokens.slice(a, b), ...tokens.slice(d)]
}

function sliceOf(random: Random, seeds: readonly string[]): readonly string[] {
  const tokens = tokensOf(random.one(seeds))
  const [start, end] = range(random, tokens.length)
  return tokens.slice(start, end)
}

function bend(random: Random, token: string): string {
  const at = random.below(token.length + 1)
  switch (random.below(4)) {
    case 0:
      return token.slice(0, at) + token.slice(at + 1)
    case 1:
      return token.slice(0, at) + String.fromCharCode(random.below(random.one([128, 256, 65_536]))) + token.slice(at)
    case 2:
      return token.slice(0, at)
    default:
      return token + token
  }
}
