/** Containers, processes, platform rules and fragments: what each leaves open. */
import { type JsonValue, isJsonObject } from '../../cce/json-value.js'
import { type JsonMembers, type PlacedObject, type PolicyFacts, placed } from '../../cce/warnings/facts.js'
import { show } from '../../cce/warnings/warning.js'
import { envRuleFindings } from './env-rules.js'
import { type RawFinding, find } from './finding.js'
import { mountFindings } from './mounts.js'
import { shellIn } from './shell.js'

export function* objectFindings(facts: PolicyFacts): Generator<RawFinding> {
  if (facts.age === 'ignored') return
  for (const container of facts.objects('containers')) yield* containerFindings(container)
  for (const process of facts.objects('external_processes')) yield* externalProcessFindings(process)
  for (const { where, object } of facts.objects('platform_rules')) {
    yield* envRuleFindings(object['env_rules'], where)
    yield* mountFindings(object['mounts'], where, {})
  }
  for (const fragment of facts.objects('fragments')) yield* fragmentFindings(fragment)
  yield* infrastructureFindings(facts)
}

function* containerFindings({ where, object }: PlacedObject): Generator<RawFinding> {
  const stdio = isOn(object['allow_stdio_access'])
  if (stdio) {
    yield find('stdio-access', `${where}.allow_stdio_access`)
    const shell = shellIn(object['command'])
    if (shell?.takes === 'input') yield find('shell-command', `${where}.command`, shell.name)
  }
  for (const process of placed(`${where}.exec_processes`, object['exec_processes'])) {
    const shell = shellIn(process.object['command'])
    if (shell?.takes === 'script') yield find('exec-shell-script', `${process.where}.command`, shell.name)
    else if (shell !== undefined && stdio) yield find('exec-shell', `${process.where}.command`, shell.name)
  }
  yield* envRuleFindings(object['env_rules'], where)
  yield* mountFindings(object['mounts'], where, object)
  if (!Object.hasOwn(object, 'mounted_cim')) yield* linuxFindings(object, where)
}

function* linuxFindings(object: JsonMembers, where: string): Generator<RawFinding> {
  if (object['allow_elevated'] === true) yield find('privileged-container', `${where}.allow_elevated`)
  else yield* capabilityFindings(object['capabilities'], `${where}.capabilities`)
  const user = object['user']
  if (isJsonObject(user) && isJsonObject(user['user_idname']) && user['user_idname']['strategy'] === 'any')
    yield find('user-any', `${where}.user.user_idname`)
  if (object['no_new_privileges'] === false) yield find('new-privileges-allowed', `${where}.no_new_privileges`)
  if (object['seccomp_profile_sha256'] === '') yield find('no-seccomp', `${where}.seccomp_profile_sha256`)
}

const DANGEROUS = [
  'CAP_SYS_ADMIN',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_PTRACE',
  'CAP_SYS_BOOT',
  'CAP_BPF',
  'CAP_PERFMON',
  'CAP_DAC_READ_SEARCH',
  'CAP_MAC_ADMIN',
  'CAP_NET_ADMIN',
]

/** What a process may have, in whichever of the sets. */
function* capabilityFindings(capabilities: JsonValue | undefined, where: string): Generator<RawFinding> {
  if (!isJsonObject(capabilities)) return
  const named = new Set(Object.values(capabilities).flatMap((set) => (Array.isArray(set) ? (set as readonly JsonValue[]) : [])))
  const found = DANGEROUS.filter((name) => named.has(name))
  if (found.length > 0) yield find('capability-dangerous', where, found.map((name) => `\`${name}\``).join(', '))
}

function* externalProcessFindings({ where, object }: PlacedObject): Generator<RawFinding> {
  const shell = shellIn(object['command'])
  if (shell?.takes === 'input' && isOn(object['allow_stdio_access'])) yield find('external-shell', `${where}.command`, shell.name)
  else yield find('external-process', where, show(object['command']))
  yield* envRuleFindings(object['env_rules'], where)
}

function* fragmentFindings({ where, object }: PlacedObject): Generator<RawFinding> {
  const { issuer, includes } = object
  if (typeof issuer === 'string' && !issuer.startsWith('did:x509:'))
    yield find('fragment-issuer-not-x509', `${where}.issuer`, show(issuer))
  if (Array.isArray(includes) && includes.includes('external_processes'))
    yield find('fragment-brings-processes', `${where}.includes`)
}

/** Feed under which Azure Container Instances publishes the declarations of its own containers. */
const INFRASTRUCTURE_FEED = 'mcr.microsoft.com/aci/aci-cc-infra-fragment'

/** Only policies that were made for that platform have to have it; its mounts betray them. */
function* infrastructureFindings(facts: PolicyFacts): Generator<RawFinding> {
  const isLiteral = !facts.defines('fragments') || facts.constants.get('fragments') !== undefined
  if (!isLiteral || facts.module.package.path.join('.') !== 'policy') return
  if (facts.objects('fragments').some(({ object }) => object['feed'] === INFRASTRUCTURE_FEED)) return
  const isForPlatform = facts
    .objects('containers')
    .some(({ object }) => placed('mounts', object['mounts']).some(({ object: mount }) => isPlatformSource(mount['source'])))
  if (isForPlatform) yield find('infrastructure-fragment-missing', 'fragments', INFRASTRUCTURE_FEED)
}

function isPlatformSource(source: JsonValue | undefined): boolean {
  return typeof source === 'string' && source.startsWith('sandbox:///tmp/atlas/')
}

/** Whether Rego takes a flag as set. */
function isOn(flag: JsonValue | undefined): boolean {
  return flag !== undefined && flag !== false
}
