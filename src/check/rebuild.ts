/**
 * Rebuilding terms: a change somewhere inside makes new nodes on the way to it, and only there.
 */
import type { CoreTerm } from './core.js'

type MapTerm = (term: CoreTerm) => CoreTerm

/** The term with its direct parts mapped; bodies of comprehensions are left alone. */
export function mapParts(term: CoreTerm, map: MapTerm): CoreTerm {
  switch (term.kind) {
    case 'ref': {
      const head = term.head.kind === 'term' ? mapHead(term.head, map) : term.head
      const path = mapAll(term.path, map)
      return head === term.head && path === term.path ? term : { ...term, head, path }
    }
    case 'call': {
      const args = mapAll(term.args, map)
      return args === term.args ? term : { ...term, args }
    }
    case 'array':
    case 'set': {
      const items = mapAll(term.items, map)
      return items === term.items ? term : { ...term, items }
    }
    case 'object': {
      const keys = term.entries.map((entry) => entry.key)
      const values = term.entries.map((entry) => entry.value)
      const newKeys = mapAll(keys, map)
      const newValues = mapAll(values, map)
      if (newKeys === keys && newValues === values) return term
      return { ...term, entries: newKeys.map((key, at) => ({ key, value: newValues[at] as CoreTerm })) }
    }
    default:
      return term
  }
}

function mapHead(head: { readonly kind: 'term'; readonly term: CoreTerm }, map: MapTerm) {
  const term = map(head.term)
  return term === head.term ? head : { kind: 'term' as const, term }
}

function mapAll(terms: readonly CoreTerm[], map: MapTerm): readonly CoreTerm[] {
  let changed: CoreTerm[] | undefined
  for (const [at, term] of terms.entries()) {
    const mapped = map(term)
    if (mapped !== term) changed ??= terms.slice(0, at)
    changed?.push(mapped)
  }
  return changed ?? terms
}
