/** Package, versions and reason: what a policy has to state for anything else to count. */
import { isVersion, compareVersions } from '../version.js'
import { API_VERSION, FRAMEWORK_VERSION } from './api-table.js'
import type { PolicyFacts } from './facts.js'
import { type PolicyWarning, show, warn } from './warning.js'

/** Lists that are read in the shape of the framework version. */
const OBJECT_LISTS = ['containers', 'external_processes', 'fragments', 'platform_rules'] as const

export function* versionWarnings(facts: PolicyFacts): Generator<PolicyWarning> {
  const found = facts.module.package.path.join('.')
  if (found !== 'policy') {
    yield warn('package-is-not-policy', 'package', found)
    return
  }
  yield* apiVersionWarnings(facts)
  yield* frameworkVersionWarnings(facts)
  if (!facts.defines('reason')) yield warn('reason-missing', 'reason')
}

function* apiVersionWarnings(facts: PolicyFacts): Generator<PolicyWarning> {
  yield* twice(facts, 'api_version', 'api_svn')
  const name = facts.defines('api_version') ? 'api_version' : 'api_svn'
  const version = facts.constants.get(name)
  if (!facts.defines(name) || version === null) yield warn('api-version-missing', 'api_version')
  else if (version !== undefined && !isVersion(version)) yield warn('api-version-invalid', name, show(version))
  else if ((compareVersions(version, API_VERSION) ?? 0) > 0) yield warn('api-version-ahead', name, show(version), API_VERSION)
}

function* frameworkVersionWarnings(facts: PolicyFacts): Generator<PolicyWarning> {
  yield* twice(facts, 'framework_version', 'framework_svn')
  if (!OBJECT_LISTS.some((name) => facts.defines(name))) return
  const name = facts.defines('framework_version') ? 'framework_version' : 'framework_svn'
  const version = facts.frameworkVersion
  if (!facts.defines(name) || version === null) yield warn('framework-version-missing', 'framework_version')
  else if (version !== undefined && !isVersion(version)) yield warn('framework-version-invalid', name, show(version))
  else if ((compareVersions(version, FRAMEWORK_VERSION) ?? 0) > 0)
    yield warn('framework-version-ahead', name, show(version), FRAMEWORK_VERSION)
}

function* twice(facts: PolicyFacts, name: string, old: string): Generator<PolicyWarning> {
  const [value, oldValue] = [facts.constants.get(name), facts.constants.get(old)]
  if (value !== undefined && oldValue !== undefined && value !== oldValue) yield warn('version-named-twice', name, name, old)
}
