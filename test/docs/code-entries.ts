/**
 * The codes of `docs/errors.md` that no catalogue of messages has: why a request is denied, and what errors are thrown. The
 * types see to it that none is left out.
 */
import type {
  ConvertError,
  DenialCode,
  OptionError,
  PolicyDeniedError,
  PolicyError,
  RegoCompileError,
  RegoEvalErrorCode,
  RegoLoadErrorCode,
  TraceError,
} from '../../src/index.js'

/** A policy (members below `package policy`) and a question to its enforcer; then what changes to put it right. */
export interface DenialEntry {
  readonly explain: string
  readonly policy: string
  /** JavaScript, with `enforcer`; its value is the decision. */
  readonly ask: string
  readonly fixedPolicy?: string
  readonly fixedAsk?: string
}

const VERSION = 'api_version := "0.12.0"\n'
const ALLOWED = `${VERSION}get_properties := {"allowed": true}\n`
const FRAGMENTS = `${VERSION}framework_version := "0.5.0"
fragments := [{"issuer": "did:x509:contoso", "feed": "contoso/tools", "minimum_svn": "1", "includes": ["containers"]}]
load_fragment := data.framework.load_fragment
`
const fragment = (text: string): string =>
  `await enforcer.loadFragmentModule({ issuer: 'did:x509:contoso', feed: 'contoso/tools', module: ${JSON.stringify(text)} })`
const remembers = (operation: string): string =>
  `${VERSION}get_properties := {"allowed": true, "metadata": ${operation}}\n`

/** A code that nothing causes. */
export interface GuardEntry {
  readonly explain: string
  readonly guard: string
}

type NamedDenial = Exclude<DenialCode, `eval_${string}`> | 'eval_conflict_error'

