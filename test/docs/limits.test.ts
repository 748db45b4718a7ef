/** `docs/limits.md` says what the code says: every limit has its value there, and what is told there is in the code. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { DEFAULT_BUDGET } from '../../src/index.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(`${ROOT}docs/limits.md`, 'utf8')

interface Row {
  readonly value: number
  readonly file: string
  readonly name: string
}

const rows: readonly Row[] = page.split('\n').flatMap((line) => {
  const [, file, name] = /`((?:src|wasm)\/[^#`]+)#([A-Z_]+)`/.exec(line) ?? []
  if (file === undefined || name === undefined) return []
  return [{ value: Number(/\| ([0-9]+) (?:\([^|]*\) )?\|/.exec(line)?.[1]), file, name }]
})

/** The number that a constant is defined as: a literal, a power or a shift. */
function constantIn(file: string, name: string): number | undefined {
  const text = readFileSync(`${ROOT}${file}`, 'utf8')
  const written = new RegExp(`const ${name}(?:: [a-z0-9]+)? = ([^\\n]+)`).exec(text)?.[1]?.replace(/_|n\b/g, '')
  if (written === undefined) return undefined
  const [, base, operator, exponent, less] = /^([0-9]+)(?: (\*\*|<<) ([0-9]+))?( - 1)?$/.exec(written) ?? []
  const number = operator === undefined ? Number(base) : (operator === '**' ? Number(base) : 2) ** Number(exponent)
  return less === undefined ? number : number - 1
}

describe('each limit is in the code as it is told', () => {
  test('there are limits', () => expect(rows.length).toBeGreaterThan(40))
  test.each(rows)('$file $name', ({ value, file, name }) => expect(constantIn(file, name)).toBe(value))
})

test('the budget of an enforcer', () => {
  expect(page).toContain(`an enforcer: ${DEFAULT_BUDGET.work} `)
  expect(page).toContain(`an enforcer: ${DEFAULT_BUDGET.memoryBytes} `)
})
