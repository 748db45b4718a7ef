/**
 * Explaining denials: a row for each enforcement point, and what waits on a denial until somebody looks.
 *
 * Nothing here takes part in a decision. What goes wrong while explaining makes a poorer explanation and nothing else.
 */
import type { JsonObject } from './decision.js'
import { type Explanation, type Findings, explanationOf, mismatch } from './explain/explanation.js'
import { DenialFacts } from './explain/facts.js'
import { explainLoadFragment, explainTrustList } from './explain/fragments.js'
import { isTruthy, listOf, objectsOf } from './explain/json.js'
import {
  explainMountCims,
  explainMountDevice,
  explainMountOverlay,
  explainPlan9Mount,
  explainRwMountDevice,
  explainScratchMount,
  explainUnmount,
} from './explain/mount-points.js'
import { explainCreate, explainExec, explainExecExternal, explainSignal, startedFaults } from './explain/processes.js'
import type { EnforcementPoint } from './points.js'
import type { Session } from './session.js'

type Explain = (facts: DenialFacts) => Findings

const EXPLAINERS: Readonly<Record<EnforcementPoint, Explain>> = {
  mount_device: explainMountDevice,
  rw_mount_device: explainRwMountDevice,
  mount_blockdev: noBlockDevices,
  mount_overlay: explainMountOverlay,
  mount_cims: explainMountCims,
  registry_changes: explainRegistryChanges,
  create_container: explainCreate,
  unmount_device: explainUnmount('devices'),
  rw_unmount_device: explainUnmount('rw_devices'),
  unmount_blockdev: noBlockDevices,
  unmount_overlay: explainUnmount('overlayTargets'),
  exec_in_container: explainExec,
  exec_external: explainExecExternal,
  shutdown_container: (facts) => ({ faults: startedFaults(facts) }),
  signal_container_process: explainSignal,
  plan9_mount: explainPlan9Mount,
  plan9_unmount: explainUnmount('p9mounts'),
  get_properties: flag('allow_properties_access'),
  dump_stacks: flag('allow_dump_stacks'),
  runtime_logging: flag('allow_runtime_logging'),
  load_fragment: explainLoadFragment,
  scratch_mount: explainScratchMount,
  scratch_unmount: explainUnmount('scratch_mounts'),
  log_provider: explainLogProvider,
  load_transparency_trust_list: explainTrustList,
  host_network: flag('allow_host_network'),
}

/** Takes down what a later explanation of a refusal needs. @returns the explanation, to be called when somebody looks */
export function prepareExplanation(
  session: Session,
  point: string,
  input: JsonObject,
  message: string,
  showEnvValues: boolean,
): () => Explanation {
  const explain = Object.hasOwn(EXPLAINERS, point) ? EXPLAINERS[point as EnforcementPoint] : undefined
  if (explain === undefined) return () => explanationOf({}, message)
  try {
    const facts = new DenialFacts(session, input, showEnvValues)
    return () => explainSafely(explain, facts, message)
  } catch {
    return () => explanationOf({}, message)
  }
}

function explainSafely(explain: Explain, facts: DenialFacts, message: string): Explanation {
  try {
    return explanationOf(explain(facts), message)
  } catch {
    return explanationOf({}, message)
  }
}

function flag(name: string): Explain {
  return ({ declarations }) => (isTruthy(declarations[name]) ? {} : { faults: [mismatch(name, 'not set by the policy')] })
}

function noBlockDevices(): Findings {
  return { faults: [mismatch('target', 'block devices are never allowed by the framework')] }
}

function explainRegistryChanges(facts: DenialFacts): Findings {
  const declaring = objectsOf(facts.matches).filter((container) => container.registry_changes !== undefined)
  return { faults: declaring.length > 0 ? [] : [mismatch('registry_changes', 'no container that it could be declares any')] }
}

function explainLogProvider({ input, declarations }: DenialFacts): Findings {
  const allowed = (listOf(declarations.allowed_log_providers) ?? []).map((one) => String(one).toLowerCase())
  const refused = (listOf(input.providers) ?? []).filter((one) => !allowed.includes(String(one).toLowerCase()))
  return {
    faults: refused.map((one) => ({ ...mismatch('allowed_log_providers', `${JSON.stringify(one)} is not listed`), actual: one })),
  }
}
