/**
 * From a policy to an enforcer: the one place where compiling and enforcing meet.
 *
 * The policy is compiled together with the framework and the API, loaded, and given the guest's data. An enforcer asks
 * for another compilation when a fragment comes in.
 */
import { compileRego } from './compile.js'
import type { CcePolicy } from './cce/policy.js'
import { policyDigest } from './cce/digest.js'
import { policyText } from './cce/policy-text.js'
import { policyWarnings } from './cce/warnings.js'
import { FRAMEWORK_SOURCES } from './cce/framework-sources.generated.js'
import { guestData } from './cce/guest-data.js'
import type { Audit } from './enforce/audit.js'
import type { JsonObject } from './enforce/decision.js'
import {
  type CompileEngine,
  DECLARATIONS_ENTRYPOINT,
  FRAMEWORK_PACKAGE,
  POINT_INFO_ENTRYPOINT,
  POLICY_PACKAGE,
} from './enforce/engine.js'
import { type Enforcer, makeEnforcer } from './enforce/enforcer.js'
import { DEFAULT_GUEST_CONSTANTS, type GuestConstants } from './enforce/fill-input.js'
import { FragmentNamespaceFault, fragmentNamespace } from './enforce/fragment.js'
import { cutMembers } from './enforce/json-text.js'
import { KEPT_FACTS, frameworkFor } from './enforce/kept-facts.js'
import { savedFromDocument } from './enforce/metadata-store.js'
import { Session } from './enforce/session.js'
import { BUDGET, type LoadRegoOptions, loadRego } from './load/load.js'
import { OptionError } from './errors.js'
import { checkOptions, flag, func, json, jsonObjectText, optionsOf, oneOf, recordOf, table, tablesText, text } from './options.js'

export interface EnforcerOptions {
  /** The operating system of the containers. Default `linux`. */
  readonly os?: 'linux' | 'windows'
  /** Members of `data` in place of what the guest supplies: `defaultMounts`, `sandboxPrefix`, … */
  readonly data?: JsonObject
  /** All of `data` but `metadata`, as exact JSON text: replaces what the guest supplies. */
  readonly dataText?: string
  /** Initial `data.metadata`. Default: the operating system only. */
  readonly state?: JsonObject
  /** The same as exact JSON text. */
  readonly stateText?: string
  /** The guest's constants, filled into the inputs of typed hooks. */
  readonly guest?: Partial<GuestConstants>
  /** Refuse unknown members in the inputs of typed hooks. Default false: they are ignored. */
  readonly strict?: boolean
  /**
   * Told of each decision, in order, refusals of a closed enforcer and of questions from inside a decision among them. If it
   * throws, the decision is not given.
   */
  readonly audit?: Audit
  /** Show the values of environment variables in audit events. Default false. */
  readonly auditEnvValues?: boolean
  /** Show the values of environment variables in explanations of denials. Default false. */
  readonly explainEnvValues?: boolean
  /** Milliseconds since 1970, for audit events. Default `Date.now`. */
  readonly clock?: () => number
  /**
   * Limits of one evaluation, in place of those of `DEFAULT_BUDGET`. The reference has none: a decision that needs more is
   * a denial with the code `eval_budget_error`.
   */
  readonly budget?: LoadRegoOptions['budget']
}

const ENFORCER_OPTIONS = optionsOf({
  os: oneOf('linux', 'windows'),
  data: recordOf(json),
  dataText: jsonObjectText,
  state: recordOf(table),
  stateText: tablesText,
  guest: recordOf(text),
  strict: flag,
  audit: func,
  auditEnvValues: flag,
  explainEnvValues: flag,
  clock: func,
  budget: BUDGET,
})

/**
 * Limits of one evaluation unless others are given, far beyond what a decision takes. A request with 200 variables against
 * 1000 containers with the same layers and 60 environment rules each takes some 75 thousand units of work and 31 MB.
 */
