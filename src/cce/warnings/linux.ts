/** What only Linux containers have: users, layers by hash, capabilities, privileges. */
import { type JsonValue, isJsonObject } from '../json-value.js'
import { CAPABILITY_KINDS } from '../policy.js'
import { type PlacedObject, type PolicyFacts, placed } from './facts.js'
import { patternWarnings } from './patterns.js'
import { type PolicyWarning, show, warn } from './warning.js'

export function* linuxWarnings({ where, object }: PlacedObject, facts: PolicyFacts): Generator<PolicyWarning> {
  yield* layerWarnings(object['layers'], where)
  yield* userWarnings(object['user'], `${where}.user`)
  yield* capabilityWarnings(object['capabilities'], `${where}.capabilities`, facts)
  yield* privilegeWarnings(object, where)
}

function* layerWarnings(layers: JsonValue | undefined, where: string): Generator<PolicyWarning> {
  for (const [at, layer] of listOf(layers).entries()) {
    if (typeof layer !== 'string' || !/^[0-9a-f]{64}$/.test(layer))
      yield warn('layer-not-a-hash', `${where}.layers[${at}]`, show(layer))
  }
}

function* userWarnings(user: JsonValue | undefined, where: string): Generator<PolicyWarning> {
  if (!isJsonObject(user)) return
  const { umask, user_idname: userName, group_idnames: groups } = user
  if (typeof umask !== 'string' || !/^[0-7]{4}$/.test(umask)) yield warn('umask-never-matches', `${where}.umask`, show(umask))
  if (Array.isArray(groups) && groups.length === 0) yield warn('groups-none', `${where}.group_idnames`)
  const names = [
    ...(isJsonObject(userName) ? [{ where: `${where}.user_idname`, object: userName }] : []),
    ...placed(`${where}.group_idnames`, groups),
  ]
  for (const { where: place, object } of names) {
    const { strategy, pattern } = object
    if (strategy === 're2' && typeof pattern === 'string') yield* patternWarnings(pattern, `${place}.pattern`)
    if (!ID_STRATEGIES.has(strategy)) yield warn('strategy-unknown', `${place}.strategy`, show(strategy))
  }
}

const ID_STRATEGIES: ReadonlySet<JsonValue | undefined> = new Set(['any', 'id', 'name', 're2'])

function* capabilityWarnings(capabilities: JsonValue | undefined, where: string, facts: PolicyFacts): Generator<PolicyWarning> {
  if (!isJsonObject(capabilities)) return
  const missing = CAPABILITY_KINDS.filter((kind) => !Array.isArray(capabilities[kind]))
  if (missing.length > 0) yield warn('never-matches', where, missing)
  const dropping = facts.constants.get('allow_capability_dropping')
  if (dropping === undefined || dropping === false) return
  for (const kind of CAPABILITY_KINDS) {
    const names = listOf(capabilities[kind])
    const repeated = names.find((name, at) => names.indexOf(name) !== at)
    if (repeated !== undefined) yield warn('capability-repeated', `${where}.${kind}`, String(repeated))
  }
}

function* privilegeWarnings(container: PlacedObject['object'], where: string): Generator<PolicyWarning> {
  const { allow_elevated: elevated, no_new_privileges: noNewPrivileges } = container
  if (elevated !== undefined && elevated !== false)
    yield warn('privileged-mounts-unlocked', `${where}.allow_elevated`, elevated === true)
  if (noNewPrivileges !== undefined && typeof noNewPrivileges !== 'boolean')
    yield warn('flag-not-boolean', `${where}.no_new_privileges`, show(noNewPrivileges))
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : []
}
