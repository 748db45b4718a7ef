/**
 * Points that a flag of the policy decides, and log providers.
 */
import { type PointRule, REFUSED, allowed } from '../answer.js'
import { type Question, isFlagSet } from '../question.js'
import { at, every, membersOf, objectOf } from '../rego.js'

function decidedBy(flag: string): PointRule {
  return { decide: (question) => (isFlagSet(question, flag) ? allowed() : REFUSED), explain: () => [] }
}

export const getProperties = decidedBy('allow_properties_access')
export const dumpStacks = decidedBy('allow_dump_stacks')
export const runtimeLogging = decidedBy('allow_runtime_logging')
export const hostNetwork = decidedBy('allow_host_network')

/** How many of the listed providers a provider is, whatever the case. */
function timesListed({ policy }: Question, provider: unknown): number {
  if (typeof provider !== 'string') return 0
  const listed = membersOf(at(policy, 'allowed_log_providers')) ?? []
  return listed.filter((one) => typeof one === 'string' && one.toLowerCase() === provider.toLowerCase()).length
}

export const logProvider: PointRule = {
  decide: (question) => {
    const providers = at(question.input, 'providers')
    if (isFlagSet(question, 'allow_log_provider_dropping')) {
      const kept = (membersOf(providers) ?? []).flatMap((one) => Array<typeof one>(timesListed(question, one)).fill(one))
      return allowed({ providers_to_keep: kept })
    }
    const areListed = every(providers, (one) => timesListed(question, one) > 0)
    return areListed ? allowed({ providers_to_keep: providers }) : objectOf({ allowed: false, providers_to_keep: [] })
  },
  explain: () => ['log provider not allowed by policy'],
}
