/**
 * Transparency trust lists: which of the ledgers in a list may be trusted because of it.
 */
import { RegoSet, type RegoValue } from '../../../src/value/value.js'
import { type PointRule, REFUSED, allowed, texts } from '../answer.js'
import { candidateTrustLists } from '../candidates.js'
import type { Question } from '../question.js'
import { at, contains, isSame, membersOf } from '../rego.js'
import { reaches } from '../versions.js'

function rulesFor(question: Question): RegoValue[] {
  const { input } = question
  return candidateTrustLists(question).filter(
    (one) =>
      isSame(at(one, 'issuer'), at(input, 'issuer')) &&
      isSame(at(one, 'subject'), at(input, 'subject')) &&
      reaches(at(input, 'svn'), at(one, 'minimum_svn')),
  )
}

function allowedLedgers(question: Question): RegoSet {
  const trusted = rulesFor(question).flatMap((rule) => membersOf(at(rule, 'allowed_ledgers')) ?? [])
  const offered = membersOf(at(question.input, 'ledgers')) ?? []
  return RegoSet.of(contains(trusted, '*') ? offered : offered.filter((one) => contains(trusted, one)))
}

export const loadTransparencyTrustList: PointRule = {
  decide: (question) => {
    const ledgers = allowedLedgers(question)
    return ledgers.size === 0 ? REFUSED : allowed({ allowed_ledgers: ledgers })
  },
  explain: (question) => {
    const isKnown = rulesFor(question).length > 0
    return texts({
      "no TTL candidate matches the provided TTL's issuer, subject and svn": !isKnown,
      'The provided TTL does not contain any ledgers it is allowed to load':
        isKnown && at(question.input, 'ledgers') !== undefined && allowedLedgers(question).size === 0,
    })
  },
}
