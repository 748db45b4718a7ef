/** Explaining refused containers, processes and signals. */
import type { JsonObject, JsonValue } from '../decision.js'
import { isObject } from '../grant.js'
import { commandMismatches, deviceFaults, equalityMismatches, noNewPrivilegesMismatches, privilegeMismatches } from './command.js'
import { type Findings, type Mismatch, listed, mismatch, show } from './explanation.js'
import type { DenialFacts } from './facts.js'
import { isTruthy, listOf, objectsOf, sameJson } from './json.js'
import { mountMismatches } from './mounts.js'
import { narrow } from './narrow.js'
import { describeNearest } from './nearest.js'
import { userMismatches } from './user.js'

export function explainCreate(facts: DenialFacts): Findings {
  const { input } = facts
  const faults = [
    ...(isTruthy(facts.state('started', input.containerID))
      ? [mismatch('containerID', 'a container with this ID was created before; an ID can be used once')]
      : []),
    ...(facts.isWindows ? [] : deviceFaults(input)),
    ...candidateFaults(facts),
  ]
  const compareCommon = (container: JsonObject): readonly Mismatch[] => [
    ...commandMismatches('command', container.command, input.argList),
    ...equalityMismatches('working_dir', container.working_dir, input.workingDir),
  ]
  return narrow(
    {
      kind: 'container',
      candidates: objectsOf(facts.matches),
      compare: facts.isWindows
        ? (container) => [...compareCommon(container), ...equalityMismatches('user', container.user, input.user)]
        : (container) => [
            ...compareCommon(container),
            ...userMismatches(container.user, input),
            ...privilegeMismatches(container, input),
            ...noNewPrivilegesMismatches(container, input),
            ...equalityMismatches('seccomp_profile_sha256', container.seccomp_profile_sha256, input.seccompProfileSHA256),
            ...mountMismatches(container, mountContext(facts)),
          ],
      capabilities: facts.isWindows ? undefined : { privileged: input.privileged },
      agreeOnStdio: true,
    },
    faults,
    facts,
  )
}

export function explainExec(facts: DenialFacts): Findings {
  const { input } = facts
  const started = facts.state('started', input.containerID)
  const compareCommon = (container: JsonObject): readonly Mismatch[] => [
    ...execCommandMismatches(container, input.argList),
    ...equalityMismatches('working_dir', container.working_dir, input.workingDir),
  ]
  return narrow(
    {
      kind: 'container',
      candidates: objectsOf(facts.matches),
      compare: facts.isWindows
        ? (container) => [...compareCommon(container), ...equalityMismatches('user', container.user, input.user)]
        : (container) => [
            ...compareCommon(container),
            ...userMismatches(container.user, input),
            ...noNewPrivilegesMismatches(container, input),
          ],
      capabilities: facts.isWindows ? undefined : { privileged: isObject(started) && isTruthy(started.privileged) },
      agreeOnStdio: false,
    },
    [...startedFaults(facts), ...candidateFaults(facts)],
    facts,
  )
}

export function explainExecExternal(facts: DenialFacts): Findings {
  const { input, declarations } = facts
  const candidates = objectsOf(declarations.external_processes)
  return narrow(
    {
      kind: 'externalProcess',
      candidates,
      compare: (process) => [
        ...commandMismatches('command', process.command, input.argList),
        ...equalityMismatches('working_dir', process.working_dir, input.workingDir),
      ],
      capabilities: undefined,
      agreeOnStdio: true,
    },
    candidates.length === 0 ? [mismatch('external_processes', 'none are declared')] : [],
    facts,
  )
}

export function explainSignal(facts: DenialFacts): Findings {
  const { input } = facts
  const comparisons = objectsOf(facts.matches).map((candidate) => ({
    candidate,
    mismatches: isTruthy(input.isInitProcess)
      ? signalMismatches('signals', candidate.signals, input.signal)
      : processSignalMismatches(candidate, input),
  }))
  return {
    faults: [...startedFaults(facts), ...candidateFaults(facts)],
    candidates: comparisons.length,
    nearest: describeNearest('container', comparisons, facts),
  }
}

/** The ID was created; it never stops counting as such. */
export function startedFaults(facts: DenialFacts): readonly Mismatch[] {
  return isTruthy(facts.state('started', facts.input.containerID))
    ? []
    : [mismatch('containerID', `no container ${show(facts.input.containerID)} was created`)]
}

function candidateFaults(facts: DenialFacts): readonly Mismatch[] {
  const { matches } = facts
  if (matches === undefined)
    return [
      mismatch(
        'containerID',
        `no layers were stacked for ${show(facts.input.containerID)}, or it was shut down: it can be no container of the policy`,
      ),
    ]
  return matches.length === 0
    ? [mismatch('containerID', 'earlier requests left no container of the policy that it could be')]
    : []
}

function execCommandMismatches(container: JsonObject, argList: JsonValue | undefined): readonly Mismatch[] {
  return nearestProcess(container, (field, process) => commandMismatches(`${field}.command`, process.command, argList))
}

function processSignalMismatches(container: JsonObject, input: JsonObject): readonly Mismatch[] {
  return nearestProcess(container, (field, process) => [
    ...commandMismatches(`${field}.command`, process.command, input.argList),
    ...signalMismatches(`${field}.signals`, process.signals, input.signal),
  ])
}

function signalMismatches(field: string, signals: JsonValue | undefined, signal: JsonValue | undefined): readonly Mismatch[] {
  const allowed = listOf(signals) ?? []
  if (allowed.some((one) => sameJson(one, signal))) return []
  return [
    {
      ...mismatch(field, `expected one of ${show(allowed)}, got ${show(signal)}`),
      expected: allowed,
      ...(signal === undefined ? {} : { actual: signal }),
    },
  ]
}

/** The differences from the process of the container that comes closest. */
function nearestProcess(
  container: JsonObject,
  compare: (field: string, process: JsonObject) => readonly Mismatch[],
): readonly Mismatch[] {
  let nearest: readonly Mismatch[] | undefined
  for (const [at, process] of (listOf(container.exec_processes) ?? []).entries()) {
    if (!isObject(process)) continue
    const found = compare(`exec_processes[${at}]`, process)
    if (nearest === undefined || found.length < nearest.length) nearest = found
  }
  return nearest === undefined ? [mismatch('exec_processes', 'none are declared')] : listed('exec_processes', nearest)
}

function mountContext(facts: DenialFacts): Parameters<typeof mountMismatches>[1] {
  return { input: facts.input, data: (name) => facts.data(name), shareOwner: (source) => facts.state('p9mounts', source) }
}
