/**
 * Whether every container of a pod can pass the pod's policy: an enforcer is asked, as a guest agent would ask it, for each
 * declared container that it could be.
 */
import {
  type CcePolicy,
  type CreateLinuxContainerInput,
  type DeclaredContainer,
  type Denied,
  type Enforcer,
  type Mismatch,
  PolicyError,
  RegoCompileError,
} from 'cce-policy'
import type { Verdict } from './admission-review.js'
import { deriveRequest } from './derive-request.js'
import { DocumentError, type Field } from './json.js'
import { type PodContainer, containersOf } from './pod.js'
import { PolicyCache, type ReadyPolicy } from './policy-cache.js'

/** The annotation that virtual nodes read the policy from. */
export const POLICY_ANNOTATION = 'microsoft.containerinstance.virtualnode.ccepolicy'

export interface CheckOptions {
  /** Default: that of virtual nodes. */
  readonly annotation?: string
  /** What becomes of pods without a policy. Default `refuse`. */
  readonly withoutPolicy?: 'refuse' | 'allow'
  /** Where loaded policies are kept. Default: nowhere. */
  readonly policies?: PolicyCache
}

/** Judges a pod. Never throws; what cannot be judged is refused. */
export async function checkPod(pod: Field, options: CheckOptions = {}): Promise<Verdict> {
  const { annotation = POLICY_ANNOTATION, withoutPolicy = 'refuse', policies = new PolicyCache() } = options
  try {
    const containers = containersOf(pod)
    const base64 = pod.member('metadata').member('annotations').member(annotation).optionalText() ?? ''
    if (base64 !== '') return checkContainers(pod, containers, await policies.get(base64))
    if (withoutPolicy === 'allow') return allowed([`the pod has no policy: annotation ${annotation} is missing`])
    return refused(403, [`the pod has no policy: annotation ${annotation} is missing`])
  } catch (error) {
    if (error instanceof DocumentError) return refused(422, [error.message])
    if (error instanceof PolicyError || error instanceof RegoCompileError)
      return refused(403, [`the pod’s policy does not load: ${error.message}`])
    return refused(500, [`the pod could not be judged: ${error instanceof Error ? error.message : String(error)}`])
  }
}

function allowed(warnings: readonly string[]): Verdict {
  return { allowed: true, code: 200, message: 'every container can pass the policy', warnings }
}

function refused(code: number, lines: readonly string[]): Verdict {
  return { allowed: false, code, message: lines.join('\n'), warnings: [] }
}

function checkContainers(pod: Field, containers: readonly PodContainer[], { policy, enforcer }: ReadyPolicy): Verdict {
  enforcer.begin()
  try {
    if (policy.kind === 'open_door') return allowed(['the policy is an open door: it allows everything'])
    const candidates = candidatesOf(policy)
    const simulation = new Simulation(enforcer, candidates)
    const problems: string[] = []
    const assumptions = new Set<string>()
    for (const container of containers) {
      const outcome = simulation.run(container)
      if (outcome.fits)
        for (const one of outcome.assumptions)
          assumptions.add(`${container.called}: not in the pod, taken from the policy: ${one}`)
      else problems.push(`${container.called} cannot pass the policy`, ...outcome.lines.map((line) => `  ${line}`))
    }
    if (pod.member('spec').member('hostNetwork').optionalFlag() === true) {
      const decision = enforcer.hostNetwork()
      if (!decision.allowed)
        problems.push(
          'hostNetwork cannot be had under the policy',
          ...decision.reason.explanation.lines.map((line) => `  ${line}`),
        )
    }
    if (problems.length === 0) return allowed([...assumptions])
    if (admitsFragments(policy)) problems.push('containers that come with a fragment are not known here')
    return refused(403, problems)
  } finally {
    // The next pod finds the policy as it was.
    enforcer.rollback()
  }
}

function candidatesOf(policy: CcePolicy): readonly DeclaredContainer[] {
  if (policy.kind === 'open_door') return []
  if (policy.kind === 'structured') return policy.containers as readonly DeclaredContainer[]
  if (policy.declared.computed.includes('containers'))
    throw new DocumentError('the policy computes its containers, so none can be tried')
  return policy.declared.containers ?? []
}

