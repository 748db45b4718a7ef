/** The regular expressions of a structured policy. They are tried when the policy is read, not when a request comes. */
import { RE2JS } from 're2js'
import type { EnvRule, StructuredPolicy, UserConstraint } from './policy.js'
import { type PolicyFault, policyFault } from './policy-error.js'

/** Patterns that are no regular expressions: the framework would never match them. */
export function patternFaults(policy: StructuredPolicy): readonly PolicyFault[] {
  const faults: PolicyFault[] = []
  const good = new Set<string>()
  for (const { pattern, pointer } of patternsOf(policy)) {
    if (good.has(pattern)) continue
    if (isPattern(pattern)) good.add(pattern)
    else faults.push(policyFault('bad-pattern', { pointer }, pattern))
  }
  return faults
}

interface PlacedPattern {
  readonly pattern: string
  readonly pointer: string
}

function* patternsOf(policy: StructuredPolicy): Generator<PlacedPattern> {
  for (const [at, container] of policy.containers.entries()) {
    const pointer = `/containers/${at}`
    yield* envPatterns(container.env_rules, pointer)
    if ('mounted_cim' in container) continue
    yield* mountPatterns(container.mounts, pointer)
    yield* userPatterns(container.user, `${pointer}/user`)
  }
  for (const [at, process] of policy.external_processes.entries()) {
    yield* envPatterns(process.env_rules, `/external_processes/${at}`)
  }
  for (const [at, rule] of policy.platform_rules.entries()) {
    yield* envPatterns(rule.env_rules ?? [], `/platform_rules/${at}`)
    yield* mountPatterns(rule.mounts ?? [], `/platform_rules/${at}`)
  }
}

function* envPatterns(rules: readonly EnvRule[], owner: string): Generator<PlacedPattern> {
  for (const [at, rule] of rules.entries()) {
    const pointer = `${owner}/env_rules/${at}`
    if ('pattern' in rule) {
      if (rule.strategy === 're2') yield { pattern: rule.pattern, pointer: `${pointer}/pattern` }
      continue
    }
    if (rule.name_strategy === 're2') yield { pattern: rule.name, pointer: `${pointer}/name` }
    if (rule.value_strategy === 're2') yield { pattern: rule.value, pointer: `${pointer}/value` }
  }
}

/** Sources below one of the guest's directories are patterns. */
function* mountPatterns(mounts: readonly { readonly source: string }[], owner: string): Generator<PlacedPattern> {
  for (const [at, { source }] of mounts.entries()) {
    if (/^(?:sandbox|hugepages):\/\//.test(source)) yield { pattern: source, pointer: `${owner}/mounts/${at}/source` }
  }
}

function* userPatterns(user: UserConstraint, owner: string): Generator<PlacedPattern> {
  const all = [
    { idName: user.user_idname, pointer: `${owner}/user_idname` },
    ...user.group_idnames.map((idName, at) => ({ idName, pointer: `${owner}/group_idnames/${at}` })),
  ]
  for (const { idName, pointer } of all) {
    if (idName.strategy === 're2') yield { pattern: idName.pattern, pointer: `${pointer}/pattern` }
  }
}

function isPattern(pattern: string): boolean {
  try {
    RE2JS.compile(pattern)
    return true
  } catch {
    return false
  }
}
