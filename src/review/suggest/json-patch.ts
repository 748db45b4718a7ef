/**
 * Changes as JSON Patch (RFC 6902) for the very document that was given: an author may have left out what has a default,
 * and a patch has to add there what it would replace elsewhere.
 */
import { type JsonValue, isJsonObject } from '../../cce/json-value.js'
import { readDocument } from '../../cce/policy-source.js'
import { isRegoText } from '../../cce/render.js'
import type { OpenedPolicy, PolicyInput } from '../document.js'
import { type Step, pointerOf } from '../place.js'
import type { PolicyChange } from './patch.js'

export interface JsonPatchOperation {
  readonly op: 'add' | 'replace'
  readonly path: string
  readonly value: JsonValue
}

/** The document that a patch applies to: what was given if that is structured, else what the Rego text states. */
export function documentOf(input: PolicyInput, { constants }: OpenedPolicy): JsonValue {
  if (typeof input === 'string' || input instanceof Uint8Array) {
    const { form, text } = readDocument(input)
    if (form === 'json') return JSON.parse(text.replace(/^\ufeff/, '')) as JsonValue
  } else if (!isRegoText(input)) return JSON.parse(JSON.stringify(input)) as JsonValue
  return Object.fromEntries([...constants].filter((entry): entry is [string, JsonValue] => entry[1] !== undefined))
}

/** The operations, each fitted to what the ones before it leave. */
export function jsonPatchFor(document: JsonValue, changes: readonly PolicyChange[]): readonly JsonPatchOperation[] {
  let now = document
  return changes.map((change) => {
    const { op, path, value } = fitted(now, change)
    now = put(now, path, value)
    return { op, path: pointerOf(path), value }
  })
}

function fitted(document: JsonValue, { path, value }: PolicyChange): PolicyChange {
  if (path.at(-1) !== '-') return { op: valueAt(document, path) === undefined ? 'add' : 'replace', path, value }
  const owner = path.slice(0, -1)
  return Array.isArray(valueAt(document, owner)) ? { op: 'add', path, value } : { op: 'add', path: owner, value: [value] }
}

function valueAt(document: JsonValue, path: PolicyChange['path']): JsonValue | undefined {
  let at: JsonValue | undefined = document
  for (const step of path) at = at === undefined ? undefined : partOf(at, step)
  return at
}

function partOf(value: JsonValue, step: Step): JsonValue | undefined {
  if (Array.isArray(value)) return typeof step === 'number' ? (value as readonly JsonValue[])[step] : undefined
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
}

/** The document with a value put at a path. */
function put(document: JsonValue, [step, ...rest]: PolicyChange['path'], value: JsonValue): JsonValue {
  if (step === undefined) return value
  const next = (): JsonValue => put(partOf(document, step) ?? (typeof rest[0] === 'string' ? {} : []), rest, value)
  if (!Array.isArray(document)) return { ...(isJsonObject(document) ? document : {}), [step]: next() }
  const items = document as readonly JsonValue[]
  return step === '-' ? [...items, value] : items.map((item, at) => (at === step ? next() : item))
}
