/**
 * Why a fragment is not loaded.
 */
import { displayValue } from '../../../src/value/text.js'
import { type RegoValue, typeNameOf } from '../../../src/value/value.js'
import { texts } from '../answer.js'
import { candidateFragments } from '../candidates.js'
import { FRAMEWORK_VERSION, type Question, aliased } from '../question.js'
import { type Maybe, at, isSame, isTrue, membersOf, orElse } from '../rego.js'
import { compareVersions, isSameNumber, isVersion, reaches, toNumber } from '../versions.js'
import { hasHeaderSvn, hasReceipt, isLoaded, rulesFor } from './load-fragment.js'

export function explainLoadFragment(question: Question): string[] {
  const isKnownIssuer = candidateFragments(question).some((one) => isSame(at(one, 'issuer'), at(question.input, 'issuer')))
  const rules = rulesFor(question)
  return [
    ...texts({ 'invalid fragment issuer': !isKnownIssuer, 'invalid fragment feed': isKnownIssuer && rules.length === 0 }),
    ...(isLoaded(question) ? [...svnTexts(question, rules), ...versionTexts(question)] : missingReceipts(question, rules)),
  ]
}

function missingReceipts(question: Question, rules: readonly RegoValue[]): string[] {
  return rules
    .flatMap((rule) => membersOf(at(rule, 'required_receipts')) ?? [])
    .filter((requirement) => !hasReceipt(question, requirement))
    .map((requirement) => `missing receipt from ${printed(requirement)}`)
}

/** A requirement as the reference formats it: it takes numbers for a mistake. */
function printed(requirement: RegoValue): string {
  const text = displayValue(requirement)
  if (typeNameOf(requirement) !== 'number') return text
  return /^-?[0-9]+$/.test(text) ? `%!s(int64=${text})` : `%!s(float64=${text})`
}

function svnTexts(question: Question, rules: readonly RegoValue[]): string[] {
  if (rules.length === 0) return []
  const { input, fragment } = question
  const [own, header] = [at(fragment, 'svn'), at(input, 'header_svn')]
  const minimums = rules.map((rule) => at(rule, 'minimum_svn'))
  const isMixed = minimums.some((minimum) => isOtherType(question, own, minimum))
  const isReached = minimums.some((minimum) => reaches(own, minimum) || (hasHeaderSvn(question) && reaches(header, minimum)))
  const isSame = hasHeaderSvn(question) && isTrue(own) ? isSameNumber(header, own) : undefined
  return texts({
    'fragment svn is below the specified minimum': !isMixed && !isReached,
    'fragment svn and the specified minimum are different types': isMixed,
    'missing fragment svn in either header or rego payload':
      at(input, 'namespace') !== undefined && !hasHeaderSvn(question) && !isTrue(own),
    [`svn in header ${shown(header)} does not match svn in fragment rego ${shown(own)}`]: isSame === false,
  })
}

function isOtherType(question: Question, own: Maybe, minimum: Maybe): boolean {
  return (
    (toNumber(own) !== undefined && isVersion(minimum)) ||
    (isVersion(own) && toNumber(minimum) !== undefined) ||
    (isVersion(minimum) && hasHeaderSvn(question))
  )
}

function shown(value: Maybe): string {
  return displayValue(orElse(value, null))
}

function versionTexts({ input, fragment }: Question): string[] {
  if (!isTrue(at(input, 'namespace'))) return []
  const version = aliased(fragment, 'framework_version', 'framework_svn')
  return texts({
    [`fragment framework_version is missing. Current version: ${FRAMEWORK_VERSION}`]: version === null,
    [`fragment framework_version is ahead of the current version: ${shown(version)} is greater than ${FRAMEWORK_VERSION}`]:
      compareVersions(version, FRAMEWORK_VERSION) === 1,
  })
}
