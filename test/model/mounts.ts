/**
 * Mounts of a container: each has to be declared, or be one that every container of its kind may have.
 */
import type { RegoValue } from '../../src/value/value.js'
import type { Question } from './question.js'
import { type Maybe, at, every, isSame, isSameBag, isTrue, some } from './rego.js'
import { isLinux, isWindows } from './question.js'
import { isMatch } from './versions.js'

const SYSFS_OPTIONS = ['nosuid', 'noexec', 'nodev', 'rw']

/** Whether every mount of the request is one that the container may have. */
export function mountsFit(question: Question, container: RegoValue): boolean {
  const [mounts, elevated] = [at(container, 'mounts'), at(container, 'allow_elevated')]
  if (mounts === undefined || elevated === undefined) return false
  if (isWindows(question)) return true
  return isLinux(question) && every(at(question.input, 'mounts'), (mount) => mayMount(question, container, mount))
}

export function mayMount(question: Question, container: RegoValue, mount: RegoValue): boolean {
  const { data, input } = question
  const [declared, elevated] = [at(container, 'mounts'), at(container, 'allow_elevated')]
  if (declared === undefined || elevated === undefined) return false
  const isAmong = (constraints: Maybe) => some(constraints, (one) => mountFits(question, one, mount))
  return (
    isAmong(declared) ||
    isAmong(at(data, 'defaultMounts')) ||
    (isTrue(elevated) && isAmong(at(data, 'privilegedMounts'))) ||
    (isTrue(at(input, 'isSandboxContainer')) && isWritableSysfs(mount))
  )
}

function isWritableSysfs(mount: RegoValue): boolean {
  return (
    at(mount, 'type') === 'sysfs' &&
    at(mount, 'source') === 'sysfs' &&
    at(mount, 'destination') === '/sys' &&
    isSameBag(at(mount, 'options'), SYSFS_OPTIONS)
  )
}

function mountFits(question: Question, constraint: RegoValue, mount: RegoValue): boolean {
  return (
    isSame(at(constraint, 'type'), at(mount, 'type')) &&
    sourceFits(question, at(constraint, 'source'), at(mount, 'source')) &&
    at(mount, 'destination') !== '' &&
    isSame(at(constraint, 'destination'), at(mount, 'destination')) &&
    isSameBag(at(constraint, 'options'), at(mount, 'options'))
  )
}

function sourceFits({ data, state, input }: Question, constraint: Maybe, source: Maybe): boolean {
  const isBelow = (prefix: Maybe, directory: Maybe): boolean => {
    if (typeof constraint !== 'string' || typeof prefix !== 'string' || !constraint.startsWith(prefix)) return false
    return (
      typeof directory === 'string' &&
      isMatch(
        constraint.replaceAll(prefix, () => directory),
        source,
      )
    )
  }
  const plan9Prefix = at(data, 'plan9Prefix')
  return (
    isBelow(at(data, 'sandboxPrefix'), at(input, 'sandboxDir')) ||
    isBelow(at(data, 'hugePagesPrefix'), at(input, 'hugePagesDir')) ||
    (typeof constraint === 'string' &&
      typeof plan9Prefix === 'string' &&
      constraint.startsWith(plan9Prefix) &&
      isSame(at(state, 'p9mounts', source), at(input, 'containerID'))) ||
    isSame(constraint, source)
  )
}
