/** What the errors of a decision mean, in words. */
import { type JsonValue, isJsonObject } from '../../cce/json-value.js'
import type { DenialDocument } from '../../enforce/denial-text.js'
import { commandLine } from '../print/command-line.js'

type Input = { readonly [name: string]: JsonValue }

interface ErrorWords {
  /** The error as the framework writes it, or how it begins. */
  readonly error: RegExp
  readonly words: (input: Input, found: RegExpExecArray) => string
}

/** A sentence about a member of the request, with the member where the message has it. */
const told = (sentence: string, value: JsonValue | undefined): string =>
  value === undefined ? `${sentence}.` : `${sentence}: ${JSON.stringify(value)}.`

const names = (list: string | undefined): string => (list ?? '').split(',').join(', ')

/** Errors of the framework, by what they say. The first that fits is taken. */
const ERROR_WORDS: readonly ErrorWords[] = [
  {
    error: /^container already started$/,
    words: () => 'A container with this ID was created before. An ID can be used once, also if starting it failed.',
  },
  { error: /^container not started$/, words: () => 'No container with this ID was created.' },
  {
    error: /^privileged escalation not allowed$/,
    words: () => 'A privileged container was asked for, and no candidate has `allow_elevated`.',
  },
  {
    error: /^invalid command$/,
    words: ({ argList }) => `No candidate declares this command${argList === undefined ? '.' : `: ${commandLine(argList)}`}`,
  },
  {
    error: /^invalid working directory$/,
    words: ({ workingDir }) => told('No candidate declares this working directory', workingDir),
  },
  { error: /^invalid noNewPrivileges$/, words: () => 'The policy demands `no_new_privileges`, and the request does not set it.' },
  {
    error: /^invalid user$/,
    words: ({ user }) => told('No candidate accepts the user, its groups or the umask', user),
  },
  {
    error: /^invalid seccomp$/,
    words: ({ seccompProfileSHA256: digest }) =>
      digest === ''
        ? 'The policy declares a seccomp profile, and the request has none.'
        : told('No candidate declares this seccomp profile', digest),
  },
  { error: /^devices not supported$/, words: () => 'Device nodes were asked for. No policy can allow any.' },
  { error: /^invalid mount list: (.*)$/s, words: (_input, [, list]) => `No candidate accepts these mounts: ${names(list)}` },
  {
    error: /^invalid env list: (.*)$/s,
    words: (_input, [, list]) => `No candidate accepts these environment variables, or their values: ${names(list)}`,
  },
  { error: /^invalid env list$/, words: () => 'Each candidate that fits otherwise refuses some environment variable.' },
  {
    error: /^missing required environment variable$/,
    words: () => 'A variable that the policy requires is missing, or has another value.',
  },
  { error: /^capabilities don't match$/, words: () => 'The capabilities are not exactly those that the policy declares.' },
  {
    error: /^containers only distinguishable by capabilties$/,
    words: () => 'Several containers fit, and would keep different capabilities.',
  },
  {
    error: /^(?:containers|external processes) only distinguishable by allow_stdio_access$/,
    words: () => 'Several candidates fit, and disagree on `allow_stdio_access`.',
  },
  {
    error: /^deviceHash not found$/,
    words: ({ deviceHash }) =>
      `${told('No container of the policy has this layer', deviceHash)} The image is another one than the policy was made for.`,
  },
  {
    error: /^device already mounted at path$/,
    words: ({ target }) => `Something is mounted at ${JSON.stringify(target ?? 'the path')} already.`,
  },
  {
    error: /^mountpoint invalid$/,
    words: ({ target }) => told('Devices are not mounted at such a path', target),
  },
  {
    error: /^unencrypted scratch not allowed/,
    words: () => 'Scratch space has to be encrypted, and the request is for unencrypted one.',
  },
  { error: /^ensureFilesystem must be set/, words: () => 'The request does not have the file system checked.' },
  {
    error: /^rw device mounts uses a filesystem/,
    words: ({ filesystem }) => told('The file system is neither ext4 nor xfs', filesystem),
  },
  { error: /^no (device|overlay|scratch) at path to unmount$/, words: (_input, [, what]) => `No ${what} is mounted there.` },
  {
    error: /^received read-(only|write) unmount request/,
    words: () => 'What is mounted there is of the other kind: read-only, or read-write.',
  },
  { error: /^overlay has already been mounted$/, words: () => 'Layers were stacked for this container before.' },
  {
    error: /^no matching containers for overlay$/,
    words: () =>
      'No container of the policy consists of these layers in this order: the image is ' +
      'another one than the policy was made for, or a layer is missing.',
  },
  { error: /^blockdev mounts are not supported$/, words: () => 'Block devices are never allowed by the framework.' },
  { error: /^scratch already mounted at path$/, words: () => 'Scratch space is mounted there already.' },
  {
    error: /^target isn't allowed to receive the signal$/,
    words: ({ signal }) => told('The policy does not allow this signal for the process', signal),
  },
  { error: /^log provider not allowed by policy$/, words: () => 'A log provider is not listed in `allowed_log_providers`.' },
  {
    error: /^invalid fragment issuer$/,
    words: ({ issuer }) => told('No rule of the policy names this issuer', issuer),
  },
  {
    error: /^invalid fragment feed$/,
    words: ({ feed }) => told('The issuer is known, but not for this feed', feed),
  },
  {
    error: /^missing receipt from (.*)$/s,
    words: (_input, [, from]) => `The policy requires a transparency receipt from ${from ?? ''}.`,
  },
  {
    error: /^fragment svn is below the specified minimum$/,
    words: () => 'The fragment is older than the policy’s `minimum_svn`.',
  },
  {
    error: /^fragment svn and the specified minimum are different types$/,
    words: () => 'One of the SVN and `minimum_svn` is a number, the other a semantic version: they cannot be compared.',
  },
  { error: /^svn in header .* does not match/, words: () => 'The fragment and its envelope state different SVNs.' },
  { error: /^missing fragment svn/, words: () => 'Neither the fragment nor its envelope states an SVN.' },
  {
    error: /^(fragment )?framework_version is missing/,
    words: (_input, [, of]) =>
      `The ${of === undefined ? 'policy' : 'fragment'} states no \`framework_version\`, so what it declares is ignored.`,
  },
  {
    error: /^(fragment )?framework_version is ahead/,
    words: (_input, [, of]) =>
      `The ${of === undefined ? 'policy' : 'fragment'} is newer than the guest, so what it declares is ignored.`,
  },
  {
    error: /^no TTL candidate matches/,
    words: () => 'No rule of the policy names issuer and subject of this trust list with such an SVN.',
  },
  {
    error: /^The provided TTL does not contain any ledgers/,
    words: () => 'None of the ledgers of the trust list is among `allowed_ledgers`.',
  },
]

/** Ways in which no decision came about. */
const POLICY_ERROR_WORDS: readonly { readonly error: RegExp; readonly words: (found: RegExpExecArray) => string }[] = [
  {
    error: /policy does not define api_version/,
    words: () => 'The policy states no `api_version`, so every request is refused.',
  },
  {
    error: /enforcement point rule (\S+) does not exist/,
    words: ([, point]) =>
      `The guest knows no enforcement point \`${point ?? ''}\`, or the policy’s \`api_version\` is no semantic version.`,
  },
  {
    error: /rule for (\S+) is missing from policy/,
    words: ([, point]) =>
      `The policy has no rule for \`${point ?? ''}\`, or an empty one, although its \`api_version\` knows the point.`,
  },
  { error: /unable to find value for key 'allowed'/, words: () => 'The policy’s rule gives a result without `allowed`.' },
  { error: /value for 'allowed' is not a boolean/, words: () => 'The policy’s rule gives an `allowed` that is no boolean.' },
  { error: /unable to load results object/, words: () => 'The policy’s rule gives something that is no object.' },
  { error: /error when compiling modules/, words: () => 'A fragment does not compile together with the policy.' },
  { error: /conflict/, words: () => 'Two rules of the policy give different results for this request.' },
]

/** Errors that accompany every refusal of a process in a container, whatever is wrong. */
const ALWAYS_THERE: ReadonlySet<JsonValue> = new Set(['invalid noNewPrivileges', 'invalid user'])

/** The errors that tell something; where these alone are there, they are all that there is. */
function tellingOf(errors: readonly JsonValue[], point: string | undefined): readonly JsonValue[] {
  const telling = point === 'exec_in_container' ? errors.filter((error) => !ALWAYS_THERE.has(error)) : errors
  return telling.length === 0 ? errors : telling
}

/** What the document says by itself, as sentences; errors that nobody knows stand as they are. One that is cut may say more. */
export function wordsOfDenial(
  { input, reason, policyError, truncated = [] }: DenialDocument,
  point: string | undefined,
  isCut: boolean,
): readonly string[] {
  const members = isJsonObject(input) ? input : {}
  const errors = isJsonObject(reason) && Array.isArray(reason['errors']) ? (reason['errors'] as readonly JsonValue[]) : []
  return [
    ...(policyError === undefined ? [] : [policyErrorWords(String(policyError))]),
    ...tellingOf(errors, point).map((error) => errorWords(String(error), members)),
    ...(errors.length === 0 && isJsonObject(reason) && !isCut
      ? ['The policy gives no reason in words; a condition fails for which there is none.']
      : []),
    ...(typeof reason === 'string' && policyError === undefined
      ? ['The policy gives no reason: it has no `reason` rule, or the rule fails.']
      : []),
    ...(Array.isArray(truncated) && truncated.length > 0
      ? [`The message was too long; the guest left out: ${truncated.map(String).join(', ')}.`]
      : []),
  ]
}

function errorWords(error: string, input: Input): string {
  for (const { error: pattern, words } of ERROR_WORDS) {
    const found = pattern.exec(error)
    if (found !== null) return words(input, found)
  }
  return `The policy says: ${error}`
}

function policyErrorWords(error: string): string {
  for (const { error: pattern, words } of POLICY_ERROR_WORDS) {
    const found = pattern.exec(error)
    if (found !== null) return words(found)
  }
  return `The policy could not decide: ${error}`
}
