/**
 * Snapshots: what an agent saves before it stops, and whether what it brings back is whole.
 */
import type { FragmentModule } from './engine.js'
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
  const { metadata, defaultMounts, stdioAccess, fragments } = snapshot
  let isWhole = isJson(defaultMounts, 'array')
  isWhole &&= Object.values(metadata).every(({ type, text }) => isJson(text, type === 'map' ? 'object' : 'array'))
  isWhole &&= Object.values(stdioAccess).every((access) => typeof access === 'boolean')
  isWhole &&= fragments.every(({ key, namespace, text }) => [key, namespace, text].every((one) => typeof one === 'string'))
  if (!isWhole) throw new MetadataFault('metadata_apply', 'the snapshot is not whole')
}

/** Whether these are the same modules in the same order, so that a policy compiled with the one is compiled with the other. */
export function sameFragments(some: readonly FragmentModule[], others: readonly FragmentModule[]): boolean {
  const sameAs = ({ namespace, text }: FragmentModule, place: number): boolean =>
    namespace === others[place]?.namespace && text === others[place]?.text
  return some.length === others.length && some.every(sameAs)
}

function isJson(text: string, kind: 'object' | 'array'): boolean {
  try {
    JSON.parse(text)
    return kindOfText(text) === kind
  } catch {
    return false
  }
}