export const DENIALS: Readonly<Record<NamedDenial, DenialEntry | GuardEntry>> = {
  denied: {
    explain: 'A rule of the policy said no. `reason.errors` is what it gave as reasons, `reason.explanation` what came nearest.',
    policy: `${VERSION}get_properties := {"allowed": input.user == "operator"}\n`,
    ask: "enforcer.enforce('get_properties', { user: 'guest' })",
    fixedAsk: "enforcer.enforce('get_properties', { user: 'operator' })",
  },
  missing_rule: {
    explain: 'The policy’s API version knows the point, so the policy has to say something about it.',
    policy: VERSION,
    ask: 'enforcer.getProperties({})',
    fixedPolicy: ALLOWED,
  },
  unknown_point: {
    explain: 'No enforcement point has this name; `ENFORCEMENT_POINTS` lists all of them.',
    policy: ALLOWED,
    ask: "enforcer.enforce('get_propertys', {})",
    fixedAsk: "enforcer.enforce('get_properties', {})",
  },
  invalid_point: {
    explain: 'The point is newer than the table of points.',
    guard: 'No point of the table is newer than the table, so no policy causes it: it guards the table against a mistake of ours.',
  },
  no_api_version: {
    explain: 'The policy does not tell for which version of the enforcement points it was written.',
    policy: 'get_properties := {"allowed": true}\n',
    ask: 'enforcer.getProperties({})',
    fixedPolicy: ALLOWED,
  },
  result_type: {
    explain: 'The value of the rule is no object.',
    policy: `${VERSION}get_properties := true\n`,
    ask: 'enforcer.getProperties({})',
    fixedPolicy: ALLOWED,
  },
  allowed_missing: {
    explain: 'The value of the rule has no `allowed`, and no default of the API supplies it.',
    policy: `${VERSION}rw_unmount_device := {"reason": "unmounted"}\n`,
    ask: "enforcer.rwUnmountDevice({ unmountTarget: '/mnt/data' })",
    fixedPolicy: `${VERSION}rw_unmount_device := {"allowed": true}\n`,
  },
  allowed_not_boolean: {
    explain: 'The `allowed` of the value is neither `true` nor `false`.',
    policy: `${VERSION}get_properties := {"allowed": "yes"}\n`,
    ask: 'enforcer.getProperties({})',
    fixedPolicy: ALLOWED,
  },
  metadata_array: {
    explain: 'The `metadata` of the value, what the enforcer is to remember, is no array.',
    policy: remembers('{"name": "seen", "action": "add", "key": "k", "value": 1}'),
    ask: 'enforcer.getProperties({})',
    fixedPolicy: remembers('[{"name": "seen", "action": "add", "key": "k", "value": 1}]'),
  },
  metadata_operation: {
    explain: 'An operation in `metadata` lacks a member, or has one of the wrong type.',
    policy: remembers('[{"name": "seen", "action": "add", "value": 1}]'),
    ask: 'enforcer.getProperties({})',
    fixedPolicy: remembers('[{"name": "seen", "action": "add", "key": "k", "value": 1}]'),
  },
  metadata_apply: {
    explain: 'An operation cannot be done: no such action, or a key to be added that is there, or one to be updated that is not.',
    policy: remembers('[{"name": "seen", "action": "grow", "key": "k", "value": 1}]'),
    ask: 'enforcer.getProperties({})',
    fixedPolicy: remembers('[{"name": "seen", "action": "add", "key": "k", "value": 1}]'),
  },
  compile: {
    explain: 'The module of a fragment does not compile together with the policy.',
    policy: FRAGMENTS,
    ask: fragment('package tools\n\nsvn := "1"\n\nframework_version := \n'),
    fixedAsk: fragment('package tools\n\nsvn := "1"\n\nframework_version := "0.5.0"\n'),
  },
  fragment_namespace: {
    explain: 'The package of a fragment is taken: by the policy, the framework, or the API.',
    policy: FRAGMENTS,
    ask: fragment('package policy\n\nsvn := "1"\n\nframework_version := "0.5.0"\n'),
    fixedAsk: fragment('package tools\n\nsvn := "1"\n\nframework_version := "0.5.0"\n'),
  },
  result_document: {
    explain: 'The request is allowed, but a member of the value that narrows it is ill-typed, so nothing is allowed.',
    policy: `${VERSION}exec_external := {"allowed": true, "env_list": "none", "allow_stdio_access": true}\n`,
    ask: "enforcer.execExternal({ argList: ['ls'], envList: [], workingDir: '/' })",
    fixedPolicy: `${VERSION}exec_external := {"allowed": true, "env_list": [], "allow_stdio_access": true}\n`,
  },
  input: {
    explain: 'The input is no JSON object, or not what the hook’s schema asks for.',
    policy: `${VERSION}scratch_mount := {"allowed": true}\n`,
    ask: "enforcer.scratchMount({ target: '/scratch' })",
    fixedAsk: "enforcer.scratchMount({ target: '/scratch', encrypted: true })",
  },
  closed: {
    explain: 'The enforcer was closed; it answers no more questions.',
    policy: ALLOWED,
    ask: '(enforcer.close(), enforcer.getProperties({}))',
    fixedAsk: 'enforcer.getProperties({})',
  },
  reentrant: {
    explain: 'A question was asked while another is being answered, from a builtin or the audit trail.',
    policy: ALLOWED,
    ask: "reentrant(enforcer, () => enforcer.getProperties({}))",
    fixedAsk: 'enforcer.getProperties({})',
  },
  eval_conflict_error: {
    explain:
      'The evaluation failed, here because a rule has two values. All codes that begin with `eval_` mean the same as those ' +
      'of errors below.',
    policy: `${VERSION}get_properties := {"allowed": true}\n\nget_properties := {"allowed": false}\n`,
    ask: 'enforcer.getProperties({})',
    fixedPolicy: ALLOWED,
  },
}

/** TypeScript with claims, as in all documentation: `expression // value`, `call // throws message`. */
export interface ErrorEntry {
  readonly explain: string
  readonly bad: string
  readonly fixed: string
}

/** The other error classes of the library; each has one code. */
type Thrown =
  | RegoCompileError
  | OptionError
  | PolicyError
  | PolicyDeniedError
  | ConvertError
  | TraceError

const POLICY = (rules: string): string => `const modules = { 'policy.rego': ${JSON.stringify(`package policy\n\n${rules}\n`)} }`
const evaluates = (rules: string, options: string, run: string): string =>
  `${POLICY(rules)}\nconst policy = await loadRego(compileRego({ modules, entrypoints: ['policy/p']${options} }))\n${run}`