function admitsFragments(policy: CcePolicy): boolean {
  return policy.kind === 'structured'
    ? policy.fragments.length > 0
    : policy.kind === 'rego' && policy.declared.fragments?.length !== 0
}

type Outcome =
  | { readonly fits: true; readonly assumptions: readonly string[] }
  /** The differences from the candidate that came nearest. */
  | { readonly fits: false; readonly lines: readonly string[]; readonly distance: number }

const SANDBOX_ID = '0'.repeat(64)

/** Asks an enforcer for one container after another, each time with an ID and paths of its own. */
class Simulation {
  #count = 0
  #devices = 0

  constructor(
    private readonly enforcer: Enforcer,
    private readonly candidates: readonly DeclaredContainer[],
  ) {}

  /** Tries a container against every candidate. */
  run(container: PodContainer): Outcome {
    let nearest: Outcome = { fits: false, lines: ['the policy declares no containers'], distance: Infinity }
    for (const [place, candidate] of this.candidates.entries()) {
      const outcome = this.#try(container, candidate)
      if (outcome.fits) return outcome
      if (outcome.distance < nearest.distance) {
        const head =
          this.candidates.length === 1
            ? `the only candidate is containers[${place}]`
            : `nearest of ${this.candidates.length} candidates: containers[${place}]`
        nearest = { ...outcome, lines: [head, ...outcome.lines.map((line) => `  ${line}`)] }
      }
    }
    return nearest
  }

  #try(container: PodContainer, candidate: DeclaredContainer): Outcome {
    if (candidate.mounted_cim !== undefined)
      return { fits: false, lines: ['a Windows container; this webhook judges Linux pods'], distance: 1e9 }
    const containerID = (++this.#count).toString(16).padStart(64, 'c')
    const layers = this.#stack(containerID, candidate.layers ?? [])
    if (layers !== undefined) return { fits: false, lines: linesOf(layers), distance: 1e8 }
    const { input, assumptions } = deriveRequest(container, candidate, {
      containerID,
      sandboxID: SANDBOX_ID,
      mountShare: () => this.#mountShare(containerID),
    })
    const created = this.enforcer.createContainer(input)
    if (!created.allowed) return { fits: false, lines: linesOf(created), distance: distanceOf(created) }
    for (const { called, command } of container.execs) {
      const started = this.enforcer.execInContainer(execOf(input, command, created.envList))
      if (!started.allowed) return { fits: false, lines: linesOf(started).map((line) => `${called}: ${line}`), distance: 0.5 }
    }
    return { fits: true, assumptions }
  }

  /** Mounts and stacks the candidate's layers. @returns what was refused */
  #stack(containerID: string, layers: readonly string[]): Denied | undefined {
    const paths: string[] = []
    for (const deviceHash of layers) {
      const target = `/run/mounts/scsi/m${this.#devices++}`
      const mounted = this.enforcer.mountDevice({ target, deviceHash })
      if (!mounted.allowed) return mounted
      paths.unshift(target)
    }
    const stacked = this.enforcer.mountOverlay({ containerID, layerPaths: paths, target: `/run/gcs/c/${containerID}/rootfs` })
    return stacked.allowed ? undefined : stacked
  }

  #mountShare(containerID: string): string {
    const target = `/run/gcs/c/${containerID}/mounts/m${this.#devices++}`
    this.enforcer.plan9Mount({ target })
    return target
  }
}

function execOf(
  input: CreateLinuxContainerInput,
  argList: readonly string[],
  envList: readonly string[],
): Parameters<Enforcer['execInContainer']>[0] {
  const { containerID, workingDir, noNewPrivileges, user, groups, umask, capabilities } = input
  return {
    containerID,
    argList,
    envList,
    workingDir,
    noNewPrivileges,
    user,
    groups,
    capabilities,
    ...(umask === undefined ? {} : { umask }),
  }
}

function linesOf({ reason }: Denied): readonly string[] {
  const { faults, nearest } = reason.explanation
  const found: readonly Mismatch[] = [...faults, ...(nearest?.mismatches ?? [])]
  return found.length === 0 ? [reason.message] : found.map(({ text }) => text)
}

/** How far a refused request is from the candidate: another program counts more than anything else. */
function distanceOf({ reason }: Denied): number {
  const found = reason.explanation.nearest?.mismatches ?? []
  return found.length + (found.some(({ field }) => field === 'command[0]') ? 100 : 0) + 1
}
