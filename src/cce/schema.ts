/**
 * The JSON Schema of structured policies, as authors write them: what has a safe default may be left out.
 *
 * It ships with the package, and `structured.ts` validates with it.
 */
import { CAPABILITY_KINDS, FRAGMENT_INCLUDES, POLICY_FLAGS } from './policy.js'

type Schema = Readonly<Record<string, unknown>>

const text: Schema = { type: 'string' }
const flag: Schema = { type: 'boolean' }
const texts = list(text)

function list(items: Schema): Schema {
  return { type: 'array', items }
}

function object(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  const properties = { ...required, ...optional }
  return { type: 'object', properties, required: Object.keys(required), additionalProperties: false }
}

/** `schema` with words for the reader of the schema. */
function described(schema: Schema, description: string): Schema {
  return { ...schema, description }
}

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` })

const envStrategy: Schema = { enum: ['string', 're2'] }

const windowsSignal: Schema = { enum: ['CtrlC', 'CtrlBreak', 'CtrlClose', 'CtrlLogOff', 'CtrlShutdown'] }
const linuxSignal: Schema = { type: 'integer', minimum: 0, maximum: 0x7fffffff }

const svn: Schema = described({ type: ['string', 'integer'], minimum: 0 }, 'security version number: a number or a semver')

const definitions: Readonly<Record<string, Schema>> = {
  envRule: {
    if: { type: 'object', required: ['pattern'] },
    then: object({ pattern: text, strategy: envStrategy }, { required: flag }),
    else: object({ name: text, name_strategy: envStrategy, value: text, value_strategy: envStrategy }, { required: flag }),
  },
  mount: object({ destination: text, source: text, type: text, options: texts }),
  idName: object({ pattern: text, strategy: { enum: ['any', 'id', 'name', 're2'] } }),
  user: object({
    user_idname: ref('idName'),
    group_idnames: list(ref('idName')),
    umask: described({ type: 'string', pattern: '^[0-9]{4}$' }, 'four octal digits, compared as text'),
  }),
  capabilities: described(
    object({}, Object.fromEntries(CAPABILITY_KINDS.map((kind) => [kind, texts]))),
    'exact sets; one that is left out is empty',
  ),
  linuxContainer: object(
    {
      command: described(texts, 'exact argument vector'),
      layers: described(texts, 'dm-verity root hashes, base layer first'),
      user: ref('user'),
      working_dir: text,
    },
    {
      env_rules: list(ref('envRule')),
      mounts: list(ref('mount')),
      exec_processes: list(object({ command: texts }, { signals: list(linuxSignal) })),
      signals: list(linuxSignal),
      capabilities: { anyOf: [{ type: 'null' }, ref('capabilities')], description: 'null: the defaults, by privilege' },
      seccomp_profile_sha256: described(text, 'hex digest of the profile, empty for none'),
      allow_elevated: described(flag, 'default false'),
      allow_stdio_access: described(flag, 'default false'),
      no_new_privileges: described(flag, 'default true'),
    },
  ),
  windowsContainer: object(
    { command: texts, layers: texts, mounted_cim: texts, user: text, working_dir: text },
    {
      env_rules: list(ref('envRule')),
      exec_processes: list(object({ command: texts }, { signals: list(windowsSignal) })),
      signals: list(windowsSignal),
      allow_stdio_access: described(flag, 'default false'),
      registry_changes: described(object({ add_values: list({ type: 'object' }) }), 'any value may be added once it is there'),
    },
  ),
  container: {
    if: { type: 'object', required: ['mounted_cim'] },
    then: ref('windowsContainer'),
    else: ref('linuxContainer'),
  },
  externalProcess: object({ command: texts, working_dir: text }, { env_rules: list(ref('envRule')), allow_stdio_access: flag }),
  fragment: object(
    { issuer: text, feed: text, minimum_svn: svn, includes: list({ enum: FRAGMENT_INCLUDES }) },
    { parameters: { type: 'object' }, required_receipts: texts },
  ),
  platformRule: object({}, { env_rules: list(ref('envRule')), mounts: list(ref('mount')) }),
  trustList: object({ issuer: text, subject: text, minimum_svn: svn, allowed_ledgers: texts }),
}

export const POLICY_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'CCE policy',
  description: 'What the host may do inside the utility VM of a confidential container group.',
  ...object(
    {},
    {
      kind: { const: 'structured' },
      api_version: { const: '0.12.0' },
      framework_version: { const: '0.5.0' },
      allow_all: { const: false },
      containers: list(ref('container')),
      external_processes: list(ref('externalProcess')),
      fragments: list(ref('fragment')),
      platform_rules: list(ref('platformRule')),
      transparency_trust_lists: list(ref('trustList')),
      allowed_log_providers: texts,
      ...Object.fromEntries(POLICY_FLAGS.map((name) => [name, described(flag, 'default false')])),
    },
  ),
  definitions,
}