export const DEFAULT_BUDGET = { work: 50_000_000, memoryBytes: 512 * 1024 * 1024 } as const

/**
 * Creates an enforcer for a policy: structured, Rego text, or the base64 of either.
 *
 * Errors: `PolicyError` if the source is no policy; `RegoCompileError` if its Rego does not compile together with the
 * framework; `OptionError` for an option that is not what it must be. Nothing is allowed by a policy that does not load.
 *
 * @example
 * const enforcer = await createEnforcer(ccePolicyBase64)
 * const decision = enforcer.mountDevice({ target: '/run/mounts/scsi/m0', deviceHash })
 * if (!decision.allowed) throw new Error(decision.reason.message)
 */
export async function createEnforcer(source: CcePolicy | string | Uint8Array, options: EnforcerOptions = {}): Promise<Enforcer> {
  checkOptions(options, ENFORCER_OPTIONS)
  const os = options.os ?? 'linux'
  const policy = policyText(source)
  const data = guestDataTexts(os, options)
  const compile: CompileEngine = async (fragments) => {
    const framework = frameworkFor(FRAMEWORK_SOURCES, [policy, ...fragments.map((fragment) => fragment.text)])
    const modules: Record<string, string> = { ...framework.modules, 'policy.rego': policy }
    const baseDocuments = ['metadata', 'defaultMounts', ...framework.baseDocuments, ...data.keys()]
    for (const { namespace, text: fragment } of fragments) {
      // A snapshot names them too, and must not put one in the place of the policy.
      if (fragmentNamespace(fragment) !== namespace)
        throw new FragmentNamespaceFault(`the fragment's package is not "${namespace}"`)
      modules[`${namespace}.rego`] = fragment
    }
    const compiled = compileRego({ modules, entrypoints: ENTRYPOINTS, baseDocuments, regoVersion: 'v1' })
    const engine = await loadRego(compiled, { budget: { ...DEFAULT_BUDGET, ...options.budget } })
    return Object.assign(engine, { trustsFacts: framework.baseDocuments.includes(KEPT_FACTS) })
  }
  const session = new Session(await compile([]), compile, data)
  const state = options.stateText ?? JSON.stringify(options.state ?? { operatingsystem: { ostype: os } })
  session.store.restore(savedFromDocument(state))
  return makeEnforcer(session, {
    os,
    guest: { ...DEFAULT_GUEST_CONSTANTS, ...options.guest },
    strict: options.strict ?? false,
    policyDigest: policyDigest(policy),
    warnings: () => policyWarnings(policy),
    audit: options.audit,
    auditEnvValues: options.auditEnvValues ?? false,
    explainEnvValues: options.explainEnvValues ?? false,
    clock: options.clock ?? Date.now,
  })
}

/** Members of `data` as JSON texts: those of the guest, and those given in their place. @throws OptionError */
function guestDataTexts(os: 'linux' | 'windows', { data, dataText }: EnforcerOptions): Map<string, string> {
  const texts =
    dataText === undefined
      ? new Map(Object.entries({ ...guestData(os), ...data }).map(([name, value]) => [name, JSON.stringify(value)]))
      : cutMembers(dataText)
  for (const name of ['metadata', KEPT_FACTS]) {
    const found = texts.get(name)
    if (found === undefined) continue
    const option = dataText === undefined ? 'data' : 'dataText'
    throw new OptionError(`${option}[${JSON.stringify(name)}]`, 'absent', JSON.parse(found))
  }
  return texts
}

/** Every rule the enforcer may ask: of the policy all, for a point that no API knows is evaluated before it is refused. */
const ENTRYPOINTS: readonly string[] = [
  `${POLICY_PACKAGE}/*`,
  POINT_INFO_ENTRYPOINT,
  `${FRAMEWORK_PACKAGE}/rw_mount_device`,
  `${FRAMEWORK_PACKAGE}/rw_unmount_device`,
  DECLARATIONS_ENTRYPOINT,
]
