/**
 * What OPA evaluates ahead of the term that it stands in, from left to right: references and comprehensions that are parts
 * of something. If one of them is undefined, nothing else in the term is evaluated; if one ends in a conflict, it does so
 * whatever the term would have been compared with.
 */
import type { CoreRef, CoreTerm } from '../check/core.js'
import type { Frame } from './frame.js'
import { isComputable, isOpen } from './openness.js'

/** Runs `plan` with the parts of these terms in place. */
export function withParts<Result>(frame: Frame, terms: readonly CoreTerm[], plan: () => Result): Result {
  const added: CoreTerm[] = []
  for (const term of terms) preparePartsOf(frame, term, added)
  const result = plan()
  // What was computed here is not known to be there elsewhere.
  for (const term of added) frame.prepared.delete(term)
  return result
}

function preparePartsOf(frame: Frame, term: CoreTerm, added: CoreTerm[]): void {
  if (frame.prepared.has(term)) return
  switch (term.kind) {
    case 'array':
    case 'set':
      note(frame, term, added)
      return term.items.forEach((item) => preparePart(frame, item, added))
    case 'object':
      note(frame, term, added)
      return term.entries.forEach(({ key, value }) => {
        preparePart(frame, key, added)
        preparePart(frame, value, added)
      })
    case 'ref':
      return term.path.forEach((key) => preparePart(frame, key, added))
  }
}

function preparePart(frame: Frame, term: CoreTerm, added: CoreTerm[]): void {
  switch (term.kind) {
    case 'ref':
      if (isGround(frame, term)) prepare(frame, term, added)
      return
    case 'array-compr':
    case 'set-compr':
    case 'object-compr':
      return prepare(frame, term, added)
    default:
      return preparePartsOf(frame, term, added)
  }
}

function prepare(frame: Frame, term: CoreTerm, added: CoreTerm[]): void {
  if (frame.prepared.has(term) || !isComputable(frame, term)) return
  const operand = frame.visit.term(frame, term)
  added.push(term)
  frame.prepared.set(term, operand)
}

/** A term that has been gone through, and has no value by itself yet. */
function note(frame: Frame, term: CoreTerm, added: CoreTerm[]): void {
  added.push(term)
  frame.prepared.set(term, undefined)
}

/** Whether looking the reference up binds nothing. */
function isGround(frame: Frame, { path }: CoreRef): boolean {
  return !path.some((key) => isOpen(frame, key))
}
