/**
 * Random policies, as documents and as text; and random fragments.
 */
import { POLICY_FLAGS } from '../../../src/cce/policy.js'
import { ENFORCEMENT_POINTS } from '../../../src/index.js'
import type { Random } from '../../support/random.js'
import * as declare from './declarations.js'
import { type Json, type Members, STRANGE, spoil } from './json.js'

export interface RandomPolicy {
  readonly os: declare.Os
  readonly documents: { readonly [name: string]: Json }
  /** Rules for points that are not the framework's: text, or nothing. */
  readonly ownRules: ReadonlyMap<string, string | undefined>
}

const VERSIONS: readonly Json[] = [
  '0.1.0',
  '0.2.0',
  '0.2.1',
  '0.2.2',
  '0.2.3',
  '0.3.0',
  '0.4.0',
  '0.4.1',
  '0.4.2',
  '0.5.0-rc1',
  '0.4.1-rc1',
  '0.2.2-a',
  'v0.4.1',
  '0.2.2+m',
]
const ODD_VERSIONS: readonly Json[] = [
  'v0.5.0',
  '0.5.0+m',
  '0.05.0',
  '0.6.0',
  '0.5',
  '0.5.1-rc1',
  null,
  5,
  '',
  '1.0.0',
  true,
  '0.5.0.0',
]
const API_VERSIONS: readonly Json[] = [
  '0.1.0',
  '0.5.0',
  '0.6.0',
  '0.8.0',
  '0.10.0',
  '0.11.0',
  '0.11.1',
  '0.12.0-rc1',
  '0.13.0',
  'v0.12.0',
  'x',
  null,
  12,
]

export function frameworkVersion(random: Random): Json {
  const kind = random.below(100)
  return kind < 60 ? '0.5.0' : random.one(kind < 95 ? VERSIONS : ODD_VERSIONS)
}

export const OWN_RULES = [
  '{"allowed": true}',
  '{"allowed": false}',
  '{}',
  '{"allowed": 1}',
  '[]',
  '{"env_list": null}',
  '{"allowed": true, "metadata": []}',
  '{"metadata": [{"name": "own", "action": "update", "key": "k", "value": 1}]}',
]

/** Rules of the policy's own are among `written`. */
export function randomPolicy(random: Random, written: readonly string[] = OWN_RULES): RandomPolicy {
  const os = random.chance(18) ? 'windows' : 'linux'
  const documents: { [name: string]: Json } = {}
  const define = (percent: number, name: string, make: () => Json): void => {
    if (!random.chance(percent)) return
    const value = make()
    documents[name] = random.chance(3) ? spoil(random, value) : random.chance(1) ? random.one(STRANGE) : value
  }
  const version = frameworkVersion(random)
  const apiVersion: Json = random.chance(95) ? '0.12.0' : random.one(API_VERSIONS)
  if (!random.chance(2)) documents[random.chance(4) ? 'framework_svn' : 'framework_version'] = version
  if (random.chance(2)) documents['framework_svn'] = random.chance(75) ? version : '0.4.1'
  if (!random.chance(2)) documents[random.chance(4) ? 'api_svn' : 'api_version'] = apiVersion
  if (random.chance(1)) documents['api_svn'] = random.chance(60) ? apiVersion : '0.10.0'
  define(95, 'containers', () => declare.containerFamily(random, os))
  define(60, 'external_processes', () => random.list(0, 3, () => declare.externalProcess(random)))
  define(60, 'fragments', () => random.list(1, 4, () => declare.fragmentRule(random)))
  define(20, 'platform_rules', () => random.list(0, 3, () => declare.platformRule(random)))
  define(35, 'transparency_trust_lists', () => random.list(0, 3, () => declare.trustList(random)))
  define(60, 'allowed_log_providers', () => random.some<Json>(['a', 'A', 'B', 'é', 'ß', 1], 40))
  for (const flag of POLICY_FLAGS)
    if (random.chance(70)) documents[flag] = random.chance(90) ? random.chance(50) : random.one<Json>([null, 0, 'no', [], {}])
  const ownRules = new Map<string, string | undefined>()
  if (random.chance(15))
    for (const point of random.some(ENFORCEMENT_POINTS, 10)) ownRules.set(point, random.chance(60) ? undefined : random.one(written))
  if (random.chance(4)) ownRules.set('reason', random.one([undefined, '{"errors": ["own"]}', '5']))
  return { os, documents, ownRules }
}

/** The policy as an author writes it. With `place`, its documents are read from there. */
export function textOf({ documents, ownRules }: RandomPolicy, place?: string): string {
  const lines = ['package policy', '']
  const names = place === undefined ? Object.keys(documents) : DOCUMENT_NAMES
  for (const name of names)
    lines.push(`${name} := ${place === undefined ? JSON.stringify(documents[name]) : `${place}.${name}`}`)
  for (const point of [...ENFORCEMENT_POINTS, 'reason']) {
    if (!ownRules.has(point)) lines.push(`${point} := data.framework.${point}`)
    else if (ownRules.get(point) !== undefined) lines.push(`${point} := ${ownRules.get(point)}`)
  }
  return `${lines.join('\n')}\n`
}

const DOCUMENT_NAMES = [
  'api_version',
  'api_svn',
  'framework_version',
  'framework_svn',
  'containers',
  'external_processes',
  'fragments',
  'platform_rules',
  'transparency_trust_lists',
  'allowed_log_providers',
  ...POLICY_FLAGS,
]

export interface RandomFragment {
  readonly issuer: string
  readonly feed: string
  readonly namespace: string
  readonly module: string
  readonly headerSvn: number | bigint | null
}

export function randomFragment(random: Random, os: declare.Os): RandomFragment {
  const [issuer, feed] = [random.one(declare.ISSUERS), random.one(declare.FEEDS)]
  const namespace = `n_${issuer}_${feed}`
  const lines = [`package ${namespace}`, '']
  const define = (percent: number, name: string, make: () => Json): void => {
    if (!random.chance(percent)) return
    const value = make()
    const text = JSON.stringify(random.chance(3) ? spoil(random, value) : random.chance(1) ? random.one(STRANGE) : value)
    lines.push(
      `${name} := ${random.chance(20) ? text.replaceAll(/"working_dir":"[^"]*"/g, '"working_dir":parameter("dir")') : text}`,
    )
  }
  const version = frameworkVersion(random)
  define(90, 'svn', () => (random.chance(60) ? '2' : random.one(declare.SVNS)))
  if (random.chance(97)) lines.push(`${random.chance(5) ? 'framework_svn' : 'framework_version'} := ${JSON.stringify(version)}`)
  if (random.chance(2)) lines.push(`framework_svn := ${JSON.stringify(random.chance(50) ? version : '0.4.1')}`)
  define(80, 'containers', () => declare.containerFamily(random, os))
  define(40, 'fragments', () => random.list(1, 2, () => declare.fragmentRule(random)))
  define(30, 'external_processes', () => random.list(1, 2, () => declare.externalProcess(random)))
  define(15, 'platform_rules', () => random.list(0, 2, () => declare.platformRule(random)))
  define(15, 'transparency_trust_lists', () => [declare.trustList(random)])
  if (random.chance(60)) lines.push('parameters_api := {"dir": {"default": "/w"}, "flag": {}}')
  const headerSvn = random.chance(60) ? null : random.one([0, 1, 2, 3, 10, -1, 2n ** 63n])
  return { issuer, feed, namespace, module: `${lines.join('\n').replaceAll(/(framework_svn := .*)\n\1/g, '$1')}\n`, headerSvn }
}

export type { Members }
