/**
 * What may happen to a container that runs: signals narrow what it can be, its end forgets it.
 */
import type { RegoValue } from '../../../src/value/value.js'
import { type PointRule, REFUSED, allowed, texts } from '../answer.js'
import * as fits from '../process-tests.js'
import type { Question } from '../question.js'
import { at, contains, isTrue, membersOf } from '../rego.js'
import { operation } from '../state.js'

const isStarted = ({ state, input }: Question) => isTrue(at(state, 'started', at(input, 'containerID')))

export const shutdownContainer: PointRule = {
  decide: (question) => {
    const id = at(question.input, 'containerID')
    return id === undefined || !isStarted(question) ? REFUSED : allowed({}, [operation('remove', 'matches', id)])
  },
  explain: (question) => texts({ 'container not started': !isStarted(question) }),
}

/** The containers whose process may get the signal; as often as they have such a process. */
function signalled(question: Question): RegoValue[] {
  const { state, input } = question
  const signal = at(input, 'signal')
  const matches = membersOf(at(state, 'matches', at(input, 'containerID'))) ?? []
  if (isTrue(at(input, 'isInitProcess'))) return matches.filter((one) => contains(at(one, 'signals'), signal))
  return matches.flatMap((one) =>
    (membersOf(at(one, 'exec_processes')) ?? [])
      .filter((process) => fits.commandFits(question, at(process, 'command')) && contains(at(process, 'signals'), signal))
      .map(() => one),
  )
}

export const signalContainerProcess: PointRule = {
  decide: (question) => {
    const id = at(question.input, 'containerID')
    const containers = signalled(question)
    if (id === undefined || !isStarted(question) || containers.length === 0) return REFUSED
    return allowed({}, [operation('update', 'matches', id, containers)])
  },
  explain: (question) =>
    texts({
      'container not started': !isStarted(question),
      "target isn't allowed to receive the signal": signalled(question).length === 0,
    }),
}
