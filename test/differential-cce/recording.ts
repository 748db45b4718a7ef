/** An enforcer that keeps each question it puts to its policy, with the state at that time and the answer. */
import { compileRego } from '../../src/compile.js'
import { FRAMEWORK_SOURCES } from '../../src/cce/framework-sources.generated.js'
import { guestData } from '../../src/cce/guest-data.js'
import { type CompileEngine, DECLARATIONS_ENTRYPOINT, type FragmentModule, type PolicyEngine } from '../../src/enforce/engine.js'
import { type Enforcer, makeEnforcer } from '../../src/enforce/enforcer.js'
import { DEFAULT_GUEST_CONSTANTS } from '../../src/enforce/fill-input.js'
import { KEPT_FACTS } from '../../src/enforce/kept-facts.js'
import { savedFromDocument } from '../../src/enforce/metadata-store.js'
import { Session } from '../../src/enforce/session.js'
import { RegoCompileError } from '../../src/errors.js'
import { loadRego } from '../../src/load/load.js'

/** What a question came to. */
export type Outcome =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'error'; readonly code: string }

/** One question, or the attempt to compile the policy with other fragments. */
export type Event =
  | {
      readonly kind: 'question'
      readonly entrypoint: string
      readonly input: string
      readonly metadata: string
      readonly fragments: readonly FragmentModule[]
      readonly outcome: Outcome
    }
  | { readonly kind: 'compile'; readonly fragments: readonly FragmentModule[]; readonly codes: readonly string[] }

export const ENTRYPOINTS = [
  'policy/*',
  'framework/enforcement_point_info',
  'framework/rw_mount_device',
  'framework/rw_unmount_device',
  DECLARATIONS_ENTRYPOINT,
]

/** Throws `RegoCompileError` where the policy alone does not compile. */
export async function recordingEnforcer(
  text: string,
  os: 'linux' | 'windows',
  record: (event: Event) => void,
): Promise<Enforcer> {
  const data = new Map(Object.entries(guestData(os)).map(([name, value]) => [name, JSON.stringify(value)]))
  let metadata = (): string => '{}'
  const compile: CompileEngine = async (fragments) => {
    const modules: Record<string, string> = { ...FRAMEWORK_SOURCES, 'policy.rego': text }
    for (const { namespace, text: fragment } of fragments) modules[`${namespace}.rego`] = fragment
    try {
      const compiled = compileRego({
        modules,
        entrypoints: ENTRYPOINTS,
        baseDocuments: ['metadata', KEPT_FACTS, ...data.keys()],
        regoVersion: 'v1',
      })
      record({ kind: 'compile', fragments, codes: [] })
      return recordingEngine(Object.assign(await loadRego(compiled), { trustsFacts: true }), fragments, () => metadata(), record)
    } catch (error) {
      if (!(error instanceof RegoCompileError)) throw error
      const codes = error.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code as string)
      record({ kind: 'compile', fragments, codes: [...new Set(codes)].sort() })
      throw error
    }
  }
  const session = new Session(await compile([]), compile, data)
  metadata = () => session.store.toText()
  session.store.restore(savedFromDocument(JSON.stringify({ operatingsystem: { ostype: os } })))
  return makeEnforcer(session, {
    os,
    guest: DEFAULT_GUEST_CONSTANTS,
    strict: false,
    policyDigest: '',
    warnings: () => [],
    audit: undefined,
    auditEnvValues: false,
    explainEnvValues: false,
    clock: () => 0,
  })
}

function recordingEngine(
  engine: PolicyEngine,
  fragments: readonly FragmentModule[],
  metadata: () => string,
  record: (event: Event) => void,
): PolicyEngine {
  return {
    entrypoints: engine.entrypoints,
    memoryBytes: engine.memoryBytes,
    trustsFacts: engine.trustsFacts,
    setDataText: (json) => engine.setDataText(json),
    addDataPath: (path, json) => engine.addDataPath(path, json),
    removeDataPath: (path) => engine.removeDataPath(path),
    evaluateText(entrypoint, input = '{}') {
      const question = { kind: 'question' as const, entrypoint, input, metadata: metadata(), fragments }
      try {
        const text = engine.evaluateText(entrypoint, input)
        record({ ...question, outcome: text === undefined ? { kind: 'undefined' } : { kind: 'value', text } })
        return text
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'thrown'
        record({ ...question, outcome: { kind: 'error', code } })
        throw error
      }
    },
  }
}
