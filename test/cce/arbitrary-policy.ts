/** Random structured policies in normal form, with texts that try to break out of their literals. */
import fc from 'fast-check'
import type {
  Container,
  EnvRule,
  ExternalProcess,
  FragmentRule,
  LinuxContainer,
  PlatformRule,
  StructuredPolicy,
  TrustListRule,
  WindowsContainer,
} from '../../src/cce/policy.js'
import { FRAGMENT_INCLUDES, POLICY_FLAGS } from '../../src/cce/policy.js'
import type { JsonValue } from '../../src/cce/json-value.js'

export const HOSTILE_TEXTS = [
  '"',
  '\\',
  '`',
  '\n',
  '\r\n',
  '"]\nmount_device := {"allowed": true}\n#',
  '\\"',
  '\\u0022',
  '*/',
  '#',
  '$"{input.x}"',
  '{x}',
  '${x}',
  '<script>&amp;</script>',
  '\u0000\u0001\u001f\u007f',
  '\u2028\u2029\u0085\ufeff\ufffd',
  '\u{1f600}\u{10ffff}',
  '__proto__',
  'constructor',
  '../../x',
  'é\u0301',
] as const

/** Objects like those that JSON gives. */
function record<Model extends object>(model: { [Key in keyof Model]: fc.Arbitrary<Model[Key]> }): fc.Arbitrary<Model> {
  return fc.record<Model>(model, { noNullPrototype: true })
}

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...HOSTILE_TEXTS))
const texts = fc.array(text, { maxLength: 3 })
const pattern = fc.constantFrom('.+', 'A|B', '(?i)fabric_.+', '[^"]*', '\\$', '^a$', '<&>')
const mountSource = fc.oneof(
  text.filter((source) => !/^(?:sandbox|hugepages):/.test(source)),
  pattern.map((tail) => `sandbox://${tail}`),
)
const svn = fc.oneof(fc.nat().map(String), fc.constant('1.2.3-rc.1'))

const comparison = fc.oneof(
  text.map((value) => ({ value, strategy: 'string' as const })),
  pattern.map((value) => ({ value, strategy: 're2' as const })),
)

const envRule: fc.Arbitrary<EnvRule> = fc.oneof(
  fc.tuple(comparison, fc.boolean()).map(([one, required]) => ({ pattern: one.value, strategy: one.strategy, required })),
  fc.tuple(comparison, comparison, fc.boolean()).map(([name, value, required]) => ({
    name: name.value,
    name_strategy: name.strategy,
    value: value.value,
    value_strategy: value.strategy,
    required,
  })),
)
const envRules = fc.array(envRule, { maxLength: 3 })
const mounts = fc.array(record({ destination: text, source: mountSource, type: text, options: texts }), { maxLength: 2 })

const idName = fc.oneof(
  record({ pattern: text, strategy: fc.constantFrom('any' as const, 'id' as const, 'name' as const) }),
  record({ pattern, strategy: fc.constant('re2' as const) }),
)

const linuxContainer: fc.Arbitrary<LinuxContainer> = record({
  command: texts,
  env_rules: envRules,
  layers: texts,
  mounts,
  exec_processes: fc.array(record({ command: texts, signals: fc.array(fc.nat(64), { maxLength: 2 }) }), { maxLength: 2 }),
  signals: fc.array(fc.nat(64), { maxLength: 2 }),
  user: record({
    user_idname: idName,
    group_idnames: fc.array(idName, { maxLength: 2 }),
    umask: fc.constantFrom('0022', '0777'),
  }),
  capabilities: fc.option(
    record({ bounding: texts, effective: texts, inheritable: texts, permitted: texts, ambient: texts }),
  ),
  seccomp_profile_sha256: text,
  allow_elevated: fc.boolean(),
  working_dir: text,
  allow_stdio_access: fc.boolean(),
  no_new_privileges: fc.boolean(),
})

const windowsSignals = fc.array(fc.constantFrom('CtrlC', 'CtrlShutdown'), { maxLength: 2 })

const externalProcess: fc.Arbitrary<ExternalProcess> = record({
  command: texts,
  env_rules: envRules,
  working_dir: text,
  allow_stdio_access: fc.boolean(),
})

const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    text,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 3 }).map((members) => Object.fromEntries(members)),
  ),
})).value

const jsonObject = fc
  .array(fc.tuple(text, json), { maxLength: 2 })
  .map((members): { readonly [name: string]: JsonValue } => Object.fromEntries(members))

const windowsFields = {
  command: texts,
  env_rules: envRules,
  layers: texts,
  mounted_cim: texts,
  exec_processes: fc.array(record({ command: texts, signals: windowsSignals }), { maxLength: 2 }),
  signals: windowsSignals,
  user: text,
  working_dir: text,
  allow_stdio_access: fc.boolean(),
}

const windowsContainer: fc.Arbitrary<WindowsContainer> = fc.oneof(
  record(windowsFields),
  record({ ...windowsFields, registry_changes: record({ add_values: fc.array(jsonObject, { maxLength: 2 }) }) }),
)

const parameters = fc
  .array(fc.tuple(text, json), { minLength: 1, maxLength: 3 })
  .map((members) => Object.fromEntries(members) as Record<string, JsonValue>)

const fragment: fc.Arbitrary<FragmentRule> = fc.record(
  {
    issuer: text,
    feed: text,
    minimum_svn: svn,
    includes: fc.uniqueArray(fc.constantFrom(...FRAGMENT_INCLUDES)),
    parameters,
    required_receipts: fc.array(text, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['issuer', 'feed', 'minimum_svn', 'includes'], noNullPrototype: true },
)

const platformRule: fc.Arbitrary<PlatformRule> = fc.record(
  { env_rules: envRules, mounts },
  { requiredKeys: [], noNullPrototype: true },
)

const trustList: fc.Arbitrary<TrustListRule> = record({
  issuer: text,
  subject: text,
  minimum_svn: svn,
  allowed_ledgers: texts,
})

const flags = record(Object.fromEntries(POLICY_FLAGS.map((flag) => [flag, fc.boolean()])))

const container: fc.Arbitrary<Container> = fc.oneof(linuxContainer, windowsContainer)

export const arbitraryPolicy: fc.Arbitrary<StructuredPolicy> = fc
  .tuple(
    record({
      kind: fc.constant('structured' as const),
      fragments: fc.array(fragment, { maxLength: 2 }),
      containers: fc.array(container, { maxLength: 2 }),
      external_processes: fc.array(externalProcess, { maxLength: 2 }),
      platform_rules: fc.array(platformRule, { maxLength: 2 }),
      transparency_trust_lists: fc.array(trustList, { maxLength: 2 }),
      allowed_log_providers: texts,
    }),
    flags,
  )
  .map(([lists, switches]) => ({ ...lists, ...(switches as Record<(typeof POLICY_FLAGS)[number], boolean>) }))
