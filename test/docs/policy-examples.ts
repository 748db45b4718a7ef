/** The examples of warnings and faults of policies: how their texts become whole policies, and what is said about them. */
import {
  type Decision,
  ENFORCEMENT_POINTS,
  type Enforcer,
  type PolicyFault,
  PolicyError,
  type PolicyWarning,
  createEnforcer,
  parsePolicy,
  policiesInTemplate,
  policyWarnings,
} from '../../src/index.js'

/** A policy that matters in a few lines only. */
export interface WarningExample {
  /** The place in the policy, in its own names. */
  readonly at: string
  readonly bad: string
  readonly fixed: string
  /** What is not added to `bad`. */
  readonly without?: readonly string[]
}

/** An expression of JavaScript, passed to `parsePolicy`. */
export interface PolicyExample {
  readonly bad: string
  readonly fixed: string
}

/** The fields that `…` stands for. */
const CONTAINER: Readonly<Record<string, unknown>> = {
  command: ['/app'],
  env_rules: [],
  layers: ['b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0'],
  mounts: [],
  exec_processes: [],
  signals: [15],
  user: {
    user_idname: { pattern: '', strategy: 'any' },
    group_idnames: [{ pattern: '', strategy: 'any' }],
    umask: '0022',
  },
  capabilities: { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] },
  seccomp_profile_sha256: '',
  allow_elevated: false,
  working_dir: '/',
  allow_stdio_access: true,
  no_new_privileges: false,
}

export function warningsOf(text: string, without: readonly string[] = []): readonly PolicyWarning[] {
  return policyWarnings(wholePolicy(text, without))
}

/** The policy that an example shows a part of. */
function wholePolicy(text: string, without: readonly string[]): string {
  const members: readonly (readonly [name: string, value: string])[] = [
    ['api_version', '"0.12.0"'],
    ['framework_version', '"0.5.0"'],
    ['containers', `[${JSON.stringify(CONTAINER)}]`],
    ...[...ENFORCEMENT_POINTS, 'reason'].map((name) => [name, `data.framework.${name}`] as const),
  ]
  const written = new Set([...text.matchAll(/^(\w+) :=/gm)].map(([, name]) => name))
  const added = members.filter(([name]) => !written.has(name) && !without.includes(name))
  const hasPackage = text.startsWith('package ')
  return [...(hasPackage ? [] : ['package policy']), fillIn(text), ...added.map(([name, value]) => `${name} := ${value}`), ''].join('\n')
}

/** Every `…` replaced by the container's fields that the object does not have itself. */
function fillIn(text: string): string {
  return text.replace(/\{…(?:, )?/g, (_found, at: number) => {
    const rest = text.slice(at)
    const end = rest.indexOf('{…', 2)
    const own = end === -1 ? rest : rest.slice(0, end)
    const fields = Object.entries(CONTAINER).filter(([name]) => !own.includes(`"${name}":`) || (name === 'user' && !own.includes('"user": {')))
    return `{${fields.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')}${rest.startsWith('{…, ') ? ', ' : ''}`
  })
}

/** What is wrong with the policy that an expression makes; empty if nothing is. */
export function faultsOf(expression: string): readonly PolicyFault[] {
  const source = new Function('policiesInTemplate', `return ${expression}`) as (find: typeof policiesInTemplate) => string
  try {
    parsePolicy(source(policiesInTemplate))
    return []
  } catch (error) {
    if (error instanceof PolicyError) return error.faults
    throw error
  }
}

/** The decision that a question to the enforcer of a policy leads to. */
export async function decisionOf(members: string, ask: string): Promise<Decision> {
  let whileTelling: (() => Decision) | undefined
  let told: Decision | undefined
  const enforcer = await createEnforcer(`package policy\n\n${members}`, {
    audit: () => {
      told = whileTelling?.()
    },
  })
  const reentrant = (_enforcer: Enforcer, question: () => Decision): Decision | undefined => {
    whileTelling = question
    question()
    return told
  }
  const run = new Function('enforcer', 'reentrant', `return (async () => ${ask})()`) as (...args: unknown[]) => Promise<Decision>
  return run(enforcer, reentrant)
}
