/**
 * Snapshots: what an agent saves before it stops, and whether what it brings back is whole.
 */
import type { FragmentModule } from './engine.js'
import { FragmentNamespaceFault, fragmentNamespace } from './fragment.js'
import { kindOfText } from './json-text.js'
import { MetadataFault } from './metadata.js'
import type { SavedMetadata } from './metadata-store.js'

/** Everything an enforcer remembers, as JSON: for an agent that restarts. */
export interface EnforcerSnapshot {
  readonly version: 1
  readonly policyDigest: string
  readonly metadata: SavedMetadata
  readonly defaultMounts: string
  readonly stdioAccess: Readonly<Record<string, boolean>>
  readonly fragments: readonly { readonly key: string; readonly namespace: string; readonly text: string }[]
}

/** Texts in a snapshot are cut later, without being parsed. @throws MetadataFault if one is not what it has to be */
export function checkSnapshot(snapshot: EnforcerSnapshot): void {
  if (!isWhole(snapshot)) throw new MetadataFault('metadata_apply', 'the snapshot is not whole')
}

/** Whether these are the same modules in the same order, so that a policy compiled with the one is compiled with the other. */
export function sameFragments(some: readonly FragmentModule[], others: readonly FragmentModule[]): boolean {
  const sameAs = ({ namespace, text }: FragmentModule, place: number): boolean =>
    namespace === others[place]?.namespace && text === others[place]?.text
  return some.length === others.length && some.every(sameAs)
}

/** What was saved and brought back may be anything. */
function isWhole(snapshot: unknown): boolean {
  if (!isRecord(snapshot) || !isJson(snapshot.defaultMounts, 'array')) return false
  const { metadata, stdioAccess, fragments } = snapshot
  if (!isRecord(metadata) || !isRecord(stdioAccess) || !Array.isArray(fragments)) return false
  const areTables = Object.values(metadata).every(
    (table) =>
      isRecord(table) &&
      (table.type === 'map' ? isJson(table.text, 'object') : table.type === 'set' && isJson(table.text, 'array')),
  )
  const areFragments = fragments.every(
    (one: unknown) => isRecord(one) && typeof one.key === 'string' && isFragment(one.namespace, one.text),
  )
  return areTables && areFragments && Object.values(stdioAccess).every((access) => typeof access === 'boolean')
}

/** Whether a text is a fragment of the namespace that it is kept under. */
function isFragment(namespace: unknown, text: unknown): boolean {
  if (typeof text !== 'string') return false
  try {
    return fragmentNamespace(text) === namespace
  } catch (error) {
    if (error instanceof FragmentNamespaceFault) return false
    throw error
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isJson(text: unknown, kind: 'object' | 'array'): boolean {
  if (typeof text !== 'string') return false
  try {
    JSON.parse(text)
    return kindOfText(text) === kind
  } catch {
    return false
  }
}
