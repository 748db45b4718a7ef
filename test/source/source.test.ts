import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Source, locate } from '../../src/source/source.js'

describe('places', () => {
  test('count code points, and are found again', () => {
    const line = fc.string({ unit: fc.constantFrom('a', '\t', '\r', '\n', '日', '😀', 'e\u0301', '\ufeff') })
    fc.assert(
      fc.property(line, (text) => {
        const source = new Source('a.rego', text)
        let row = 1
        let col = 1
        let offset = 0
        for (const character of text) {
          expect(source.placeOf(offset)).toEqual([row, col])
          expect(source.offsetOf(row, col)).toBe(offset)
          offset += character.length
          if (character === '\n') row += 1
          col = character === '\n' ? 1 : col + 1
        }
        expect(source.placeOf(offset)).toEqual([row, col])
      }),
    )
  })

  test('a column behind the line is its end', () => {
    const source = new Source('a.rego', 'ab\ncd')
    expect([source.offsetOf(1, 9), source.offsetOf(2, 9), source.offsetOf(3, 1)]).toEqual([2, 5, 5])
    expect([source.lineBounds(1), source.lineBounds(2), source.lineBounds(3)]).toEqual([[0, 2], [3, 5], [5, 5]])
  })

  test('one line of megabytes has places at once', () => {
    const source = new Source('a.rego', '😀a'.repeat(1_000_000))
    const places = Array.from({ length: 100_000 }, (_, at) => locate({ source, start: at * 30, end: at * 30 + 1 }).col)
    expect(places).toEqual(Array.from({ length: 100_000 }, (_, at) => at * 20 + 1))
  })
})
