/** Explaining refused fragments and transparency trust lists. */
import type { JsonObject, JsonValue } from '../decision.js'
import { type Findings, type Mismatch, differs, missingField, mismatch, show } from './explanation.js'
import type { DenialFacts } from './facts.js'
import { isTruthy, listOf, objectsOf, sameJson, textOf } from './json.js'
import { type Comparison, describeNearest } from './nearest.js'
import { isAtLeast } from './svn.js'

export function explainLoadFragment(facts: DenialFacts): Findings {
  const { input, declarations } = facts
  const rules = objectsOf(declarations.fragments)
  const comparisons = rules.map((candidate): Comparison => ({
    candidate,
    mismatches: fragmentMismatches(candidate, input, declarations.fragment_svn),
  }))
  return {
    faults: rules.length === 0 ? [mismatch('fragments', 'none are declared, or none can be used')] : [],
    candidates: comparisons.length,
    nearest: describeNearest('fragment', comparisons, facts),
  }
}

function fragmentMismatches(rule: JsonObject, input: JsonObject, moduleSvn: JsonValue | undefined): readonly Mismatch[] {
  return [
    ...sameOrDiffers('issuer', rule.issuer, input.issuer),
    ...sameOrDiffers('feed', rule.feed, input.feed),
    ...(isTruthy(input.fragment_loaded) ? loadedSvnMismatches(rule, input, moduleSvn) : headerSvnMismatches(rule, input)),
    ...(isTruthy(input.fragment_loaded) ? [] : receiptMismatches(rule, input)),
  ]
}

function headerSvnMismatches(rule: JsonObject, input: JsonObject): readonly Mismatch[] {
  return isTruthy(input.has_header_svn) ? svnMismatches(rule, input.header_svn) : []
}

function loadedSvnMismatches(rule: JsonObject, input: JsonObject, moduleSvn: JsonValue | undefined): readonly Mismatch[] {
  if (!isTruthy(moduleSvn)) {
    return isTruthy(input.has_header_svn)
      ? svnMismatches(rule, input.header_svn)
      : [mismatch('minimum_svn', 'neither the module nor its envelope states an svn')]
  }
  const disagree =
    isTruthy(input.has_header_svn) && !(isAtLeast(moduleSvn, input.header_svn) && isAtLeast(input.header_svn, moduleSvn))
  return [
    ...(disagree ? [mismatch('svn', `the module states ${show(moduleSvn)}, its envelope ${show(input.header_svn)}`)] : []),
    ...svnMismatches(rule, moduleSvn),
  ]
}

function svnMismatches(rule: JsonObject, svn: JsonValue | undefined): readonly Mismatch[] {
  const minimum = rule.minimum_svn
  if (minimum === undefined) return [missingField('minimum_svn')]
  if (isAtLeast(svn, minimum)) return []
  return [
    {
      ...mismatch('minimum_svn', `expected at least ${show(minimum)}, got ${show(svn)}`),
      expected: minimum,
      ...(svn === undefined ? {} : { actual: svn }),
    },
  ]
}

function receiptMismatches(rule: JsonObject, input: JsonObject): readonly Mismatch[] {
  const receipts = objectsOf(input.receipts)
  return (listOf(rule.required_receipts) ?? []).flatMap((requirement, at) => {
    if (requirement === '*' ? receipts.length > 0 : receipts.some((receipt) => receiptFits(receipt, requirement))) return []
    return [{ ...mismatch(`required_receipts[${at}]`, `no receipt from ${show(requirement)}`), expected: requirement }]
  })
}

function receiptFits(receipt: JsonObject, requirement: JsonValue): boolean {
  const text = textOf(requirement)
  if (text?.startsWith('TTL:') === true) return (listOf(receipt.ttl_subjects) ?? []).includes(text.slice(4))
  return sameJson(receipt.issuer, requirement)
}

export function explainTrustList(facts: DenialFacts): Findings {
  const { input, declarations } = facts
  const rules = objectsOf(declarations.transparency_trust_lists)
  const comparisons = rules.map((candidate): Comparison => ({ candidate, mismatches: trustListMismatches(candidate, input) }))
  return {
    faults: rules.length === 0 ? [mismatch('transparency_trust_lists', 'none are declared')] : [],
    candidates: comparisons.length,
    nearest: describeNearest('trustList', comparisons, facts),
  }
}

function trustListMismatches(rule: JsonObject, input: JsonObject): readonly Mismatch[] {
  const allowed = listOf(rule.allowed_ledgers) ?? []
  const ledgers = listOf(input.ledgers) ?? []
  const some = ledgers.some((ledger) => allowed.includes('*') || allowed.includes(ledger))
  return [
    ...sameOrDiffers('issuer', rule.issuer, input.issuer),
    ...sameOrDiffers('subject', rule.subject, input.subject),
    ...svnMismatches(rule, input.svn),
    ...(some ? [] : [mismatch('allowed_ledgers', `expected one of ${show(allowed)}, got ${show(ledgers)}`)]),
  ]
}

function sameOrDiffers(field: string, expected: JsonValue | undefined, actual: JsonValue | undefined): readonly Mismatch[] {
  return expected !== undefined && sameJson(expected, actual) ? [] : [differs(field, expected, actual)]
}