export const ERRORS: Readonly<
  Record<RegoLoadErrorCode | RegoEvalErrorCode | (Thrown extends { readonly code: infer Code } ? Code : never), ErrorEntry>
> = {
  rego_compile_failed: {
    explain: '`RegoCompileError`: the modules do not compile. `diagnostics` holds all that is wrong, each with a code of its own.',
    bad: `${POLICY('p := x')}\ncompileRego({ modules, entrypoints: ['policy/p'] }) // throws policy.rego:3:6: rego_unsafe_var_error: var x is unsafe`,
    fixed: `${POLICY('p := input.x')}\ncompileRego({ modules, entrypoints: ['policy/p'] }).entrypoints // ["policy/p"]`,
  },
  wrong_option: {
    explain: '`OptionError`: an option or an argument is not what it must be. It is told before anything is done.',
    bad: `${POLICY('p := 1')}\nconst compiled = compileRego({ modules, entrypoints: ['policy/p'] })\nawait loadRego(compiled, { budget: { work: 'much' } }) // rejects wrong_option`,
    fixed: `${POLICY('p := 1')}\nconst compiled = compileRego({ modules, entrypoints: ['policy/p'] })\nawait loadRego(compiled, { budget: { work: 1_000_000 } })`,
  },
  load_invalid_module: {
    explain: '`RegoLoadError`: the bytes are no policy module, or one of another version of the ABI.',
    bad: 'await loadRego(new Uint8Array([0, 97, 115, 109])) // rejects',
    fixed: `${POLICY('p := 1')}\nawait loadRego(compileRego({ modules, entrypoints: ['policy/p'] }).wasm)`,
  },
  load_missing_builtin: {
    explain: '`RegoLoadError`: the policy calls a builtin that the host has to supply, and nobody does.',
    bad: `${POLICY('p := http.send({"method": "get", "url": input.url}).status_code')}
const compiled = compileRego({ modules, entrypoints: ['policy/p'], hostBuiltins: ['http.send'] })
await loadRego(compiled) // rejects http.send`,
    fixed: `${POLICY('p := http.send({"method": "get", "url": input.url}).status_code')}
const compiled = compileRego({ modules, entrypoints: ['policy/p'], hostBuiltins: ['http.send'] })
const policy = await loadRego(compiled, { builtins: { 'http.send': () => ({ status_code: 200 }) } })
policy.evaluate('policy/p', { url: 'http://localhost' }) // 200`,
  },
  eval_conflict_error: {
    explain: '`RegoEvalError`: a complete rule or a function has two values, or an object two for one key.',
    bad: evaluates('p := 1 if input.a\n\np := 2 if input.b', '', "policy.evaluate('policy/p', { a: true, b: true }) // throws eval_conflict_error"),
    fixed: evaluates('p := 1 if {\n\tinput.a\n} else := 2 if input.b', '', "policy.evaluate('policy/p', { a: true, b: true }) // 1"),
  },
  eval_type_error: {
    explain: '`RegoEvalError`: a builtin got an operand of a wrong type. By default its call is undefined; with `strictBuiltinErrors` it ends the evaluation.',
    bad: evaluates('p := upper(input.name)', ', strictBuiltinErrors: true', "policy.evaluate('policy/p', { name: 7 }) // throws eval_type_error"),
    fixed: evaluates('p := upper(input.name) if is_string(input.name)', ', strictBuiltinErrors: true', "policy.evaluate('policy/p', { name: 7 }) // undefined"),
  },
  eval_builtin_error: {
    explain: '`RegoEvalError`: a builtin failed for another reason, such as a division by zero; with `strictBuiltinErrors` only.',
    bad: evaluates('p := 100 / input.parts', ', strictBuiltinErrors: true', "policy.evaluate('policy/p', { parts: 0 }) // throws eval_builtin_error"),
    fixed: evaluates('p := 100 / input.parts if input.parts != 0', ', strictBuiltinErrors: true', "policy.evaluate('policy/p', { parts: 0 }) // undefined"),
  },
  eval_budget_error: {
    explain: '`RegoEvalError`: more work, memory or depth than the host allows, in the option `budget`.',
    bad: `${POLICY('p := count([1 | some i in numbers.range(1, 1000); some j in numbers.range(1, 1000); i == j])')}
const policy = await loadRego(compileRego({ modules, entrypoints: ['policy/p'] }), { budget: { work: 1000 } })
policy.evaluate('policy/p') // throws eval_budget_error`,
    fixed: `${POLICY('p := count([1 | some i in numbers.range(1, 1000)])')}
const policy = await loadRego(compileRego({ modules, entrypoints: ['policy/p'] }), { budget: { work: 1_000_000 } })
policy.evaluate('policy/p') // 1000`,
  },
  eval_input_error: {
    explain: '`RegoEvalError`: the input or new data are no JSON, or have no place where they are to go.',
    bad: evaluates('p := input.x', '', "policy.evaluateText('policy/p', '{') // throws eval_input_error"),
    fixed: evaluates('p := input.x', '', "policy.evaluateText('policy/p', '{\"x\": 1}') // \"1\""),
  },
  eval_entrypoint_error: {
    explain: '`RegoEvalError`: the policy was not compiled with this entrypoint.',
    bad: evaluates('p := 1', '', "policy.evaluate('policy.p') // throws eval_entrypoint_error"),
    fixed: evaluates('p := 1', '', "policy.evaluate('policy/p') // 1"),
  },
  eval_internal_error: {
    explain: '`RegoEvalError`: anything else, such as a builtin of the host that throws; its error is the `cause`.',
    bad: `${POLICY('p := lookup(input.name)')}
const builtins = { lookup: { args: [{ kind: 'string' }], result: { kind: 'number' } } }
const compiled = compileRego({ modules, entrypoints: ['policy/p'], builtins })
const policy = await loadRego(compiled, { builtins: { lookup: (name) => table[name] } })
policy.evaluate('policy/p', { name: 'x' }) // throws eval_internal_error`,
    fixed: `${POLICY('p := lookup(input.name)')}
const builtins = { lookup: { args: [{ kind: 'string' }], result: { kind: 'number' } } }
const compiled = compileRego({ modules, entrypoints: ['policy/p'], builtins })
const table = { x: 1 }
const policy = await loadRego(compiled, { builtins: { lookup: (name) => table[name] } })
policy.evaluate('policy/p', { name: 'x' }) // 1`,
  },
  ERR_POLICY: {
    explain: '`PolicyError`: the document is no CCE policy. `faults` holds all that is wrong, each with a rule of its own.',
    bad: "parsePolicy({ containers: [], allow_dump_stack: true }) // throws /allow_dump_stack: unknown member",
    fixed: "parsePolicy({ containers: [], allow_dump_stacks: true }).kind // \"structured\"",
  },
  ERR_CONVERT: {
    explain: '`ConvertError`: a policy has rules of its own, and the structured form has none; `diff` tells what would be lost.',
    bad: `const own = \`\${policyToRego(parsePolicy({ containers: [] }))}\\nhelper := 1\\n\`
convertPolicy(own, 'json') // throws ERR_CONVERT`,
    fixed: `const own = \`\${policyToRego(parsePolicy({ containers: [] }))}\\nhelper := 1\\n\`
convertPolicy(own, 'rego').text.includes('helper') // true`,
  },
  ERR_TRACE: {
    explain: '`TraceError`: a text is no trace of requests, or a step names a fragment that is not there.',
    bad: `readTrace('{"point": ') // throws ERR_TRACE`,
    fixed: `readTrace('{"point": "get_properties", "input": {}}').steps.length // 1`,
  },
  ERR_POLICY_DENIED: {
    explain: '`PolicyDeniedError`: `protect` throws it in place of an action that the policy does not allow; `decision` tells why.',
    bad: `const enforcer = await createEnforcer('package policy\\n\\napi_version := "0.12.0"\\n\\nget_properties := {"allowed": false}\\n')
const agent = protect({ getProperties: () => 'properties' }, enforcer)
agent.getProperties() // throws ERR_POLICY_DENIED`,
    fixed: `const enforcer = await createEnforcer('package policy\\n\\napi_version := "0.12.0"\\n\\nget_properties := {"allowed": true}\\n')
const agent = protect({ getProperties: () => 'properties' }, enforcer)
agent.getProperties() // "properties"`,
  },
}
