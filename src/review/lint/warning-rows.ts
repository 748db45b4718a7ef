/**
 * What the linter adds to the warnings of `policyWarnings`: how severe each is, whether it opens the policy, and what to do.
 * Text and reason are those of the warning.
 */
import type { PolicyWarningCode } from '../../cce/warnings/warning.js'
import type { LintSeverity } from './catalogue.js'

export interface WarningLintRow {
  readonly severity: LintSeverity
  readonly opens: boolean
  readonly fix: string
}

const row = (severity: LintSeverity, fix: string): WarningLintRow => ({ severity, opens: false, fix })
const opening = (severity: LintSeverity, fix: string): WarningLintRow => ({ severity, opens: true, fix })

export const WARNING_LINT_ROWS: Readonly<Record<PolicyWarningCode, WarningLintRow>> = {
  'package-is-not-policy': row('error', 'Begin the text with `package policy`.'),
  'api-version-missing': row('error', 'State the version: `api_version := "0.12.0"`.'),
  'api-version-invalid': row('error', 'Write three numbers as text: `api_version := "0.12.0"`.'),
  'api-version-ahead': row('warning', 'State the version that the guest knows, and see that every point has a rule.'),
  'version-named-twice': row('error', 'Keep `api_version` and `framework_version`, and remove the names of old.'),
  'framework-version-missing': row('error', 'State the shape of the objects: `framework_version := "0.5.0"`.'),
  'framework-version-invalid': row('error', 'Write three numbers as text: `framework_version := "0.5.0"`.'),
  'framework-version-ahead': row('error', 'State a version that the guest knows, and write the objects as it knows them.'),
  'reason-missing': row('warning', 'Add `reason := data.framework.reason`.'),
  'open-door': opening('error', 'Forward to the framework: `create_container := data.framework.create_container`.'),
  'always-allowed': opening('error', 'Forward the point to the framework, or write conditions.'),
  'rule-missing': row('warning', 'Add the rule: `<point> := data.framework.<point>`.'),
  'allowed-by-default': opening('warning', 'Add the rule: `<point> := data.framework.<point>`.'),
  'framework-decides': row('info', 'Add the rule, so that the text says what is decided: `<point> := data.framework.<point>`.'),
  'result-without-allowed': opening('error', 'State `"allowed"` in every result.'),
  'result-not-usable': row('error', 'Make the result an object with a boolean `allowed`.'),
  'flag-not-boolean': opening('error', 'Write `true` or `false`.'),
  'flag-ignored': row('warning', 'State a newer `framework_version`, or remove the flag.'),
  'containers-not-a-list': row('error', 'Write a list.'),
  'element-vanishes': row('error', 'Add the fields, or state the version whose objects have no such fields.'),
  'never-matches': row('warning', 'Declare the fields as they are needed, or remove the object.'),
  'field-dropped': row('warning', 'State the current `framework_version` for a Windows policy.'),
  'list-ignored': row('warning', 'State a newer `framework_version`, or remove the list.'),
  'signals-added': opening('info', 'State `framework_version` 0.4.1 or newer, and list the signals.'),
  'external-processes-unusable': row('info', 'Add `external_processes := []`.'),
  'stdio-access-not-boolean': row('error', 'Write `true` or `false`.'),
  'stdio-access-undecided': row('error', 'Give both the same `allow_stdio_access`, or remove one.'),
  'privileged-mounts-unlocked': opening('warning', 'Write `false`.'),
  'umask-never-matches': row('error', 'Write four octal digits: `"0022"`.'),
  'groups-none': row('warning', 'Declare the groups, or one entry with strategy `any`.'),
  'layer-not-a-hash': row('error', 'Write the root hash as 64 lower-case hex digits.'),
  'capability-repeated': row('error', 'List each capability once.'),
  'strategy-unknown': row('error', 'Use a strategy that exists.'),
  'env-rule-never-matches': row('warning', 'Write `NAME=value`; in a split rule leave `=` out of the name.'),
  'pattern-alternation': opening('error', 'Put the alternatives into a group: `(A|B)`.'),
  'pattern-open-end': opening('error', 'End the pattern in `\\$$`, or in `[$]`.'),
  'pattern-multiline': opening('warning', 'Remove `m` from the flags.'),
  'pattern-invalid': row('error', 'Write it in RE2’s syntax.'),
  'mount-source-joined': opening('warning', 'Put a `/` behind the prefix: `sandbox:///x`.'),
  'mount-source-literal': row('warning', 'Begin the source with `sandbox://`, or write it literally.'),
  'mount-never-matches': row('error', 'Declare destination and options; `[]` where there are none.'),
  'platform-rules-are-alternatives': row('info', 'Put what a container needs together into one rule.'),
  'minimum-svn-zero': opening('warning', 'Require the version of the fragment that you have reviewed.'),
  'minimum-svn-not-a-version': opening('warning', 'Write a number.'),
  'minimum-svn-invalid': row('error', 'Write a number, or a semantic version.'),
  'minimum-svn-semver': row('info', 'Write a number if the publisher states the SVN in the envelope.'),
  'include-unknown': row('warning', 'Use a name that exists.'),
  'fragment-rules-disagree': row('error', 'Give both rules the same `includes`, or join them.'),
  'namespace-with-parameters': row('error', 'Leave `namespace` out of `includes`, or keep one rule for the fragment.'),
  'any-ledger': opening('warning', 'List the ledgers.'),
}
