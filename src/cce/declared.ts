/**
 * What a Rego policy declares, for showing and comparing: its constants, as far as they have the shape that the framework
 * reads. Texts of every version are taken as they are; nothing is upgraded or filled in.
 */
import { Ajv, type ValidateFunction } from 'ajv'
import type { Module } from '../syntax/ast.js'
import { constantsOf } from './constants.js'
import type { JsonValue } from './json-value.js'
import { type DeclaredPolicy, POLICY_FLAGS } from './policy.js'

type Schema = Readonly<Record<string, unknown>>

const text: Schema = { type: 'string' }
const flag: Schema = { type: 'boolean' }
const texts = list(text)

/** An object whose known members, where present, are of these kinds. */
function loose(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', properties }
}

function list(items: Schema): Schema {
  return { type: 'array', items }
}

const signals = list({ type: ['number', 'string'] })
const idName = loose({ pattern: text, strategy: text })
const envRules = list(
  loose({
    pattern: text,
    strategy: text,
    required: flag,
    name: text,
    name_strategy: text,
    value: text,
    value_strategy: text,
  }),
)
const mounts = list(loose({ destination: text, source: text, type: text, options: texts }))

const container = loose({
  id: text,
  name: text,
  command: { type: ['array', 'null'], items: text },
  env_rules: envRules,
  layers: texts,
  mounts,
  mounted_cim: texts,
  registry_changes: loose({ add_values: list({ type: 'object' }) }),
  exec_processes: list(loose({ command: texts, signals })),
  signals,
  user: {
    type: ['object', 'string'],
    properties: { user_idname: idName, group_idnames: list(idName), umask: text },
  },
  capabilities: {
    type: ['object', 'null'],
    properties: { bounding: texts, effective: texts, inheritable: texts, permitted: texts, ambient: texts },
  },
  seccomp_profile_sha256: text,
  allow_elevated: flag,
  working_dir: text,
  allow_stdio_access: flag,
  no_new_privileges: flag,
})

const svn: Schema = { type: ['string', 'number'] }

/** Members of a policy, and the kind a constant has to be of. */
const MEMBERS: Readonly<Record<string, Schema>> = {
  api_version: text,
  framework_version: text,
  fragments: list(
    loose({
      issuer: text,
      feed: text,
      minimum_svn: svn,
      includes: texts,
      parameters: { type: 'object' },
      required_receipts: texts,
    }),
  ),
  containers: list(container),
  external_processes: list(loose({ command: texts, env_rules: envRules, working_dir: text, allow_stdio_access: flag })),
  platform_rules: list(loose({ env_rules: envRules, mounts })),
  transparency_trust_lists: list(loose({ issuer: text, subject: text, minimum_svn: svn, allowed_ledgers: texts })),
  allowed_log_providers: texts,
  ...Object.fromEntries(POLICY_FLAGS.map((name) => [name, flag])),
}

/** Names that older texts have for a member. */
const OLD_NAMES: Readonly<Record<string, string>> = { api_version: 'api_svn', framework_version: 'framework_svn' }

const validators = new Map<string, ValidateFunction>()

/** What `module` declares. */
export function declaredBy(module: Module): DeclaredPolicy {
  const constants = constantsOf(module)
  const members: Record<string, JsonValue> = {}
  const computed: string[] = []
  for (const name of Object.keys(MEMBERS)) {
    const written = constants.has(name) ? name : OLD_NAMES[name]
    if (written === undefined || !constants.has(written)) continue
    const value = constants.get(written)
    if (value !== undefined && fits(name, value)) members[name] = value
    else computed.push(name)
  }
  return { ...members, computed }
}

function fits(name: string, value: JsonValue): boolean {
  let validate = validators.get(name)
  if (validate === undefined) {
    validate = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true }).compile(MEMBERS[name] as Schema)
    validators.set(name, validate)
  }
  return validate(value)
}
