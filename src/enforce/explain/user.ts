/** Users and groups. */
import type { JsonObject, JsonValue } from '../decision.js'
import { isObject } from '../grant.js'
import { type Mismatch, differs, missingField, mismatch, show } from './explanation.js'
import { listOf, sameJson } from './json.js'
import { matchesPattern } from './pattern.js'

/** Linux: how user, groups and umask differ. */
export function userMismatches(declared: JsonValue | undefined, input: JsonObject): readonly Mismatch[] {
  if (!isObject(declared)) return [missingField('user')]
  const found: Mismatch[] = []
  if (declared.umask === undefined || !sameJson(declared.umask, input.umask))
    found.push(differs('user.umask', declared.umask, input.umask))
  if (!idMatches(declared.user_idname, input.user)) found.push(idMismatch('user.user_idname', declared.user_idname, input.user))
  const allowed = listOf(declared.group_idnames)
  const groups = listOf(input.groups)
  if (groups === undefined) found.push(mismatch('user.group_idnames', 'the request does not say which groups'))
  for (const group of groups ?? []) {
    if (allowed?.some((one) => idMatches(one, group))) continue
    const only = allowed?.length === 1 ? allowed[0] : undefined
    found.push(
      only === undefined
        ? mismatch('user.group_idnames', `none accepts ${idText(group)}`)
        : idMismatch('user.group_idnames[0]', only, group),
    )
  }
  return found
}

/** Whether a user or group of a request is one that the policy describes. */
export function idMatches(declared: JsonValue | undefined, actual: JsonValue | undefined): boolean {
  if (!isObject(declared) || declared.pattern === undefined) return false
  if (declared.strategy === 'any') return actual !== undefined
  if (!isObject(actual)) return false
  if (declared.strategy === 'id') return sameJson(declared.pattern, actual.id)
  if (declared.strategy === 'name') return sameJson(declared.pattern, actual.name)
  return (
    declared.strategy === 're2' &&
    typeof declared.pattern === 'string' &&
    typeof actual.name === 'string' &&
    matchesPattern(declared.pattern, actual.name)
  )
}

/** What the strategy looks at is what differs. */
function idMismatch(field: string, declared: JsonValue | undefined, actual: JsonValue | undefined): Mismatch {
  if (!isObject(declared)) return missingField(field)
  if (declared.pattern === undefined) return missingField(`${field}.pattern`)
  const strategy = typeof declared.strategy === 'string' ? declared.strategy : show(declared.strategy)
  const member = MEMBERS[strategy]
  if (member === undefined) return mismatch(field, `strategy ${show(declared.strategy)} matches nothing`)
  const value = isObject(actual) ? actual[member] : undefined
  return {
    ...mismatch(field, `expected ${member} ${strategy === 're2' ? 'like ' : ''}${show(declared.pattern)}, got ${idText(actual)}`),
    expected: declared.pattern,
    ...(value === undefined ? {} : { actual: value }),
  }
}

const MEMBERS: Readonly<Record<string, 'id' | 'name'>> = { id: 'id', name: 'name', re2: 'name', any: 'id' }

function idText(actual: JsonValue | undefined): string {
  if (!isObject(actual)) return show(actual)
  return `id ${show(actual.id)}${actual.name === '' || actual.name === undefined ? '' : ` (name ${show(actual.name)})`}`
}
