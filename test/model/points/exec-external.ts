/**
 * A process in the utility VM itself. Nothing is remembered of it.
 */
import type { RegoValue } from '../../../src/value/value.js'
import { type PointRule, REFUSED, allowed, texts } from '../answer.js'
import { candidateExternalProcesses } from '../candidates.js'
import { lacksRequired, selectEnvironment } from '../environment.js'
import * as fits from '../process-tests.js'
import type { Question } from '../question.js'
import { at } from '../rego.js'
import { unknownVariables } from './create-container-reason.js'

const commandFits = (question: Question, one: RegoValue) => fits.commandFits(question, at(one, 'command'))
const workingDirFits = (question: Question, one: RegoValue) => fits.workingDirFits(question, at(one, 'working_dir'))

function fitting(question: Question): RegoValue[] {
  return candidateExternalProcesses(question).filter((one) => commandFits(question, one) && workingDirFits(question, one))
}

export const execExternal: PointRule = {
  decide: (question) => {
    const { kept, remaining } = selectEnvironment(question, fitting(question))
    const stdio = fits.commonStdioAccess(remaining)
    return remaining.length === 0 || stdio === undefined ? REFUSED : allowed({ env_list: kept, allow_stdio_access: stdio })
  },
  explain: (question) => {
    const candidates = candidateExternalProcesses(question)
    return [
      ...texts({
        'invalid command': !candidates.some((one) => commandFits(question, one)),
        'invalid working directory': !candidates.some((one) => workingDirFits(question, one)),
        'missing required environment variable': fitting(question).some((one) =>
          lacksRequired(at(one, 'env_rules'), at(question.input, 'envList')),
        ),
        'external processes only distinguishable by allow_stdio_access': fits.differInStdioAccess(
          selectEnvironment(question, fitting(question)).remaining,
        ),
      }),
      ...unknownVariables(question, candidates),
    ]
  },
  show: candidateExternalProcesses,
}
