/** Mount constraints. */
import type { JsonValue } from '../json-value.js'
import { placed } from './facts.js'
import { patternWarnings } from './patterns.js'
import { type PolicyWarning, warn } from './warning.js'

const PATTERN_PREFIXES = ['sandbox://', 'hugepages://'] as const

export function* mountWarnings(mounts: JsonValue | undefined, owner: string): Generator<PolicyWarning> {
  for (const { where, object } of placed(`${owner}.mounts`, mounts)) {
    const { source, destination, options } = object
    if (!Array.isArray(options)) yield warn('mount-never-matches', where, '`options` is no list')
    if (typeof destination !== 'string' || destination === '') yield warn('mount-never-matches', where, '`destination` is empty')
    if (typeof source === 'string') yield* sourceWarnings(source, `${where}.source`)
  }
}

function* sourceWarnings(source: string, where: string): Generator<PolicyWarning> {
  const prefix = PATTERN_PREFIXES.find((one) => source.startsWith(one))
  if (prefix === undefined) {
    if (/\.[*+]|\[[^\]]+\]|\\\w/.test(source) && !source.startsWith('plan9://')) yield warn('mount-source-literal', where)
    return
  }
  if (!source.startsWith(`${prefix}/`)) yield warn('mount-source-joined', where, prefix)
  // The prefix is replaced before the pattern is read; any directory stands for it here.
  yield* patternWarnings(source.replaceAll(prefix, '/run'), where)
}
