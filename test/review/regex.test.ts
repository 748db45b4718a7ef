/** Shapes of regular expressions: samples that RE2 accepts, and repetitions of repetitions. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePattern } from '../../src/review/regex/compile.js'
import { nestedRepetition } from '../../src/review/regex/nested-repetition.js'
import { sampleOf } from '../../src/review/regex/sample.js'

describe('samples', () => {
  test.each([
    ['HOSTNAME=.+', 'HOSTNAME=x'],
    ['(?i)(FABRIC)_.+=.+', 'FABRIC_x=x'],
    ['T(E)?MP=.+', 'TMP=x'],
    ['PORT=[0-9]{2,4}', 'PORT=00'],
    ['(on|off)', 'on'],
    ['[^a-z]+', '1'],
    ['\\Qa.b\\E\\d\\x41\\.', 'a.b1A.'],
    ['[[:digit:]]x', '1x'],
    ['(?P<name>a)(?:b)', 'ab'],
    ['a{3}', 'aaa'],
    ['^$', ''],
    ['.*', ''],
    ['\\pL', 'x'],
  ])('%s', (pattern, sample) => {
    expect(sampleOf(pattern)).toBe(sample)
  })

  test.each(['(', 'a(?=b)', '[z-a]'])('%s is no pattern and has none', (pattern) => {
    expect(sampleOf(pattern)).toBeUndefined()
  })

  test('are always accepted, whatever the pattern', () => {
    const part = fc.constantFrom(
      'a',
      '.',
      '[a-c]',
      '[^x]',
      '\\d',
      '\\.',
      '(b|c)',
      '(?:d)',
      '$',
      '^',
      '|',
      '*',
      '+',
      '?',
      '{2}',
      '(',
      ')',
      '\\Q',
      '=',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const pattern = parts.join('')
        const sample = sampleOf(pattern)
        if (sample !== undefined) expect(compilePattern(pattern)?.(sample)).toBe(true)
      }),
    )
  })

  test('are found for hostile patterns in no time', () => {
    for (const pattern of [
      '('.repeat(100_000),
      '[[:'.repeat(5_000),
      'a{999}{999}',
      '|'.repeat(50_000),
      `${'(a'.repeat(900)}${'){9}'.repeat(900)}`,
    ]) {
      const start = process.cpuUsage().user
      sampleOf(pattern)
      nestedRepetition(pattern)
      expect(process.cpuUsage().user - start).toBeLessThan(2_000_000)
    }
  })
})

describe('repetitions of repetitions', () => {
  test.each([
    ['(a+)+', '(a+)+'],
    ['x(a*)*y', '(a*)*'],
    ['(?:[a-z]+)*', '(?:[a-z]+)*'],
    ['((a+))+', '((a+))+'],
    ['(a+|b)+', '(a+|b)+'],
    ['(a+b?)+', '(a+b?)+'],
    ['(a+){2,}', '(a+){2,}'],
    ['A=(.*)+', '(.*)+'],
    ['A=(.*,)*x', '(.*,)*'],
    ['(.+=.+)*', '(.+=.+)*'],
    ['(a|a)*b', '(a|a)*'],
    ['(a|aa)+', '(a|aa)+'],
    ['(?:\\w|[0-9])*', '(?:\\w|[0-9])*'],
    ['(?i)(a|A)*', '(a|A)*'],
    ['x((ab)*|(c|c)*)y', '(c|c)*'],
  ])('%s', (pattern, part) => {
    expect(nestedRepetition(pattern)).toBe(part)
  })

  test.each(['a+', '(a+)', '(a+,)+', '(ab)+', '(a+){3}', '(a|b)+', '(a|A)+', '(a|ab)+', '([a-z]+[.])*', '(a|a)', '(.*,)', '[a+]+', '\\(a+\\)+', '\\Q(a+)+\\E', '(?i)(FABRIC)_.+=.+'])(
    '%s is none',
    (pattern) => {
      expect(nestedRepetition(pattern)).toBeUndefined()
    },
  )
})
