/**
 * Whether what a reference looks up can exist.
 *
 * Paths that lead to nothing known may be base documents, which may have anything under any key that is a value. Keys that
 * are locals without a type get that of the keys they range over.
 */
import type { CheckContext } from '../context.js'
import type { CoreRef, CoreTerm } from '../core.js'
import { isComprehension, patternLocals } from '../order/locals.js'
import type { Environment } from './environment.js'
import { typeOfValue } from './constant.js'
import { type Place, isScalar, keyTextOf } from './layer.js'
import { typeText } from './print-type.js'
import { refText } from './ref-text.js'
import { canEqual } from './relate.js'
import { hasKeys, isEmpty, keysOf, select, valuesOf } from './select.js'
import type { MaybeType, RegoType } from './type.js'
import { accepts, settle } from './unify.js'
import { writeValueText } from '../../value/text.js'

const LAST_LITERAL_KEY = 1

/** `isInside`: in the body of an expression, where nothing is known of keys that are looked up or gathered themselves. */
export function checkRef(ref: CoreRef, env: Environment, cx: CheckContext, isInside: boolean): void {
  const before = cx.errors
  lookUp(ref, env, cx, isInside)
  if (cx.errors > before) return
  // Keys of something unknown may be anything.
  for (const key of ref.path) {
    patternLocals(key, (local) => {
      if (env.typeOfLocal(local) === undefined) env.bind(local, env.types.any)
    })
  }
}

function lookUp(ref: CoreRef, env: Environment, cx: CheckContext, isInside: boolean): void {
  const { head, path } = ref
  if (head.kind === 'term') {
    const type = typeOfHead(head.term, env)
    // A literal that is no collection can only be gone through, and that is not held against anybody.
    if (isScalar(head.term)) return
    if (type !== undefined) lookInto(type, 0, ref, env, cx, isInside)
    else if (head.term.kind === 'local') env.bind(head.term, env.types.any)
    return
  }
  const keys = path.map(keyTextOf)
  for (const layer of env.layers) {
    const place = layer.find(head.kind, keys, 'first')
    if (place === undefined) continue
    if (place.kind === 'typed') lookInto(place.type, place.length, ref, env, cx, isInside)
    else if (place.length < path.length && !isKeyOfPackage(path[place.length] as CoreTerm, place, env, isInside)) {
      reportKey(ref, place.length, env.types.string, place.keys.map(String), env, cx)
    }
    return
  }
  lookInto(env.types.any, 0, ref, env, cx, isInside)
}

/** What a reference begins with has been looked up in front, and nothing about it stays open. */
function typeOfHead(term: CoreTerm, env: Environment): MaybeType {
  const type = env.typeOf(term)
  if (type?.isOpen !== true || (term.kind !== 'array' && term.kind !== 'object')) return type
  const settled = settle(term, env)
  if (settled !== undefined) env.remember(term, settled)
  return settled
}

/**
 * Places between the root and the rules have names, or the constants in heads. A literal that is none is looked at no further
 * down than below the first.
 */
function isKeyOfPackage(key: CoreTerm, { keys, length }: Above, env: Environment, isInside: boolean): boolean {
  if ((isComposite(key) && length > LAST_LITERAL_KEY) || (isInside && isFound(key))) return true
  const { types } = env
  const wanted = types.union([types.string, ...keys.map((one) => typeOfValue(one, types))]) ?? types.string
  return key.kind === 'ref' || key.kind === 'call' ? canEqual(env.typeOfPart(key), wanted, types) : accepts(key, wanted, env)
}

type Above = Extract<Place, { kind: 'above' }>

/** Follow the keys from `start` on through a type. */
function lookInto(
  from: RegoType,
  start: number,
  ref: CoreRef,
  env: Environment,
  cx: CheckContext,
  isInside: boolean,
): void {
  const { path } = ref
  const { types } = env
  let type: MaybeType = from
  for (let at = start; at < path.length; at++) {
    if (type === undefined || !hasKeys(type, types)) return reportNoKeys(ref, at, type, cx)
    const key = path[at] as CoreTerm
    const keys = keysOf(type, types)
    if (isScalar(key)) {
      const found = select(type, key.value, types)
      if (found?.type === undefined) return reportKey(ref, at, isEmpty(type) ? undefined : keys, knownKeys(type), env, cx)
      type = found.type
      continue
    }
    // Nothing is looked up in an empty array, so a pattern has nothing to be wrong about.
    if (type.kind === 'array' && isEmpty(type) && (isComposite(key) || isUnknownLocal(key, env))) return
    const isAccepted = keys === undefined ? !isFilled(type) : (isInside && isFound(key)) || acceptsKey(key, keys, env)
    if (!isAccepted) return reportKey(ref, at, keys, knownKeys(type), env, cx)
    // Going through all of nothing, whatever is looked up after that is never missed.
    if (isEmpty(type)) return
    type = valuesOf(type, types)
  }
  if (type?.kind === 'function') reportNoKeys(ref, path.length, type, cx)
}

/** Whether a key is looked up, or gathered, itself. */
function isFound(key: CoreTerm): boolean {
  return key.kind === 'ref' || isComprehension(key)
}

/** An object that has entries, though nothing may be known of their keys. */
function isFilled(type: RegoType): boolean {
  return type.kind === 'object' && type.dynamic !== undefined
}

function isUnknownLocal(key: CoreTerm, env: Environment): boolean {
  return key.kind === 'local' && env.typeOfLocal(key) === undefined
}

function isComposite({ kind }: CoreTerm): boolean {
  return kind === 'array' || kind === 'object' || kind === 'set' || kind === 'const'
}

function acceptsKey(key: CoreTerm, keys: RegoType, env: Environment): boolean {
  return key.kind === 'ref' || key.kind === 'call' ? canEqual(env.typeOfPart(key), keys, env.types) : accepts(key, keys, env)
}

function reportNoKeys(ref: CoreRef, at: number, type: MaybeType, cx: CheckContext): void {
  if (type?.kind === 'function') {
    // References by the function's own path have been refused before.
    if (ref.head.kind === 'term') cx.refuse('function-as-value', ref.span, refText(ref))
    return
  }
  const of = at === 0 ? 'the variable' : `\`${refText({ ...ref, path: ref.path.slice(0, at) })}\``
  cx.refuse('undefined-ref', ref.span, refText(ref), `${of} is ${typeText(type)}, which has no keys`)
}

function reportKey(
  ref: CoreRef,
  at: number,
  want: MaybeType,
  known: readonly string[],
  env: Environment,
  cx: CheckContext,
): void {
  const key = ref.path[at] as CoreTerm
  const have = key.kind === 'const' ? writeValueText(key.value) : typeText(env.typeOf(key))
  const keys = want === undefined ? 'nothing is known to be there' : `keys are ${typeText(want)}`
  const choice =
    known.length === 0
      ? keys
      : `there is ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}`
  cx.refuse('undefined-ref', ref.span, refText(ref), `no key ${have}: ${choice}`)
}

/** Keys that are known to be there, as text. */
function knownKeys(type: RegoType): readonly string[] {
  if (type.kind === 'union') return [...new Set(type.of.flatMap((one) => knownKeys(one)))].sort()
  return type.kind === 'object' ? [...type.static.values()].map(({ key }) => writeValueText(key)) : []
}
