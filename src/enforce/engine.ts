/**
 * The loaded policy as the enforcer sees it: entrypoints to ask, and data kept in the module's own memory.
 *
 * The enforcer does not know how text becomes a loaded policy; whoever creates it hands in a `CompileEngine`
 * (`create-enforcer.ts`), which is asked again whenever the set of fragment modules changes.
 */

/** What the enforcer needs of a loaded policy: of a `RegoPolicy`, and of the framework in it. */
export interface PolicyEngine {
  /** Names that `evaluateText` takes. */
  readonly entrypoints: readonly string[]
  /** Bytes of memory that it occupies. */
  readonly memoryBytes: number
  /** Whether the framework in it trusts the facts; without them in `data`, no policy can find them there. */
  readonly trustsFacts: boolean
  /** Result text of an entrypoint; undefined if it is undefined. Throws an error with a `code` if evaluation fails. */
  evaluateText(entrypoint: string, inputJson?: string): string | undefined
  setDataText(json: string): void
  /** Sets the value at a path of names below `data`; missing parents are made. */
  addDataPath(path: readonly string[], json: string): void
  removeDataPath(path: readonly string[]): void
}

/** A fragment module compiled together with the policy. */
export interface FragmentModule {
  readonly namespace: string
  /** With the parameter prologue. */
  readonly text: string
}

/** Compiles the policy, the framework and these fragments into a loaded policy. Rejects if they do not compile. */
export type CompileEngine = (fragments: readonly FragmentModule[]) => Promise<PolicyEngine>

/** Where the enforcer's rules live among the entrypoints. */
export const POLICY_PACKAGE = 'policy'
export const FRAMEWORK_PACKAGE = 'framework'
export const REASON_ENTRYPOINT = 'policy/reason'
export const POINT_INFO_ENTRYPOINT = 'framework/enforcement_point_info'
/** What the policy and its fragments declare, for explaining a denial. */
export const DECLARATIONS_ENTRYPOINT = 'framework/declarations'
