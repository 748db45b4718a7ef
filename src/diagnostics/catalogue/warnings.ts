/**
 * Where the reference enforcer's decisions surprise: what a policy may say without meaning it. Nothing here changes a
 * decision. `docs/semantics.md` shows each with an example.
 */

/** A message, and what is behind it. */
export interface WarningRow<Facts extends readonly unknown[] = readonly never[]> {
  readonly text: (...facts: Facts) => string
  readonly explain: string
}

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

export const WARNING_MESSAGES = {
  'package-is-not-policy': {
    text: (found: string) => `the package is \`${found}\`, so the policy defines nothing and everything is refused`,
    explain: 'The enforcer reads `data.policy`. A text with another package loads, but then no API version is defined.',
  },
  'api-version-missing': {
    text: () => 'no `api_version`: every request is refused',
    explain: 'Without the version of the enforcement points that the author knew, no request is decided.',
  },
  'api-version-invalid': {
    text: (found: string) =>
      `${found} is no semantic version as text: every request is refused, as if no enforcement point existed`,
    explain: 'The version is compared as semver text of three numbers. What is not one knows no enforcement point.',
  },
  'api-version-ahead': {
    text: (found: string, known: string) =>
      `${found} is newer than ${known}: all enforcement points count as known to the author`,
    explain: 'A newer version is accepted, so a point without a rule is refused and no default applies.',
  },
  'version-named-twice': {
    text: (name: string, old: string) => `\`${name}\` and \`${old}\` differ: whatever reads the version fails, and is refused`,
    explain: 'The old name is an alias of the new one. Two values for one version are a conflict.',
  },
  'framework-version-missing': {
    text: () => 'no `framework_version`: the declared objects are ignored',
    explain: 'Without the version of their shape, the policy’s containers, fragments and processes are as good as not there.',
  },
  'framework-version-invalid': {
    text: (found: string) => `${found} is no semantic version as text: the declared objects are ignored, and no reason says so`,
    explain: 'A version that cannot be compared is neither older nor equal nor newer than the guest’s.',
  },
  'framework-version-ahead': {
    text: (found: string, known: string) => `${found} is newer than ${known}: the declared objects are ignored`,
    explain: 'A guest ignores objects of a shape that it does not know.',
  },
  'reason-missing': {
    text: () => 'no `reason`: refusals come without one',
    explain: 'The enforcer asks `data.policy.reason` why a request was refused; a policy has to forward it to the framework.',
  },
  'open-door': {
    text: () => 'any container may be created, whatever it runs',
    explain: 'The rule for `create_container` always allows, so nothing that the policy declares about containers counts.',
  },
  'always-allowed': {
    text: () => 'allowed without looking at the request',
    explain: 'The rule is a constant that allows.',
  },
  'rule-missing': {
    text: () => 'no rule, although the API version knows the point: every such request is refused',
    explain: 'For a point that its author knew, a policy has to say something; an empty answer counts as none.',
  },
  'allowed-by-default': {
    text: (introduced: string) => `no rule, and the API version is older than ${introduced}: allowed by default`,
    explain: 'An older policy could not have known the point. For some points the API then allows.',
  },
  'framework-decides': {
    text: (introduced: string) =>
      `no rule, and the API version is older than ${introduced}: the framework decides by the policy’s flags`,
    explain: 'For this point an older policy, also one that allows all, is taken to leave the decision to the framework.',
  },
  'result-without-allowed': {
    text: (isAllowed: boolean) =>
      `the result has no \`allowed\`: ${isAllowed ? 'the API’s default allows it' : 'the API’s default refuses it'}`,
    explain: 'What a result leaves out is filled in from the API’s defaults, and these may allow.',
  },
  'result-not-usable': {
    text: (found: string) => `${found}: every such request is refused`,
    explain: 'A result is an object whose `allowed` is a boolean.',
  },
  'flag-not-boolean': {
    text: (found: string) => `${found} counts as true`,
    explain:
      'Flags are tested with Rego’s truth: everything but `false` and what is undefined is true, `null`, `0` and `"no"` too.',
  },
  'flag-ignored': {
    text: (since: string) => `ignored: only policies from framework version ${since} on can set it`,
    explain: 'Older policies could not mean it.',
  },
  'containers-not-a-list': {
    text: () => 'not a list: no container of it can be matched in this version',
    explain: 'The layers of such containers can still be mounted, which hides the mistake until an overlay is asked for.',
  },
  'element-vanishes': {
    text: (version: string, fields: readonly string[]) => `ignored: version ${version} needs ${list(fields)}`,
    explain:
      'Objects of an older version are brought up to date field by field; one that lacks a field disappears without a word.',
  },
  'never-matches': {
    text: (fields: readonly string[]) => `no request can fit it: ${list(fields)} not declared as needed`,
    explain: 'In the current version nothing is filled in; a field that is missing or ill-typed fails every test of it.',
  },
  'field-dropped': {
    text: (version: string) => `dropped: policies of version ${version} are brought up to date without it`,
    explain: 'Windows fields are kept only in policies of the guest’s own version.',
  },
  'list-ignored': {
    text: (since: string) => `ignored: only read from framework version ${since} on`,
    explain: 'The list was introduced later than the version that the policy states.',
  },
  'signals-added': {
    text: (version: string) => `9 and 15 are allowed for every container: version ${version} is older than 0.4.1`,
    explain: 'Before 0.4.1 SIGKILL and SIGTERM were always allowed, and stay so for policies of that time.',
  },
  'external-processes-unusable': {
    text: () => 'not defined: external processes of fragments cannot be used either',
    explain: 'With an older framework version, a policy without the list makes the whole list of candidates empty.',
  },
  'stdio-access-not-boolean': {
    text: (found: string) => `${found}: the container can never be created, and its ID is used up by trying`,
    explain: 'The framework allows and remembers the container; then the answer turns out to be unusable.',
  },
  'stdio-access-undecided': {
    text: (other: string) => `differs from \`${other}\` in \`allow_stdio_access\` only: neither can be created`,
    explain: 'Candidates that still fit at the end have to agree on stdio; the field itself tells nobody apart.',
  },
  'privileged-mounts-unlocked': {
    text: (isBoolean: boolean) =>
      `unlocks the privileged mounts for every request${isBoolean ? '' : ', while one that is privileged is refused'}`,
    explain: 'Writable `/sys` and `/sys/fs/cgroup` are open to every container that may be elevated.',
  },
  'umask-never-matches': {
    text: (found: string) => `${found} never matches: a umask is text of four octal digits`,
    explain: 'The umask is compared as text; `022` is not `0022`.',
  },
  'groups-none': {
    text: () => 'empty: only a process without any group fits',
    explain: 'Every group of a process has to fit one entry. There always is a primary group.',
  },
  'layer-not-a-hash': {
    text: (found: string) => `${found} never matches: a layer is 64 lower-case hex digits`,
    explain: 'Root hashes come from the device in lower case and are compared as text.',
  },
  'capability-repeated': {
    text: (name: string) => `\`${name}\` is listed twice: with \`allow_capability_dropping\` it never matches`,
    explain: 'Kept capabilities are a set, and lengths are compared.',
  },
  'strategy-unknown': {
    text: (found: string) => `${found} is no strategy: the entry matches nothing`,
    explain: 'Environment rules know `string` and `re2`; users and groups know `any`, `id`, `name` and `re2`.',
  },
  'env-rule-never-matches': {
    text: () => 'matches no variable: a name ends at the first `=`, and a variable has one',
    explain:
      'A whole variable is `NAME=value`. A split rule compares what is before the first `=`, so a name with `=` never fits.',
  },
  'pattern-alternation': {
    text: (anchored: string) => `the alternatives are anchored on one side only: \`${anchored}\``,
    explain: 'A pattern gets `^` in front and `$` behind and nothing more. Put alternatives into a group: `(A|B)`.',
  },
  'pattern-open-end': {
    text: () => 'ends in an escaped `$`, which counts as anchored: anything may follow',
    explain: 'The enforcer looks at the last character only. Add a `$` of your own.',
  },
  'pattern-multiline': {
    text: () => 'behind `(?m)`, `^` and `$` stand at every line: one line has to fit, and anything may follow',
    explain: 'Values may hold line feeds.',
  },
  'pattern-invalid': {
    text: (fault: string) => `no regular expression, so it matches nothing: ${fault}`,
    explain: 'Patterns are RE2: no look-around, no back-references, repeat counts up to 1000. A faulty one is no error.',
  },
  'mount-source-joined': {
    text: (prefix: string) =>
      `the directory is put in place of \`${prefix}\` as it is: without a \`/\` behind it, sibling directories fit`,
    explain: 'Write `sandbox:///x`: two slashes of the prefix, one of the path.',
  },
  'mount-source-literal': {
    text: () => 'looks like a pattern, but is compared as text',
    explain: 'Only sources below `sandbox://` and `hugepages://` are patterns.',
  },
  'mount-never-matches': {
    text: (why: string) => `matches no mount: ${why}`,
    explain: 'A mount has to have a destination, and options even if there are none: `[]`.',
  },
  'platform-rules-are-alternatives': {
    text: (count: number) => `a container gets one of the ${count} rules, never several`,
    explain: 'Each rule makes a variant of every container. A container that needs two of them fits none.',
  },
  'minimum-svn-zero': {
    text: () => 'accepts every version of the fragment',
    explain: 'No version is below 0, so a fragment that was withdrawn can still be loaded.',
  },
  'minimum-svn-not-a-version': {
    text: (found: string, number: string) => `${found} counts as ${number}`,
    explain: '`null` and booleans are converted to numbers.',
  },
  'minimum-svn-invalid': {
    text: (found: string) => `${found} is neither a number nor a semantic version: the fragment can never be loaded`,
    explain: 'Versions compare as numbers, also as text, or as semver.',
  },
  'minimum-svn-semver': {
    text: () => 'a semantic version: fragments whose envelope states an SVN are refused',
    explain: 'The SVN of an envelope is always a number, and a number does not compare with a semantic version.',
  },
  'include-unknown': {
    text: (name: string) => `\`${name}\` includes nothing`,
    explain: 'Names that are not known are ignored.',
  },
  'fragment-rules-disagree': {
    text: (other: string) => `same issuer and feed as \`${other}\`, but other \`includes\`: a fragment that fits both is refused`,
    explain: 'All rules that admit a fragment have to have the same effect.',
  },
  'namespace-with-parameters': {
    text: (other: string) =>
      `keeps the module, and \`${other}\` names the same issuer and feed: the fragment can never be loaded`,
    explain: 'A module that stays is loaded once, so there can be only one set of parameters for it.',
  },
  'any-ledger': {
    text: () => 'keys of any ledger are taken from such a list',
    explain: '`*` stands for every ledger that the list names.',
  },
} as const satisfies Record<string, WarningRow<never>>
