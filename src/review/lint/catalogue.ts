/**
 * What the linter looks for beyond the surprises that `policyWarnings` knows: what a policy leaves open, and what betrays
 * a mistake. One row says everything about one code; `docs/lint.md` is made from these rows.
 */

export type LintSeverity = 'error' | 'warning' | 'info'

/** From the most to the least severe. */
export const LINT_SEVERITIES: readonly LintSeverity[] = ['error', 'warning', 'info']

export interface LintRow<Facts extends readonly unknown[] = readonly never[]> {
  readonly severity: LintSeverity
  /** Whether the policy allows more because of it; else it is a mistake, or something allowed less than meant. */
  readonly opens: boolean
  /** One line, to be read after the place. */
  readonly text: (...facts: Facts) => string
  readonly why: string
  readonly fix: string
}

export const LINT_ROWS = {
  'does-not-load': {
    severity: 'error',
    opens: false,
    text: (fault: string) => fault,
    why:
      'The guest compiles the policy together with the framework. One that ' +
      'does not compile is refused, and everything stays closed.',
    fix: 'Correct the text; `cce check` shows all of its errors with their places.',
  },
  'forwards-elsewhere': {
    severity: 'error',
    opens: true,
    text: (point: string, other: string) => `\`${point}\` is answered by the framework’s rule for \`${other}\``,
    why: 'Each point has its own rule in the framework; another one looks at other members of the request.',
    fix: 'Forward each point to the rule of the same name: `mount_device := data.framework.mount_device`.',
  },
  'forwards-nowhere': {
    severity: 'error',
    opens: false,
    text: (name: string, nearest: string | undefined) => {
      const hint = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
      return `\`data.framework.${name}\` answers for no enforcement point${hint}`
    },
    why: 'What the framework does not have is undefined, and an undefined answer refuses every request.',
    fix: 'Forward each point to the rule of the same name: `mount_device := data.framework.mount_device`.',
  },
  'own-rule': {
    severity: 'info',
    opens: false,
    text: () => 'answered by a rule of the policy’s own, which this linter does not judge',
    why: 'Only rules that are constants or that forward to the framework can be judged by reading them.',
    fix: 'Test it: `cce test` runs its tests, `cce policy enforce` replays requests.',
  },
  'privileged-container': {
    severity: 'warning',
    opens: true,
    text: () => 'may be created privileged: with all capabilities and writable `/sys` and `/sys/fs/cgroup`',
    why:
      'A privileged container can reconfigure the kernel that it shares with every other container of the ' +
      'group. The privileged mounts are open to requests that are not privileged, too.',
    fix: 'Set `allow_elevated` to false, and declare the capabilities that the program needs.',
  },
  'stdio-access': {
    severity: 'info',
    opens: true,
    text: () => 'the host reads what its processes print, and writes what they read',
    why: 'Standard streams leave the protected memory as they are. Logs may hold secrets, and input may be made up.',
    fix: 'Set `allow_stdio_access` to false if the program logs elsewhere.',
  },
  'shell-command': {
    severity: 'warning',
    opens: true,
    text: (shell: string) => `\`${shell}\` runs whatever the host writes to its standard input`,
    why: 'A shell or interpreter without a script reads commands from stdin, and `allow_stdio_access` gives stdin to the host.',
    fix: 'Start the program itself, give the shell a script (`-c`), or set `allow_stdio_access` to false.',
  },
  'exec-shell': {
    severity: 'warning',
    opens: true,
    text: (shell: string) => `the host may open \`${shell}\` in the container and run anything in it`,
    why:
      'A shell or interpreter without a script reads commands from stdin, and ' +
      '`allow_stdio_access` gives stdin to the host. Generators add such processes in debug mode.',
    fix: 'Remove the process from `exec_processes`; generate the policy without debug mode.',
  },
  'exec-shell-script': {
    severity: 'info',
    opens: true,
    text: (shell: string) => `the host may run this script with \`${shell}\` at any time`,
    why: 'The script is fixed, but its variables are those of the request: what the environment rules leave free may steer it.',
    fix: 'Call a program of the image instead, or quote every variable of the script.',
  },
  'external-process': {
    severity: 'info',
    opens: true,
    text: (command: string) => `the host may run ${command} in the utility VM itself, outside of every container`,
    why: 'Such a process sees the memory and files of all containers of the group.',
    fix: 'Remove it unless the platform needs it.',
  },
  'external-shell': {
    severity: 'error',
    opens: true,
    text: (shell: string) => `the host may run anything in the utility VM: \`${shell}\` takes commands from its standard input`,
    why: 'A shell in the utility VM sees the memory and files of all containers: nothing is confidential any more.',
    fix: 'Remove the process from `external_processes`, or set its `allow_stdio_access` to false.',
  },
  'env-matches-anything': {
    severity: 'error',
    opens: true,
    text: (example: string) => `accepts any variable, for instance ${example}`,
    why:
      'The host chooses the environment. `LD_PRELOAD`, `PATH` or a proxy’s ' +
      'address decide what a program loads and whom it trusts.',
    fix: 'Name the variables that the program reads: `NAME=.+` with strategy `re2`, or better `NAME=value` with `string`.',
  },
  'env-loads-code': {
    severity: 'error',
    opens: true,
    text: (example: string) => `lets the host choose what code is loaded: ${example} is accepted`,
    why:
      'Loaders and interpreters read these variables before the program’s ' +
      'first instruction, and take code from where they say.',
    fix: 'Give the variable its exact value with strategy `string`, or leave it out.',
  },
  'env-any-value': {
    severity: 'info',
    opens: true,
    text: (example: string) => `the host chooses the value: ${example} is accepted`,
    why: 'Some variables can only be known when the container starts. A program must not trust them.',
    fix: 'Give the exact value where it is known, or a pattern that is as narrow as the values are.',
  },
  'env-secret': {
    severity: 'warning',
    opens: false,
    text: (name: string) => `the value of \`${name}\` stands in the policy, which is not secret`,
    why: 'A policy is handed over by the host, so the host reads it. It protects values from change, not from being read.',
    fix: 'Release the secret to the container after attestation, and take it out of the environment.',
  },
  'mount-any-source': {
    severity: 'warning',
    opens: true,
    text: (example: string) => `accepts any directory of the sandbox as its source, for instance ${example}`,
    why:
      'Files of the platform and of other containers lie in the same ' +
      'directory: the host may mount one in the place of another.',
    fix: 'Name the directory: `sandbox:///tmp/atlas/emptydir/.+`.',
  },
  'mount-from-host': {
    severity: 'warning',
    opens: true,
    text: () => 'a share of the host: its contents are not measured, and the rest of the source is not looked at',
    why: 'Files on a plan9 share are the host’s, which can change them at any time. Behind `plan9://` any text fits.',
    fix: 'Copy what the program needs into the image, or verify it after reading.',
  },
  'mount-hides-program': {
    severity: 'warning',
    opens: true,
    text: (hidden: string) => `hides ${hidden}, which is then no longer what was measured`,
    why: 'Layers are measured, what is mounted over them is not. Here the mount lies over code that the container runs.',
    fix: 'Mount to a directory that holds data only.',
  },
  'capability-dangerous': {
    severity: 'warning',
    opens: true,
    text: (names: string) => `${names}: reaches beyond the container`,
    why:
      'With these capabilities a process can load kernel modules, mount, trace other processes ' +
      'or reach raw devices, and so reach every other container of the group.',
    fix: 'Leave them out; most programs need none of them.',
  },
  'user-any': {
    severity: 'info',
    opens: true,
    text: () => 'the host chooses the user, root included',
    why: 'With strategy `any` the user of the request is not looked at.',
    fix: 'Give the user of the image: `{"pattern": "1000", "strategy": "id"}`.',
  },
  'new-privileges-allowed': {
    severity: 'info',
    opens: true,
    text: () => 'processes may gain privileges, as by set-user-ID programs of the image',
    why: 'Without `no_new_privileges` the bit is accepted either way, and the host decides.',
    fix: 'Set `no_new_privileges` to true, and have the deployment ask for it.',
  },
  'no-seccomp': {
    severity: 'info',
    opens: true,
    text: () => 'no seccomp profile: every system call is open',
    why: 'The empty digest stands for no profile at all.',
    fix: 'Declare the digest of a profile, and deploy with that profile.',
  },
  'properties-allowed': {
    severity: 'info',
    opens: true,
    text: () => 'the host may ask for statistics of containers',
    why: 'Process lists, memory and CPU figures tell something about what a container works on.',
    fix: 'Set it to false if the platform does not need them.',
  },
  'dump-stacks-allowed': {
    severity: 'warning',
    opens: true,
    text: () => 'the host may read stack dumps of the guest',
    why: 'A debugging aid: stacks hold addresses, and may hold data.',
    fix: 'Set `allow_dump_stacks` to false; generate the policy without debug mode.',
  },
  'runtime-logging-allowed': {
    severity: 'warning',
    opens: true,
    text: () => 'the guest’s log goes to the host',
    why: 'A debugging aid: the log of the guest’s agent may name files, commands and variables.',
    fix: 'Set `allow_runtime_logging` to false; generate the policy without debug mode.',
  },
  'host-network-allowed': {
    severity: 'warning',
    opens: true,
    text: () => 'containers may share the network of the utility VM',
    why: 'Such a container reaches services of the guest that listen on local addresses only.',
    fix: 'Set `allow_host_network` to false.',
  },
  'env-dropping-allowed': {
    severity: 'info',
    opens: true,
    text: () => 'variables that no rule accepts are dropped, not refused',
    why: 'A request with a variable too many is allowed without it. A program may behave differently when a variable is missing.',
    fix: 'Mark variables that matter as `required`, or set it to false.',
  },
  'unencrypted-scratch-allowed': {
    severity: 'error',
    opens: true,
    text: () => 'scratch space may be unencrypted: the host reads and changes what containers write',
    why: 'Everything a container writes goes to a disk of the host.',
    fix: 'Set `allow_unencrypted_scratch` to false.',
  },
  'capability-dropping-allowed': {
    severity: 'info',
    opens: true,
    text: () => 'capabilities that are not declared are dropped, not refused',
    why: 'A request with capabilities too many is allowed without them. Nothing is gained by it, but nobody notices either.',
    fix: 'Set it to false once requests and policy agree.',
  },
  'log-provider-dropping-allowed': {
    severity: 'info',
    opens: true,
    text: () => 'log providers that are not listed are dropped, not refused',
    why: 'A request with providers too many is allowed without them.',
    fix: 'Set it to false once requests and policy agree.',
  },
  'infrastructure-fragment-missing': {
    severity: 'warning',
    opens: false,
    text: (feed: string) => `no rule for the platform’s own fragment, \`${feed}\``,
    why:
      'The policy is made for Azure Container Instances, whose own containers are ' +
      'declared by that fragment. Without a rule for it they cannot start.',
    fix: 'Generate the policy with its default fragments, or declare the containers of the platform.',
  },
  'fragment-issuer-not-x509': {
    severity: 'warning',
    opens: false,
    text: (issuer: string) => `${issuer} is no \`did:x509\`: no signed fragment can have this issuer`,
    why: 'The guest resolves the issuer of a fragment against its certificate chain, and knows only that method.',
    fix: 'Take the issuer from the signed fragment.',
  },
  'fragment-brings-processes': {
    severity: 'info',
    opens: true,
    text: () => 'whoever signs this fragment decides what may run in the utility VM itself',
    why: 'External processes of a fragment run outside of every container.',
    fix: 'Leave `external_processes` out of `includes` unless the fragment needs it.',
  },
  'regex-nested-repetition': {
    severity: 'info',
    opens: false,
    text: (part: string) => `\`${part}\` can divide a text in many ways: harmless here, exponential in engines that backtrack`,
    why:
      'The guest’s RE2 takes time in proportion to the text. Other tools that read policies ' +
      '(Python, Java, JavaScript, PCRE) backtrack, and such a pattern can hang them.',
    fix: 'Repeat once (`a+` says what `(a+)+` does), and let options and rounds have nothing in common (`([^,]*,)*`).',
  },
} as const satisfies Record<string, LintRow<never>>
