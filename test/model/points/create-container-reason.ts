/**
 * Why a container is not created. Each text has its own condition; none of them may hold.
 */
import type { RegoValue } from '../../../src/value/value.js'
import { texts } from '../answer.js'
import { differInCapabilities, selectCapabilities } from '../capabilities.js'
import { lacksRequired, nameOf, selectEnvironment, someRuleAccepts } from '../environment.js'
import { mayMount, mountsFit } from '../mounts.js'
import * as fits from '../process-tests.js'
import { type Question, isLinux, isWindows, mayDropCapabilities } from '../question.js'
import { type Maybe, at, every, isTrue, membersOf, some } from '../rego.js'
import { fitsRequest } from './create-container.js'

export function explainCreateContainer(question: Question): string[] {
  const { state, input } = question
  const id = at(input, 'containerID')
  const matches = at(state, 'matches', id)
  const isStarted = isTrue(at(state, 'started', id))
  const similar = (membersOf(matches) ?? []).filter((one) => fitsBesidesEnvironment(question, one))
  return [
    ...texts({
      'container already started': isStarted,
      'invalid command': !some(matches, (one) => fits.commandFits(question, at(one, 'command'))),
      'invalid working directory': !some(matches, (one) => fits.workingDirFits(question, at(one, 'working_dir'))),
      'invalid user': !some(matches, (one) => fits.userFits(question, at(one, 'user'))),
      'invalid env list': every(matches, (one) => fitsBesidesEnvironment(question, one) && hasUnknownVariable(question, one)),
      'missing required environment variable':
        !isStarted && similar.some((one) => lacksRequired(at(one, 'env_rules'), at(input, 'envList'))),
      'containers only distinguishable by allow_stdio_access':
        !isStarted && fits.differInStdioAccess(remainingOf(question, matches)),
    }),
    ...unknownVariables(question, matches),
    ...(isLinux(question) ? linuxTexts(question, matches, similar, isStarted) : []),
  ]
}

function linuxTexts(question: Question, matches: Maybe, similar: readonly RegoValue[], isStarted: boolean): string[] {
  const { input } = question
  const devices = at(input, 'devices')
  const withSeccomp = similar.filter((one) => fits.seccompFits(question, at(one, 'seccomp_profile_sha256')))
  const privileged = at(input, 'privileged')
  const left = selectEnvironment(question, withSeccomp).remaining
  const capabilities = selectCapabilities(question, left, privileged)
  const leftOfSimilar = selectEnvironment(question, similar).remaining
  return [
    ...texts({
      'privileged escalation not allowed': !some(matches, (one) => fits.privilegeFits(question, at(one, 'allow_elevated'))),
      'invalid noNewPrivileges': !some(matches, (one) => fits.noNewPrivilegesFits(question, at(one, 'no_new_privileges'))),
      'invalid seccomp': !some(matches, (one) => fits.seccompFits(question, at(one, 'seccomp_profile_sha256'))),
      'devices not supported': devices !== undefined && !fits.devicesFit(question),
      "capabilities don't match":
        !isStarted && left.length > 0 && capabilities.kept !== undefined && capabilities.remaining.length === 0,
      'containers only distinguishable by capabilties':
        !isStarted &&
        mayDropCapabilities(question) &&
        leftOfSimilar.length > 0 &&
        differInCapabilities(question, leftOfSimilar, privileged),
    }),
    ...unknownMounts(question, matches),
  ]
}

/** What a bare `invalid env list` and the texts about what is missing look at; on Windows too. */
function fitsBesidesEnvironment(question: Question, container: RegoValue): boolean {
  return (
    fits.noNewPrivilegesFits(question, at(container, 'no_new_privileges')) &&
    fits.userFits(question, at(container, 'user')) &&
    fits.privilegeFits(question, at(container, 'allow_elevated')) &&
    fits.workingDirFits(question, at(container, 'working_dir')) &&
    fits.commandFits(question, at(container, 'command')) &&
    mountsFit(question, container)
  )
}

function hasUnknownVariable({ input }: Question, container: RegoValue): boolean {
  const rules = at(container, 'env_rules')
  return rules !== undefined && some(at(input, 'envList'), (variable) => !someRuleAccepts(rules, variable))
}

function remainingOf(question: Question, matches: Maybe): readonly RegoValue[] {
  const fitting = (membersOf(matches) ?? []).filter((one) => fitsRequest(question, one))
  const privileged = isWindows(question) ? false : at(question.input, 'privileged')
  return selectCapabilities(question, selectEnvironment(question, fitting).remaining, privileged).remaining
}

/** The variables that no rule of any of these objects accepts, in one text. */
export function unknownVariables({ input }: Question, objects: Maybe): string[] {
  const names = (membersOf(at(input, 'envList')) ?? [])
    .filter((variable) => !some(objects, (one) => someRuleAccepts(at(one, 'env_rules'), variable)))
    .filter((variable) => typeof variable === 'string')
    .map(nameOf)
  return names.length === 0 ? [] : [`invalid env list: ${names.join()}`]
}

function unknownMounts(question: Question, matches: Maybe): string[] {
  const destinations = (membersOf(at(question.input, 'mounts')) ?? [])
    .filter((mount) => !some(matches, (one) => mayMount(question, one, mount)))
    .map((mount) => at(mount, 'destination'))
    .filter((destination) => destination !== undefined)
  if (destinations.length === 0 || destinations.some((one) => typeof one !== 'string')) return []
  return [`invalid mount list: ${destinations.join()}`]
}
