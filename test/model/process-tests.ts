/**
 * Whether one field of a declaration fits the request. A field that is missing fits nothing.
 */
import { equalValues } from '../../src/value/compare.js'
import type { RegoValue } from '../../src/value/value.js'
import { type Question, isLinux, isWindows } from './question.js'
import { type Maybe, at, every, isSame, isTrue, keysOf, lengthOf, some } from './rego.js'
import { isMatch } from './versions.js'

/** The same arguments in the same order. */
export function commandFits({ input }: Question, command: Maybe): boolean {
  const asked = at(input, 'argList')
  const [keys, askedKeys] = [keysOf(command), keysOf(asked)]
  if (keys === undefined || keys.length !== askedKeys?.length) return false
  return keys.every((key) => isSame(at(command, key), at(asked, key)))
}

export function workingDirFits({ input }: Question, directory: Maybe): boolean {
  return isSame(directory, at(input, 'workingDir'))
}

/** Privileges need a declaration that is exactly `true`; to do without is always fine. */
export function privilegeFits(question: Question, elevated: Maybe): boolean {
  if (elevated === undefined) return false
  if (isWindows(question)) return true
  const privileged = at(question.input, 'privileged')
  return isLinux(question) && (!isTrue(privileged) || isSame(privileged, elevated))
}

export function noNewPrivilegesFits(question: Question, demanded: Maybe): boolean {
  if (demanded === undefined) return false
  return isWindows(question) || (isLinux(question) && (!isTrue(demanded) || isTrue(at(question.input, 'noNewPrivileges'))))
}

export function userFits(question: Question, user: Maybe): boolean {
  const { input } = question
  if (isWindows(question)) return isSame(user, at(input, 'user'))
  return (
    isLinux(question) &&
    isSame(at(user, 'umask'), at(input, 'umask')) &&
    identityFits(at(user, 'user_idname'), at(input, 'user')) &&
    every(at(input, 'groups'), (group) => some(at(user, 'group_idnames'), (one) => identityFits(one, group)))
  )
}

function identityFits(declared: Maybe, asked: Maybe): boolean {
  const pattern = at(declared, 'pattern')
  if (pattern === undefined || asked === undefined) return false
  switch (at(declared, 'strategy')) {
    case 'any':
      return true
    case 'id':
      return isSame(pattern, at(asked, 'id'))
    case 'name':
      return isSame(pattern, at(asked, 'name'))
    case 're2':
      return isMatch(pattern, at(asked, 'name'))
    default:
      return false
  }
}

export function seccompFits({ input }: Question, digest: Maybe): boolean {
  return isSame(digest, at(input, 'seccompProfileSHA256'))
}

/** No device may be asked for. */
export function devicesFit({ input }: Question): boolean {
  return lengthOf(at(input, 'devices')) === 0
}

/** Whether all of these allow stdio, or none does: the one value they have; undefined if there is none. */
export function commonStdioAccess(objects: readonly RegoValue[]): Maybe {
  const first = at(objects[0], 'allow_stdio_access')
  return objects.every((one) => isSame(at(one, 'allow_stdio_access'), first)) ? first : undefined
}

/** Whether some of these differ from the first in whether they allow stdio. */
export function differInStdioAccess(objects: readonly RegoValue[]): boolean {
  const first = at(objects[0], 'allow_stdio_access')
  return objects.some((one) => {
    const access = at(one, 'allow_stdio_access')
    return access !== undefined && first !== undefined && !equalValues(access, first)
  })
}
