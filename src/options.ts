/**
 * Options as they may come from a program without types: each public function looks at what it was given before it begins,
 * and says which option is wrong and what it should be.
 */
import { nearestName } from './diagnostics/nearest.js'
import { OptionError } from './errors.js'

/** Throws `OptionError` if the value is not what it must be; `place` leads to it. */
export type Check = (value: unknown, place: string) => void

/** A check of a single value: `expected` says what it has to be. */
export function check(test: (value: unknown) => boolean, expected: string): Check {
  return (value, place) => {
    if (!test(value)) throw new OptionError(place, expected, value)
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const text = check((value) => typeof value === 'string', 'text')
export const flag = check((value) => typeof value === 'boolean', '`true` or `false`')
export const func = check((value) => typeof value === 'function', 'a function')
export const amount = check((value) => typeof value === 'number' && value >= 0 && value < Infinity, 'a finite number, 0 or more')
export const position = check((value) => Number.isSafeInteger(value) && (value as number) > 0, 'a whole number, 1 or more')
export const anyObject = check(isObject, 'an object')
export const iterable = check((value) => (isObject(value) ? Symbol.iterator in value : Array.isArray(value)), 'a list')
export const bytes = check((value) => value instanceof Uint8Array, 'a Uint8Array')

export function oneOf(...values: readonly string[]): Check {
  const last = values.length - 1
  const listed = values.map((value, at) => `${at === 0 ? '' : at === last ? ' or ' : ', '}"${value}"`).join('')
  return check((value) => values.includes(value as string), listed)
}

/** A value that JSON has. */
export const json = check(hasJson, 'a value that JSON has')

function hasJson(value: unknown): boolean {
  try {
    return (JSON.stringify(value) as string | undefined) !== undefined
  } catch {
    return false
  }
}

/** A table of `data.metadata`: a map, or the items of a set. */
export const table = check((value) => isTable(value) && hasJson(value), 'an object or an array that JSON has')

/** The text of an object of such tables. */
export const tablesText = check((value) => {
  const tables = parsed(value)
  return isObject(tables) && Object.values(tables).every(isTable)
}, 'the text of a JSON object of objects and arrays')

function isTable(value: unknown): boolean {
  return isObject(value) || Array.isArray(value)
}

export const jsonObjectText = check((value) => isObject(parsed(value)), 'the text of a JSON object')

function parsed(value: unknown): unknown {
  try {
    return typeof value === 'string' ? (JSON.parse(value) as unknown) : undefined
  } catch {
    return undefined
  }
}

export function anyOf(expected: string, ...checks: readonly Check[]): Check {
  return check((value) => checks.some((one) => passes(one, value)), expected)
}

function passes(one: Check, value: unknown): boolean {
  try {
    one(value, '')
    return true
  } catch {
    return false
  }
}

export function listOf(item: Check): Check {
  return (value, place) => {
    if (!Array.isArray(value)) throw new OptionError(place, 'an array', value)
    for (const [at, one] of value.entries()) item(one, `${place}[${at}]`)
  }
}

export function recordOf(item: Check): Check {
  return (value, place) => {
    anyObject(value, place)
    for (const [name, one] of Object.entries(value as object)) item(one, `${place}[${JSON.stringify(name)}]`)
  }
}

/** An object with these members, each of which may be absent; others are not looked at. */
export function members(checks: Readonly<Record<string, Check>>): Check {
  return (value, place) => {
    anyObject(value, place)
    for (const [name, item] of Object.entries(checks)) {
      const one = (value as Readonly<Record<string, unknown>>)[name]
      if (one !== undefined) item(one, place === '' ? name : `${place}.${name}`)
    }
  }
}

/** As `members`, with these members not absent. */
export function withMembers(required: Readonly<Record<string, Check>>, others: Readonly<Record<string, Check>> = {}): Check {
  const rest = members(others)
  return (value, place) => {
    rest(value, place)
    for (const [name, item] of Object.entries(required))
      item((value as Readonly<Record<string, unknown>>)[name], place === '' ? name : `${place}.${name}`)
  }
}

/**
 * The options of a function: those of `checks` and `others`, and no more: a misspelt option would be as good as none. Those of
 * `others` are looked at by somebody else.
 */
export function optionsOf(
  checks: Readonly<Record<string, Check>>,
  beside: { readonly required?: Readonly<Record<string, Check>>; readonly others?: readonly string[] } = {},
): Check {
  const { required = {}, others = [] } = beside
  const known = withMembers(required, checks)
  const names = [...Object.keys(required), ...Object.keys(checks), ...others]
  return (value, place) => {
    known(value, place)
    for (const [name, one] of Object.entries(value as object)) {
      if (one === undefined || names.includes(name)) continue
      const nearest = nearestName(name, names)
      const all = names.map((each) => `\`${each}\``).join(', ')
      const hint = nearest === undefined ? `there are ${all}` : `did you mean \`${nearest}\`?`
      throw new OptionError(place === '' ? name : `${place}.${name}`, 'absent', one, `is no option: ${hint}`)
    }
  }
}

/** Looks at the options of a function. @throws OptionError */
export function checkOptions(options: unknown, checks: Check): void {
  anyObject(options, 'options')
  checks(options, '')
}
