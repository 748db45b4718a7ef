/**
 * A further process in a container. It has the container's user, directory, variables and capabilities; only its command is
 * its own.
 */
import type { RegoValue } from '../../../src/value/value.js'
import { type PointRule, REFUSED, allowed, texts } from '../answer.js'
import { selectCapabilities } from '../capabilities.js'
import { lacksRequired, selectEnvironment } from '../environment.js'
import * as fits from '../process-tests.js'
import { type Question, isLinux, isWindows } from '../question.js'
import { type Maybe, at, isTrue, membersOf, some } from '../rego.js'
import { operation } from '../state.js'
import { unknownVariables } from './create-container-reason.js'

const startedAs = ({ state, input }: Question) => at(state, 'started', at(input, 'containerID'))
const isPrivileged = (question: Question) => isTrue(at(startedAs(question), 'privileged'))
const matchesOf = ({ state, input }: Question) => at(state, 'matches', at(input, 'containerID'))

/** The processes of a container that have the command of the request. */
function processesOf(question: Question, container: RegoValue): RegoValue[] {
  return (membersOf(at(container, 'exec_processes')) ?? []).filter((one) => fits.commandFits(question, at(one, 'command')))
}

/** A container fits as often as it has a process that does. */
function fitting(question: Question): RegoValue[] {
  return (membersOf(matchesOf(question)) ?? [])
    .filter((one) => fitsContainer(question, one))
    .flatMap((one) => processesOf(question, one).map(() => one))
}

function fitsContainer(question: Question, container: RegoValue): boolean {
  return (
    fits.workingDirFits(question, at(container, 'working_dir')) &&
    fits.userFits(question, at(container, 'user')) &&
    (isWindows(question) || fits.noNewPrivilegesFits(question, at(container, 'no_new_privileges')))
  )
}

export const execInContainer: PointRule = {
  decide: (question) => {
    const id = at(question.input, 'containerID')
    if (id === undefined || !isTrue(startedAs(question))) return REFUSED
    const environment = selectEnvironment(question, fitting(question))
    const capabilities = selectCapabilities(question, environment.remaining, isPrivileged(question))
    if (capabilities.remaining.length === 0) return REFUSED
    return allowed({ env_list: environment.kept, caps_list: capabilities.kept }, [
      operation('update', 'matches', id, capabilities.remaining),
    ])
  },
  explain: (question) => {
    const { input } = question
    const matches = matchesOf(question)
    const isStarted = isTrue(startedAs(question))
    const processes = processesIn(matches)
    const isOwnCommand = (one: RegoValue) =>
      fits.commandFits(question, at(one, 'command')) && fits.workingDirFits(question, at(one, 'working_dir'))
    const similar = fitting(question).filter((one) => fits.noNewPrivilegesFits(question, at(one, 'no_new_privileges')))
    const left = selectEnvironment(question, fitting(question)).remaining
    const capabilities = selectCapabilities(question, left, isPrivileged(question))
    return [
      ...texts({
        'container not started': !isStarted,
        'invalid command': !some(matches, (one) => processesOf(question, one).length > 0),
        'invalid working directory': !some(matches, (one) => fits.workingDirFits(question, at(one, 'working_dir'))),
        'missing required environment variable':
          isStarted && similar.some((one) => lacksRequired(at(one, 'env_rules'), at(input, 'envList'))),
        "capabilities don't match":
          isLinux(question) &&
          isStarted &&
          left.length > 0 &&
          capabilities.kept !== undefined &&
          capabilities.remaining.length === 0,
        'invalid noNewPrivileges':
          isLinux(question) &&
          !processes.some((one) => isOwnCommand(one) && fits.noNewPrivilegesFits(question, at(one, 'no_new_privileges'))),
        'invalid user': !processes.some((one) => isOwnCommand(one) && fits.userFits(question, at(one, 'user'))),
      }),
      ...unknownVariables(question, matches),
    ]
  },
  show: (question) => processesIn(matchesOf(question)),
}

function processesIn(matches: Maybe): RegoValue[] {
  return (membersOf(matches) ?? []).flatMap((one) => membersOf(at(one, 'exec_processes')) ?? [])
}
