/**
 * What a policy declares where a decision says that the request differs: all that can be told when the message was too
 * long and the guest left the request out.
 */
import { type JsonValue, isJsonObject } from '../../cce/json-value.js'
import { type PlacedObject, type PolicyFacts, placed } from '../../cce/warnings/facts.js'
import { commandLine } from '../print/command-line.js'

/** Lines for errors of a decision; none where the policy declares nothing of the kind. */
export function declaredFor(errors: readonly string[], point: string, facts: PolicyFacts): readonly string[] {
  const owners = point === 'exec_external' ? facts.objects('external_processes') : facts.objects('containers')
  return errors.flatMap((error) => [...linesFor(error, point, owners)].slice(0, MOST_LINES))
}

const MOST_LINES = 20

function* linesFor(error: string, point: string, owners: readonly PlacedObject[]): Generator<string> {
  const [kind, list = ''] = /^(invalid (?:env|mount) list): (.*)$/s.exec(error)?.slice(1) ?? [error]
  switch (kind) {
    case 'invalid command':
      for (const { where, object } of point === 'exec_in_container' ? owners.flatMap(processesOf) : owners)
        yield `${where}.command: ${commandLine(object['command'])}`
      return
    case 'invalid working directory':
      return yield* fieldLines(owners, 'working_dir')
    case 'privileged escalation not allowed':
      return yield* fieldLines(owners, 'allow_elevated')
    case 'invalid seccomp':
      return yield* fieldLines(owners, 'seccomp_profile_sha256')
    case "capabilities don't match":
      return yield* fieldLines(owners, 'capabilities')
    case 'invalid user':
      if (point === 'create_container') yield* fieldLines(owners, 'user')
      return
    case 'invalid mount list':
      for (const destination of list.split(',')) yield* mountLines(owners, destination)
      return
    case 'invalid env list':
      for (const name of list === '' ? [] : list.split(',')) yield* envLines(owners, name)
  }
}

function processesOf({ where, object }: PlacedObject): readonly PlacedObject[] {
  return placed(`${where}.exec_processes`, object['exec_processes'])
}

function* fieldLines(owners: readonly PlacedObject[], field: string): Generator<string> {
  for (const { where, object } of owners)
    if (object[field] !== undefined) yield `${where}.${field}: ${JSON.stringify(object[field])}`
}

function* mountLines(owners: readonly PlacedObject[], destination: string): Generator<string> {
  let declares = false
  for (const owner of owners) {
    for (const { where, object } of placed(`${owner.where}.mounts`, owner.object['mounts'])) {
      if (object['destination'] !== destination) continue
      declares = true
      yield `${where}: ${JSON.stringify(object)}`
    }
  }
  if (!declares) yield `no mount is declared at ${JSON.stringify(destination)}`
}

/** Rules are named by their place: their values may be secret. */
function* envLines(owners: readonly PlacedObject[], name: string): Generator<string> {
  let declares = false
  for (const owner of owners) {
    for (const { where, object } of placed(`${owner.where}.env_rules`, owner.object['env_rules'])) {
      if (nameOf(object) !== name) continue
      declares = true
      yield `${where}: declares ${JSON.stringify(name)} with another value`
    }
  }
  if (!declares) yield `no rule is about the variable ${JSON.stringify(name)} by name`
}

function nameOf(rule: JsonValue): string | undefined {
  if (!isJsonObject(rule)) return undefined
  const { pattern, name } = rule
  return typeof pattern === 'string' ? pattern.split('=', 1)[0] : typeof name === 'string' ? name : undefined
}
