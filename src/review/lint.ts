/**
 * The linter of policies: what weakens one, and what its author can hardly have meant. Every finding has a code, a place,
 * a reason and a remedy; `docs/lint.md` shows each with an example.
 *
 * Only what is written as a constant is judged. A policy with rules of its own is not vouched for.
 */
import type { CcePolicy } from '../cce/policy.js'
import { warningsOf as allWarnings } from '../cce/warnings.js'
import { objectWarnings } from '../cce/warnings/objects.js'
import { fragmentWarnings } from '../cce/warnings/fragments.js'
import type { PolicyWarning, PolicyWarningCode } from '../cce/warnings/warning.js'
import { WARNING_MESSAGES } from '../diagnostics/catalogue/warnings.js'
import { checkOptions, flag, listOf, oneOf, optionsOf, text } from '../options.js'
import type { Location } from '../source/source.js'
import { type OpenedPolicy, isFragment, openPolicy } from './document.js'
import { LINT_ROWS, LINT_SEVERITIES, type LintSeverity } from './lint/catalogue.js'
import type { OwnLintCode, RawFinding } from './lint/finding.js'
import { objectFindings } from './lint/objects.js'
import { flagFindings, pointFindings } from './lint/policy-rules.js'
import { loadFaults } from './lint/loading.js'
import { WARNING_LINT_ROWS } from './lint/warning-rows.js'
import { pointerOf, stepsOf } from './place.js'

export type LintCode = OwnLintCode | PolicyWarningCode

export interface LintFinding {
  readonly code: LintCode
  readonly severity: LintSeverity
  /** Whether the policy allows more because of it. */
  readonly opens: boolean
  /** The place in the policy's own names: `containers[0].env_rules[2].pattern`. */
  readonly where: string
  /** The same as a JSON pointer: `/containers/0/env_rules/2/pattern`. */
  readonly pointer: string
  /** The place in the Rego or JSON that was given, where something of it is written. */
  readonly location?: Location
  /** One line, to be read after the place. */
  readonly message: string
  readonly why: string
  readonly fix: string
}

export interface LintOptions {
  /** What locations call the text. Default `policy.rego`. */
  readonly file?: string
  /** Findings that are less severe are left out. Default `info`: none are. */
  readonly minSeverity?: LintSeverity
  /** Codes that are left out. */
  readonly disable?: readonly string[]
  /** Whether to see if the policy compiles together with the framework. Default true. */
  readonly load?: boolean
}

const LINT_OPTIONS = optionsOf({ file: text, minSeverity: oneOf(...LINT_SEVERITIES), disable: listOf(text), load: flag })

/**
 * Lints a policy, or a fragment.
 *
 * Errors: `PolicyError` if the source is no policy.
 *
 * @example lintPolicy(text).filter(({ severity }) => severity === 'error')
 */
export function lintPolicy(source: CcePolicy | string | Uint8Array, options: LintOptions = {}): readonly LintFinding[] {
  checkOptions(options, LINT_OPTIONS)
  return lintOpened(openPolicy(source, options.file), options)
}

/** As `lintPolicy`, for a policy that is open already. */
export function lintOpened(opened: OpenedPolicy, options: LintOptions = {}): readonly LintFinding[] {
  const { minSeverity = 'info', disable = [], load = true } = options
  const off = new Set(disable)
  const wanted = new Set(LINT_SEVERITIES.slice(0, LINT_SEVERITIES.indexOf(minSeverity) + 1))
  const found = [
    ...(load ? loadFindings(opened) : []),
    ...warningsOf(opened)
      .filter(isNotSaidBetter)
      .map((warning) => ofWarning(warning, opened)),
    ...[...ownFindings(opened)].map((finding) => ofOwn(finding, opened)),
  ]
  return found
    .filter(({ code, severity }) => wanted.has(severity) && !off.has(code))
    .sort((one, other) => placeOrder(one) - placeOrder(other) || severityOrder(one) - severityOrder(other))
}

/** Every code of the linter, with its row. */
export function lintCatalogue(): readonly LintCatalogueEntry[] {
  const own = Object.entries(LINT_ROWS).map(([code, { severity, opens, why, fix }]) => ({
    code: code as LintCode,
    severity,
    opens,
    why,
    fix,
  }))
  const warnings = Object.entries(WARNING_LINT_ROWS).map(([code, { severity, opens, fix }]) => ({
    code: code as LintCode,
    severity,
    opens,
    why: WARNING_MESSAGES[code as PolicyWarningCode].explain,
    fix,
  }))
  return [...own, ...warnings]
}

export type LintCatalogueEntry = Pick<LintFinding, 'code' | 'severity' | 'opens' | 'why' | 'fix'>

function warningsOf(opened: OpenedPolicy): readonly PolicyWarning[] {
  if (!isFragment(opened)) return allWarnings(opened.facts)
  return [...objectWarnings(opened.facts), ...fragmentWarnings(opened.facts)]
}

/** A finding of our own says more at the same place. */
function isNotSaidBetter({ code, message }: PolicyWarning): boolean {
  return code !== 'privileged-mounts-unlocked' || message !== WARNING_MESSAGES[code].text(true)
}

function* ownFindings(opened: OpenedPolicy): Generator<RawFinding> {
  const { facts } = opened
  if (facts.module.package.path.join('.') === 'policy') {
    yield* flagFindings(facts)
    yield* pointFindings(facts)
  } else if (!isFragment(opened)) return
  yield* objectFindings(facts)
}

function ofWarning({ code, where, message }: PolicyWarning, opened: OpenedPolicy): LintFinding {
  const { severity, opens, fix } = WARNING_LINT_ROWS[code]
  return { code, severity, opens, ...placeOf(where, opened), message, why: WARNING_MESSAGES[code].explain, fix }
}

function ofOwn({ code, where, message }: RawFinding, opened: OpenedPolicy): LintFinding {
  const { severity, opens, why, fix } = LINT_ROWS[code]
  return { code, severity, opens, ...placeOf(where, opened), message, why, fix }
}

function loadFindings(opened: OpenedPolicy): readonly LintFinding[] {
  const { severity, opens, why, fix } = LINT_ROWS['does-not-load']
  return loadFaults(opened).map(({ code, message, hint, location }) => ({
    code: 'does-not-load',
    severity,
    opens,
    where: '',
    pointer: '',
    ...(location === undefined ? {} : { location }),
    message: `${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
    why,
    fix,
  }))
}

function placeOf(where: string, { locate }: OpenedPolicy): Pick<LintFinding, 'where' | 'pointer' | 'location'> {
  const steps = stepsOf(where)
  const location = locate(steps)
  return { where, pointer: pointerOf(steps), ...(location === undefined ? {} : { location }) }
}

/** In the order of the text; what is not written comes last. */
function placeOrder({ location }: LintFinding): number {
  return location === undefined ? Number.MAX_SAFE_INTEGER : location.row * 1e6 + Math.min(location.col, 999_999)
}

function severityOrder({ severity }: LintFinding): number {
  return LINT_SEVERITIES.indexOf(severity)
}
