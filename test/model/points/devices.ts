/**
 * Disks: read-only layers, read-write scratch, and block devices, which are never allowed.
 */
import { type PointRule, REFUSED, allowed, texts } from '../answer.js'
import { loadedFragments } from '../candidates.js'
import { type Question, isFlagSet } from '../question.js'
import { type Maybe, at, contains, isTrue, membersOf } from '../rego.js'
import { operation } from '../state.js'
import { isMatch } from '../versions.js'

const isReadOnly = ({ state }: Question, target: Maybe) => isTrue(at(state, 'devices', target))
const isReadWrite = ({ state }: Question, target: Maybe) => isTrue(at(state, 'rw_devices', target))
const isMounted = (question: Question, target: Maybe) => isReadOnly(question, target) || isReadWrite(question, target)
const isMountPoint = ({ input }: Question) => isMatch(at(input, 'mountPathRegex'), at(input, 'target'))

/** Any layer of any container counts as declared, whether the container itself counts or not. */
function isDeclaredLayer({ policy, state }: Question, hash: Maybe): boolean {
  const sources = [policy, ...loadedFragments(state)]
  const containers = sources.flatMap((source) => membersOf(at(source, 'containers')) ?? [])
  return containers.some((container) => contains(at(container, 'layers'), hash))
}

export const mountDevice: PointRule = {
  decide: (question) => {
    const [target, hash] = [at(question.input, 'target'), at(question.input, 'deviceHash')]
    if (target === undefined || hash === undefined) return REFUSED
    if (isMounted(question, target) || !isDeclaredLayer(question, hash) || !isMountPoint(question)) return REFUSED
    return allowed({}, [operation('add', 'devices', target, hash)])
  },
  explain: (question) =>
    texts({
      'deviceHash not found': !isDeclaredLayer(question, at(question.input, 'deviceHash')),
      'device already mounted at path': isMounted(question, at(question.input, 'target')),
      'mountpoint invalid': !isMountPoint(question),
    }),
}

const mayBePlain = (question: Question) =>
  isTrue(at(question.input, 'encrypted')) || isFlagSet(question, 'allow_unencrypted_scratch')
const FILESYSTEMS = ['ext4', 'xfs']

export const rwMountDevice: PointRule = {
  decide: (question) => {
    const { input } = question
    const target = at(input, 'target')
    if (target === undefined || isMounted(question, target) || !mayBePlain(question) || !isTrue(at(input, 'ensureFilesystem')))
      return REFUSED
    if (!contains(FILESYSTEMS, at(input, 'filesystem')) || !isMountPoint(question)) return REFUSED
    return allowed({}, [operation('add', 'rw_devices', target, true)])
  },
  explain: (question) => {
    const { input } = question
    const filesystem = at(input, 'filesystem')
    return texts({
      'device already mounted at path': isMounted(question, at(input, 'target')),
      'mountpoint invalid': !isMountPoint(question),
      'unencrypted scratch not allowed, non-readonly mount request for SCSI disk must request encryption':
        !mayBePlain(question),
      'ensureFilesystem must be set on rw device mounts': !isTrue(at(input, 'ensureFilesystem')),
      'rw device mounts uses a filesystem that is not allowed': filesystem !== undefined && !contains(FILESYSTEMS, filesystem),
    })
  },
}

export const unmountDevice: PointRule = {
  decide: (question) => {
    const target = at(question.input, 'unmountTarget')
    if (target === undefined || !isReadOnly(question, target)) return REFUSED
    return allowed({}, [operation('remove', 'devices', target)])
  },
  explain: (question) => {
    const target = at(question.input, 'unmountTarget')
    return texts({
      'no device at path to unmount': target !== undefined && !isMounted(question, target),
      'received read-only unmount request, but device provided is read-write':
        !isReadOnly(question, target) && isReadWrite(question, target),
    })
  },
}

export const rwUnmountDevice: PointRule = {
  decide: (question) => {
    const target = at(question.input, 'unmountTarget')
    if (target === undefined || !isReadWrite(question, target)) return REFUSED
    return allowed({}, [operation('remove', 'rw_devices', target)])
  },
  explain: (question) => {
    const target = at(question.input, 'unmountTarget')
    return texts({
      'no device at path to unmount': target !== undefined && !isMounted(question, target),
      'received read-write unmount request, but device provided is read-only':
        isReadOnly(question, target) && !isReadWrite(question, target),
    })
  },
}

export const blockDevice: PointRule = {
  decide: () => REFUSED,
  explain: () => ['blockdev mounts are not supported'],
}
