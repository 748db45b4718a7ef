/** Mount constraints: what the host may put where. */
import type { JsonValue } from '../../cce/json-value.js'
import { isJsonObject } from '../../cce/json-value.js'
import { type JsonMembers, placed } from '../../cce/warnings/facts.js'
import { shorten } from '../../cce/warnings/warning.js'
import { compilePattern } from '../regex/compile.js'
import { type RawFinding, find } from './finding.js'

/** Any directory stands for the sandbox's; what is tried lies right below it, and deeper. */
const DIRECTORY = '/run/gcs/c/probe/sandboxMounts'
const TRIED = ['/cce-probe', '/etc/hosts', '/tmp/a/b']
const SANDBOX = 'sandbox://'

/** Directories of programs and libraries, and the file that names libraries for every program. */
const CODE_PATHS = [
  '/bin',
  '/sbin',
  '/lib',
  '/lib64',
  '/usr',
  '/usr/bin',
  '/usr/sbin',
  '/usr/lib',
  '/usr/local',
  '/usr/local/bin',
  '/usr/local/lib',
  '/etc/ld.so.preload',
]

export function* mountFindings(mounts: JsonValue | undefined, owner: string, container: JsonMembers): Generator<RawFinding> {
  const programs = programsOf(container)
  for (const { where, object } of placed(`${owner}.mounts`, mounts)) {
    const { source, destination } = object
    if (typeof source === 'string') {
      if (source.startsWith('plan9://')) yield find('mount-from-host', `${where}.source`)
      const accepted = anySource(source)
      if (accepted !== undefined) yield find('mount-any-source', `${where}.source`, `\`${accepted}\``)
    }
    if (typeof destination !== 'string') continue
    const hidden = hiddenBy(destination.replace(/(?<=.)\/+$/, ''), programs)
    if (hidden !== undefined) yield find('mount-hides-program', `${where}.destination`, `\`${shorten(hidden)}\``)
  }
}

function anySource(source: string): string | undefined {
  if (!source.startsWith(SANDBOX)) return undefined
  const accepts = compilePattern(source.replaceAll(SANDBOX, () => DIRECTORY))
  return accepts !== undefined && TRIED.every((path) => accepts(`${DIRECTORY}${path}`)) ? `${SANDBOX}${TRIED[1]}` : undefined
}

function hiddenBy(destination: string, programs: readonly string[]): string | undefined {
  if (CODE_PATHS.includes(destination)) return destination
  const folder = destination === '/' ? '/' : `${destination}/`
  return programs.find((program) => program === destination || program.startsWith(folder))
}

/** Programs that the container runs, where the policy gives a whole path. */
function programsOf({ command, exec_processes: processes }: JsonMembers): readonly string[] {
  const commands = [command, ...(Array.isArray(processes) ? (processes as readonly JsonValue[]) : []).map(commandOf)]
  return commands.flatMap((one) => {
    const program = Array.isArray(one) ? (one as readonly JsonValue[])[0] : undefined
    return typeof program === 'string' && program.startsWith('/') ? [program] : []
  })
}

function commandOf(process: JsonValue): JsonValue | undefined {
  return isJsonObject(process) ? process['command'] : undefined
}
