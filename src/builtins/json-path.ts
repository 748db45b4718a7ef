/** Paths into documents, as `json.filter`, `json.remove` and `json.patch` take them. */
import { RegoSet, type RegoValue, isArray, typeNameOf } from '../value/value.js'
import { typeFault, wrongType } from './operand.js'

/** The keys that a path is made of: text split at slashes (`~1` is a slash, `~0` a tilde), or an array of keys. */
export function pathKeys(path: RegoValue, place: number): readonly RegoValue[] {
  if (isArray(path)) return path
  if (typeof path !== 'string') {
    throw typeFault(place, 'one of {set, array} containing string paths or array of path segments', typeNameOf(path))
  }
  if (path === '') return []
  const parts = path.replace(/^\/+/, '').split('/')
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The paths of an array or a set of them. */
export function pathsOf(paths: RegoValue | undefined, place: number): readonly (readonly RegoValue[])[] {
  const members = paths instanceof RegoSet ? paths.items : paths
  if (members === undefined || !isArray(members)) throw wrongType(paths, place, 'set', 'array')
  return members.map((path) => pathKeys(path, place))
}

/** The index that a key is, if it is a whole number written without an exponent. */
export function arrayIndex(key: RegoValue): number | undefined {
  if (key === null || typeof key !== 'object' || isArray(key) || key.kind !== 'number') return undefined
  const whole = /^(-?[0-9]{1,15})(?:\.0*)?$/.exec(key.text)?.[1]
  return whole === undefined ? undefined : Number(whole)
}
