/**
 * The TypeScript implementations of the builtins, by name.
 *
 * Families that need a library are loaded when `prepareBuiltins` is asked for one of their names, so that a policy pulls in
 * no more than it uses; the others are always there. What reaches the network is not here at all.
 */
import { iterable, listOf, text } from '../options.js'
import { BuiltinError, BuiltinLimitError, type FunctionTable, type HostFunction } from './context.js'
import { AGGREGATES } from './impl/aggregates.js'
import { CIDR } from './impl/cidr.js'
import { COLLECTIONS } from './impl/collections.js'
import { COMPARISON } from './impl/comparison.js'
import { ENCODING } from './impl/encoding.js'
import { GLOB } from './impl/glob.js'
import { GRAPH } from './impl/graph.js'
import { JSON_PATCH } from './impl/json-patch.js'
import { JSON_SELECT } from './impl/json-select.js'
import { NUMBERS } from './impl/numbers.js'
import { OBJECTS } from './impl/objects.js'
import { PRINTING } from './impl/printing.js'
import { SEMVER } from './impl/semver.js'
import { SPRINTF } from './impl/sprintf.js'
import { STRINGS } from './impl/strings.js'
import { TIME } from './impl/time.js'
import { TYPES } from './impl/types.js'
import { UNITS } from './impl/units.js'
import { URI } from './impl/uri.js'

const NAMES = listOf(text)

/** Functions that are there at once. */
const READY: readonly FunctionTable[] = [
  COMPARISON,
  TYPES,
  NUMBERS,
  AGGREGATES,
  COLLECTIONS,
  OBJECTS,
  STRINGS,
  SPRINTF,
  ENCODING,
  JSON_SELECT,
  JSON_PATCH,
  GLOB,
  SEMVER,
  UNITS,
  TIME,
  GRAPH,
  CIDR,
  URI,
  PRINTING,
]

/** Functions that have to be prepared: by the beginning of their names, and where they are. */
const FAMILIES: readonly Family[] = [
  { covers: under('regex.', 're_match'), load: async () => (await import('./impl/regex.js')).REGEX },
  { covers: under('uuid.'), load: async () => (await import('./impl/uuid.js')).UUID },
  { covers: under('strings.render_template'), load: async () => (await import('./impl/render-template.js')).RENDER_TEMPLATE },
  { covers: under('yaml.'), load: async () => (await import('./impl/yaml.js')).YAML },
  { covers: under('graphql.'), load: async () => (await import('./impl/graphql.js')).GRAPHQL },
  {
    covers: under('json.match_schema', 'json.verify_schema'),
    load: async () => (await import('./impl/json-schema.js')).JSON_SCHEMA,
  },
  { covers: under('providers.aws.'), load: async () => (await import('./impl/aws.js')).AWS },
  { covers: under('io.jwt.'), load: async () => (await import('./impl/jwt.js')).JWT },
  { covers: under('crypto.x509.', 'crypto.parse_private_keys'), load: async () => (await import('./impl/x509.js')).X509 },
  { covers: under('rego.parse_module'), load: async () => (await import('./impl/parse-module.js')).PARSE_MODULE },
  { covers: under('rand.'), load: async () => (await import('./impl/random.js')).RANDOM },
  { covers: under('crypto.md5', 'crypto.sha', 'crypto.hmac.'), load: async () => (await import('./impl/digests.js')).DIGESTS },
]

interface Family {
  readonly covers: (name: string) => boolean
  readonly load: () => Promise<FunctionTable>
}

/** Whether a name begins with one of these. */
function under(...beginnings: readonly string[]): (name: string) => boolean {
  return (name) => beginnings.some((beginning) => name.startsWith(beginning))
}

const implementations = new Map<string, HostFunction>(READY.flatMap((table) => Object.entries(table)))

/** Loads what the builtins of these names need. Names without a TypeScript implementation are passed over. */
export async function prepareBuiltins(names: Iterable<string>): Promise<void> {
  iterable(names, 'names')
  const wanted = [...names]
  NAMES(wanted, 'names')
  const missing = wanted.filter((name) => !implementations.has(name))
  const families = FAMILIES.filter(({ covers }) => missing.some(covers))
  for (const table of await Promise.all(families.map(({ load }) => load()))) {
    for (const [name, implementation] of Object.entries(table)) implementations.set(name, implementation)
  }
}

/** The implementation of a builtin; undefined if there is none. One that has not been prepared throws when it is called. */
export function hostFunction(name: string): HostFunction | undefined {
  const implementation = implementations.get(name)
  if (implementation !== undefined) return namingFaults(name, implementation)
  if (!FAMILIES.some(({ covers }) => covers(name))) return undefined
  return () => {
    throw new Error(`builtin ${name} has not been loaded: await prepareBuiltins(['${name}']) first`)
  }
}

/** Whether a builtin can be called at once. */
export function isPrepared(name: string): boolean {
  return implementations.has(name)
}

/** Puts the name of the builtin before the messages of its failures, as OPA does. */
function namingFaults(name: string, implementation: HostFunction): HostFunction {
  return (context, ...args) => {
    try {
      return implementation(context, ...args)
    } catch (error) {
      if (error instanceof BuiltinError) throw new BuiltinError(error.code, `${name}: ${error.message}`)
      // The stack or the memory of the engine is at its end: documents nested too deeply, texts too long.
      if (isExhaustion(error)) throw new BuiltinLimitError(`${name}: the operands are too large`)
      throw error
    }
  }
}

function isExhaustion(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === 'InternalError')
}
