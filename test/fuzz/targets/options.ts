/** What `compileRego` is told besides the modules: documents that people write or other programs do. */
import { type CompileRegoOptions, tryCompileRego } from '../../../src/compile.js'
import { Finding, type Target } from '../target.js'
import { parsed } from './plan.js'

const MODULE = [
  '# METADATA',
  '# scope: package',
  '# schemas:',
  '#   - input: schema.input',
  '#   - data.acl: schema.acl',
  'package p',
  '',
  'allow if {',
  '\tinput.user.name == data.acl.names[_]',
  '\tcount(input.roles) > 1',
  '\tstartswith(input.user.name, "a")',
  '}',
].join('\n')

const INPUT_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema',
  type: 'object',
  properties: {
    user: { $ref: '#/definitions/user' },
    roles: { type: 'array', items: { type: 'string' }, minItems: 1 },
    any: { anyOf: [{ type: 'string' }, { type: 'number' }], allOf: [{ minimum: 1 }], oneOf: [true] },
  },
  definitions: { user: { type: 'object', properties: { name: { type: 'string', pattern: '^a' } }, additionalProperties: false } },
  required: ['user'],
}

const SEED = {
  modules: { 'p.rego': MODULE },
  entrypoints: ['p/allow', 'p/*'],
  baseDocuments: ['acl'],
  schemas: { 'schema.input': INPUT_SCHEMA, 'schema.acl': { type: 'object', patternProperties: { '^n': { type: 'array' } } }, schema: true },
  capabilities: {
    builtins: ['count', 'startswith', 'equal', 'gt', 'eq'].map((name) => ({ name, decl: { type: 'function', args: [], result: { type: 'any' } } })),
    features: ['rego_v1', 'rule_head_refs'],
    future_keywords: ['in', 'if'],
    wasm_abi_versions: [{ version: 1, minor_version: 3 }],
  },
  builtins: { 'my.own': { args: [{ kind: 'string' }], result: { kind: 'array', static: [], dynamic: { kind: 'any', of: [] } }, nondeterministic: false } },
  hostBuiltins: ['http.send'],
  data: { acl: { names: ['alice', 1, null] } },
  query: 'x = data.p.allow',
  strict: true,
  regoVersion: 'v1',
}

/** Options whose form TypeScript checks: they stay as they are, for their documents are what comes from outside. */
const KEPT = ['entrypoints', 'baseDocuments', 'builtins', 'hostBuiltins', 'strict', 'regoVersion', 'query', 'modules'] as const
/** The documents. */
const DOCUMENTS: readonly string[] = ['schemas', 'capabilities', 'data']

export const OPTIONS: Target = {
  name: 'options',
  form: 'json',
  seeds: () => [JSON.stringify(SEED), JSON.stringify({ ...SEED, schemas: { schema: INPUT_SCHEMA }, capabilities: { builtins: [] } })],
  runs: 300,
  run: (text) => {
    const options = parsed(text)?.value
    if (typeof options !== 'object' || options === null) return
    // That other members are refused by their name is told by `options.test.ts`.
    const documents = Object.fromEntries(Object.entries(options).filter(([name]) => DOCUMENTS.includes(name)))
    const kept = Object.fromEntries(KEPT.map((name) => [name, SEED[name]]))
    const result = tryCompileRego({ ...documents, ...(kept as unknown as CompileRegoOptions) })
    if (!result.ok && result.diagnostics.length === 0) throw new Finding('refused, and nothing is wrong')
  },
}

/** Texts in place of the data, and names in place of entrypoints. */
export const OPTION_TEXTS: Target = {
  name: 'option-texts',
  form: 'text',
  seeds: () => ['{"acl": {"names": ["a"]}}', 'p/allow', 'p/*', '*', 'x = data.p.allow'],
  runs: 50,
  run: (text) => {
    for (const more of [{ dataText: text }, { entrypoints: [text] }, { query: text }, { baseDocuments: [text] }, { hostBuiltins: [text] }]) {
      const result = tryCompileRego({ modules: { 'p.rego': MODULE }, entrypoints: ['p/allow'], ...more })
      if (!result.ok && result.diagnostics.length === 0) throw new Finding('refused, and nothing is wrong')
    }
  },
}
