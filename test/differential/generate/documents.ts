/** Random base documents and inputs, as JSON text. */
import type { Choices } from '../choices.js'
import { DOCUMENT_FIELDS, type Kind, RECORD_FIELDS } from './kinds.js'
import { KEYS, ODD_NUMBERS, PLAIN_NUMBERS, WORDS, quote } from './vocabulary.js'

/** A document with the fields that policies look for; some are missing, some are of another kind. */
export function documentText(choices: Choices): string {
  return choices.part('document', () => {
    const fields = DOCUMENT_FIELDS.flatMap(([name, kind]) => {
      if (!choices.chance(92)) return []
      return [`${quote(name)}:${choices.chance(8) ? jsonText(choices, 2) : jsonOfKind(choices, kind)}`]
    })
    return `{${fields.join(',')}}`
  })
}

/** The input of an evaluation; undefined is none. */
export function inputText(choices: Choices): string | undefined {
  return choices.weighted<string | undefined>([
    [90, () => documentText(choices)],
    [6, () => jsonText(choices, 2)],
    [4, () => undefined],
  ])
}

export function numberText(choices: Choices): string {
  return choices.chance(35) ? choices.oneOf(ODD_NUMBERS) : choices.oneOf(PLAIN_NUMBERS)
}

/** JSON of a kind; sets have none and are arrays. */
export function jsonOfKind(choices: Choices, kind: Kind): string {
  return choices.part('json', () => {
    switch (kind) {
      case 'null':
        return 'null'
      case 'boolean':
        return choices.chance(50) ? 'true' : 'false'
      case 'number':
        return numberText(choices)
      case 'string':
        return quote(choices.oneOf(WORDS))
      case 'numbers':
      case 'numberSet':
        return arrayText(choices, 'number')
      case 'strings':
      case 'stringSet':
        return arrayText(choices, 'string')
      case 'records':
        return arrayText(choices, 'record')
      case 'map':
        return objectText(choices, 'number')
      case 'recordMap':
        return objectText(choices, 'record')
      case 'record':
        return `{${RECORD_FIELDS.filter(() => choices.chance(90))
          .map(([name, field]) => `${quote(name)}:${choices.chance(5) ? jsonText(choices, 1) : jsonOfKind(choices, field)}`)
          .join(',')}}`
      default:
        return jsonText(choices, 2)
    }
  })
}

function arrayText(choices: Choices, kind: Kind): string {
  return `[${choices.list('json', 0, 3, () => jsonOfKind(choices, kind)).join(',')}]`
}

function objectText(choices: Choices, kind: Kind): string {
  const entries = choices.list('entry', 0, 3, () => [choices.oneOf(KEYS), jsonOfKind(choices, kind)] as const)
  return entriesText(entries)
}

/** Any JSON. */
export function jsonText(choices: Choices, depth: number): string {
  return choices.part('json', () =>
    choices.weighted<string>([
      [3, () => numberText(choices)],
      [3, () => quote(choices.oneOf(WORDS))],
      [2, () => choices.oneOf(['null', 'true', 'false'])],
      [depth, () => `[${choices.list('json', 0, 3, () => jsonText(choices, depth - 1)).join(',')}]`],
      [depth, () => entriesText(choices.list('entry', 0, 3, () => [choices.oneOf(KEYS), jsonText(choices, depth - 1)] as const))],
    ]),
  )
}

/** Each key once: of equal keys in JSON the last one wins, which is tested elsewhere. */
function entriesText(entries: readonly (readonly [key: string, value: string])[]): string {
  return `{${[...new Map(entries)].map(([key, value]) => `${quote(key)}:${value}`).join(',')}}`
}
