/**
 * What a caller passes along with the modules. Options are looked at before anything is done; documents among them come from
 * files and other programs, so that their form is not what their types say until it has been looked at, too.
 */
import { type Capabilities, SchemaFault, readSchemas } from './check/check.js'
import { TARGET_MESSAGES } from './diagnostics/catalogue/target.js'
import type { DiagnosticSink } from './diagnostics/diagnostic.js'
import { type Check, flag, listOf, oneOf, optionsOf, recordOf, text, withMembers } from './options.js'
import { parseJson } from './value/json.js'
import { ValueSyntaxError } from './value/reader.js'
import type { RegoValue } from './value/value.js'

const TARGET = { strictBuiltinErrors: flag, hostCalls: oneOf('exact', 'portable'), names: flag, dataText: text }

/** What may be said of the module that comes out; `data` is looked at when it is read. */
export const TARGET_OPTIONS = optionsOf(TARGET, { others: ['data'] })

/** A `TypeDecl`: each kind has members of its own, with types in them. */
const TYPE: Check = (value, place) => {
  ofKind(value, place)
  TYPE_MEMBERS[(value as { readonly kind: string }).kind]?.(value, place)
}

const ofKind = withMembers({ kind: oneOf('null', 'boolean', 'number', 'string', 'any', 'array', 'set', 'object') })

const TYPE_MEMBERS: Readonly<Record<string, Check>> = {
  any: withMembers({ of: listOf(TYPE) }),
  array: withMembers({ static: listOf(TYPE) }, { dynamic: TYPE }),
  set: withMembers({ of: TYPE }),
  object: withMembers(
    { static: listOf(withMembers({ key: text, value: TYPE })) },
    { dynamic: withMembers({ key: TYPE, value: TYPE }) },
  ),
}

/** What may be said when compiling Rego; `capabilities` and `schemas` are looked at when they are read. */
export const COMPILE_OPTIONS = optionsOf(
  {
    ...TARGET,
    baseDocuments: listOf(text),
    regoVersion: oneOf('v0', 'v1'),
    query: text,
    strict: flag,
    experimentalKeywords: flag,
    print: flag,
    builtins: recordOf(optionsOf({ nondeterministic: flag }, { required: { args: listOf(TYPE), result: TYPE } })),
    hostBuiltins: listOf(text),
  },
  { required: { modules: recordOf(text), entrypoints: listOf(text) }, others: ['data', 'capabilities', 'schemas'] },
)

/** The part of OPA's capabilities JSON that says what may be used. */
export interface CapabilitiesJson {
  readonly builtins?: readonly { readonly name: string }[]
  readonly features?: readonly string[]
  readonly future_keywords?: readonly string[]
}

interface CheckDocuments {
  readonly capabilities?: CapabilitiesJson
  readonly schemas?: Readonly<Record<string, unknown>>
}

/** What the checker takes of them; undefined if there is something to report. */
export function readCheckOptions(
  { capabilities, schemas }: CheckDocuments,
  sink: DiagnosticSink,
): { readonly capabilities?: Capabilities; readonly schemas?: ReadonlyMap<string, RegoValue> } | undefined {
  const read = {
    ...(capabilities === undefined ? {} : { capabilities: attempt('capabilities', sink, () => capabilitiesOf(capabilities)) }),
    ...(schemas === undefined ? {} : { schemas: attempt('schemas', sink, () => readSchemas(schemas)) }),
  }
  const { capabilities: known, schemas: byName } = read
  if (('capabilities' in read && known === undefined) || ('schemas' in read && byName === undefined)) return undefined
  return { ...(known === undefined ? {} : { capabilities: known }), ...(byName === undefined ? {} : { schemas: byName }) }
}

/** The document that is compiled in: the value, if there is one; undefined if there is something to report. */
export function readCompiledData(
  { data, dataText }: { readonly data?: unknown; readonly dataText?: string },
  sink: DiagnosticSink,
): { readonly data?: RegoValue } | undefined {
  const source = dataText ?? (data === undefined ? undefined : attempt('data', sink, () => jsonText(data)))
  if (source === undefined) return data === undefined ? {} : undefined
  const value = attempt(dataText === undefined ? 'data' : 'dataText', sink, () => ({ data: parseJson(source) }))
  return value
}

class OptionFault extends Error {}

/** The result, or a diagnostic of what is wrong with the option. */
function attempt<Result>(option: string, sink: DiagnosticSink, read: () => Result): Result | undefined {
  try {
    return read()
  } catch (fault) {
    if (!(fault instanceof OptionFault || fault instanceof SchemaFault || fault instanceof ValueSyntaxError)) throw fault
    sink.report(TARGET_MESSAGES, 'malformed-option', undefined, option, fault.message)
    return undefined
  }
}

function jsonText(data: unknown): string {
  try {
    const written = JSON.stringify(data) as string | undefined
    if (written !== undefined) return written
  } catch (cause) {
    throw new OptionFault(`not a JSON value: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  throw new OptionFault(`a ${typeof data} has no JSON form`)
}

function capabilitiesOf(json: CapabilitiesJson): Capabilities {
  if (typeof json !== 'object' || json === null) throw new OptionFault('must be an object')
  return {
    builtins: new Set(
      itemsOf(json.builtins, 'builtins').map((one) => {
        const name = typeof one === 'object' && one !== null ? (one as { readonly name?: unknown }).name : undefined
        return textOf(name, 'builtins')
      }),
    ),
    features: new Set(
      [...itemsOf(json.features, 'features'), ...itemsOf(json.future_keywords, 'future_keywords')].map((one) =>
        textOf(one, 'features'),
      ),
    ),
  }
}

/** OPA leaves out what is empty, or writes null. */
function itemsOf(list: unknown, member: string): readonly unknown[] {
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) throw new OptionFault(`\`${member}\` must be an array`)
  return list
}

function textOf(name: unknown, member: string): string {
  if (typeof name !== 'string') throw new OptionFault(`\`${member}\` must be a list of names`)
  return name
}
