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
import { type LoadRegoOptions, loadRego } from './load/load.js'

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

/**
 * Limits of one evaluation unless others are given, far beyond what a decision takes. A request with 200 variables against
 * 1000 containers with the same layers and 60 environment rules each takes some 75 thousand units of work and 31 MB.
 */
export const DEFAULT_BUDGET = { work: 50_000_000, memoryBytes: 512 * 1024 * 1024 } as const

/**
 * Creates an enforcer for a policy: structured, Rego text, or the base64 of either.
 *
 * Errors: `PolicyError` if the source is no policy; `RegoCompileError` if its Rego does not compile together with the
 * framework. Nothing is allowed by a policy that does not load.
 *
 * @example
 * const enforcer = await createEnforcer(ccePolicyBase64)
 * const decision = enforcer.mountDevice({ target: '/run/mounts/scsi/m0', deviceHash })
 * if (!decision.allowed) throw new Error(decision.reason.message)
 */
export async function createEnforcer(source: CcePolicy | string | Uint8Array, options: EnforcerOptions = {}): Promise<Enforcer> {
  const os = options.os ?? 'linux'
  const text = policyText(source)
  const data =
    options.dataText === undefined
      ? new Map(Object.entries({ ...guestData(os), ...options.data }).map(([name, value]) => [name, JSON.stringify(value)]))
      : cutMembers(asObjectText(options.dataText, 'dataText'))
  const baseDocuments = ['metadata', 'defaultMounts', KEPT_FACTS, ...data.keys()]
  const compile: CompileEngine = async (fragments) => {
    const framework = frameworkFor(FRAMEWORK_SOURCES, [text, ...fragments.map((fragment) => fragment.text)])
    const modules: Record<string, string> = { ...framework, 'policy.rego': text }
    for (const { namespace, text: fragment } of fragments) {
      // A snapshot names them too, and must not put one in the place of the policy.
      if (fragmentNamespace(fragment) !== namespace)
        throw new FragmentNamespaceFault(`the fragment's package is not "${namespace}"`)
      modules[`${namespace}.rego`] = fragment
    }
    const compiled = compileRego({ modules, entrypoints: ENTRYPOINTS, baseDocuments, regoVersion: 'v1' })
    return await loadRego(compiled, { budget: { ...DEFAULT_BUDGET, ...options.budget } })
  }
  const session = new Session(await compile([]), compile, data)
  session.store.restore(
    savedFromDocument(
      asObjectText(options.stateText ?? JSON.stringify(options.state ?? { operatingsystem: { ostype: os } }), 'stateText'),
    ),
  )
  return makeEnforcer(session, {
    os,
    guest: { ...DEFAULT_GUEST_CONSTANTS, ...options.guest },
    strict: options.strict ?? false,
    policyDigest: policyDigest(text),
    warnings: () => policyWarnings(text),
    audit: options.audit,
    auditEnvValues: options.auditEnvValues ?? false,
    explainEnvValues: options.explainEnvValues ?? false,
    clock: options.clock ?? Date.now,
  })
}

/** The text, if it is a JSON object's: it will be cut without being parsed. @throws TypeError */
function asObjectText(text: string, option: string): string {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`\`${option}\` is not the text of a JSON object`)
  return text
}

/** Every rule the enforcer may ask: of the policy all, for a point that no API knows is evaluated before it is refused. */
const ENTRYPOINTS: readonly string[] = [
  `${POLICY_PACKAGE}/*`,
  POINT_INFO_ENTRYPOINT,
  `${FRAMEWORK_PACKAGE}/rw_mount_device`,
  `${FRAMEWORK_PACKAGE}/rw_unmount_device`,
  DECLARATIONS_ENTRYPOINT,
]
