/**
 * Directories outside of layers: shares of the host, and scratch space.
 */
import { RegoObject } from '../../../src/value/value.js'
import { type PointRule, REFUSED, allowed, texts } from '../answer.js'
import { ModelError, type Question, isFlagSet } from '../question.js'
import { type Maybe, at, isTrue, objectOf } from '../rego.js'
import { operation } from '../state.js'
import { find } from '../versions.js'

const isShared = ({ state }: Question, target: Maybe) => isTrue(at(state, 'p9mounts', target))

/** Containers with a root file system, below whose directory the target lies. */
function containersOfShare({ state, input }: Question, target: Maybe): string[] {
  const [root, place, matches] = [at(input, 'rootPrefix'), at(input, 'mountPathPrefix'), at(state, 'matches')]
  if (typeof root !== 'string' || typeof place !== 'string' || typeof target !== 'string' || !(matches instanceof RegoObject))
    return []
  return matches.entries.map(([id]) => id as string).filter((id) => find(`^${root}/${id}${place}$`, target))
}

export const plan9Mount: PointRule = {
  decide: (question) => {
    const target = at(question.input, 'target')
    if (target === undefined || isShared(question, target)) return REFUSED
    const [id, ...others] = containersOfShare(question, target)
    if (others.length > 0) throw new ModelError('eval_conflict_error')
    return id === undefined ? REFUSED : allowed({}, [operation('add', 'p9mounts', target, id)])
  },
  explain: (question) => texts({ 'device already mounted at path': isShared(question, at(question.input, 'target')) }),
}

export const plan9Unmount: PointRule = {
  decide: (question) => {
    const target = at(question.input, 'unmountTarget')
    return target === undefined || !isShared(question, target)
      ? REFUSED
      : allowed({}, [operation('remove', 'p9mounts', target)])
  },
  explain: (question) => {
    const target = at(question.input, 'unmountTarget')
    return texts({ 'no device at path to unmount': target !== undefined && !isShared(question, target) })
  },
}

const isScratch = ({ state }: Question, target: Maybe) => isTrue(at(state, 'scratch_mounts', target))
const mayBePlain = (question: Question) =>
  isTrue(at(question.input, 'encrypted')) || isFlagSet(question, 'allow_unencrypted_scratch')

export const scratchMount: PointRule = {
  decide: (question) => {
    const [target, encrypted] = [at(question.input, 'target'), at(question.input, 'encrypted')]
    if (target === undefined || encrypted === undefined || isScratch(question, target) || !mayBePlain(question)) return REFUSED
    return allowed({}, [operation('add', 'scratch_mounts', target, objectOf({ encrypted }))])
  },
  explain: (question) =>
    texts({
      'scratch already mounted at path': isScratch(question, at(question.input, 'target')),
      'unencrypted scratch not allowed': !mayBePlain(question),
    }),
}

export const scratchUnmount: PointRule = {
  decide: (question) => {
    const target = at(question.input, 'unmountTarget')
    return target === undefined || !isScratch(question, target)
      ? REFUSED
      : allowed({}, [operation('remove', 'scratch_mounts', target)])
  },
  explain: (question) => {
    const target = at(question.input, 'unmountTarget')
    return texts({ 'no scratch at path to unmount': target !== undefined && !isScratch(question, target) })
  },
}
