/**
 * Creating a container: every declared container that fits the request stays in question for later requests.
 */
import type { RegoValue } from '../../../src/value/value.js'
import { type PointRule, REFUSED, allowed } from '../answer.js'
import { selectCapabilities } from '../capabilities.js'
import { selectEnvironment } from '../environment.js'
import { mountsFit } from '../mounts.js'
import * as fits from '../process-tests.js'
import { type Question, isLinux, isWindows } from '../question.js'
import { at, isTrue, membersOf, objectOf } from '../rego.js'
import { operation } from '../state.js'
import { explainCreateContainer } from './create-container-reason.js'

export const createContainer: PointRule = {
  decide: (question) => {
    const { state, input } = question
    const id = at(input, 'containerID')
    const privileged = isWindows(question) ? false : at(input, 'privileged')
    if (id === undefined || privileged === undefined || isTrue(at(state, 'started', id))) return REFUSED
    const fitting = (membersOf(at(state, 'matches', id)) ?? []).filter(
      (one) => fitsRequest(question, one) && (isWindows(question) || fits.devicesFit(question)),
    )
    const environment = selectEnvironment(question, fitting)
    const capabilities = selectCapabilities(question, environment.remaining, privileged)
    const remaining = capabilities.remaining
    const stdio = fits.commonStdioAccess(remaining)
    if (remaining.length === 0 || stdio === undefined) return REFUSED
    return allowed({ env_list: environment.kept, caps_list: capabilities.kept, allow_stdio_access: stdio }, [
      operation('update', 'matches', id, remaining),
      operation('add', 'started', id, objectOf({ privileged })),
    ])
  },
  explain: explainCreateContainer,
  show: ({ state, input }) => at(state, 'matches', at(input, 'containerID')) ?? null,
}

/** Everything about a container but its devices, variables and capabilities. */
export function fitsRequest(question: Question, container: RegoValue): boolean {
  const isSimilar =
    fits.userFits(question, at(container, 'user')) &&
    fits.workingDirFits(question, at(container, 'working_dir')) &&
    fits.commandFits(question, at(container, 'command'))
  if (!isLinux(question)) return isSimilar && isWindows(question)
  return (
    isSimilar &&
    fits.noNewPrivilegesFits(question, at(container, 'no_new_privileges')) &&
    fits.privilegeFits(question, at(container, 'allow_elevated')) &&
    mountsFit(question, container) &&
    fits.seccompFits(question, at(container, 'seccomp_profile_sha256'))
  )
}
