/**
 * What a default rule may be.
 */
import type { Span } from '../../source/source.js'
import type { Head, Term } from '../ast.js'
import type { ParseState } from './state.js'

/** Reports what is wrong with a default rule; it is well formed otherwise. */
export function checkDefault(state: ParseState, head: Head, span: Span): void {
  // A name with one part behind it and no value is the old form of a set.
  const isSet = head.contains !== undefined || (head.value === undefined && head.args === undefined && head.path.length === 1)
  if (isSet) state.report('illegal-default', span, 'must have a value')
  const part = head.value === undefined ? undefined : findChangeable(head.value)
  if (part !== undefined) state.report('illegal-default', span, `value cannot contain ${part}`)
  const seen = new Set<string>()
  for (const arg of head.args ?? []) {
    const kind = nameOfKind(arg)
    if (kind !== 'var') return state.report('illegal-default', span, `arguments cannot contain ${kind}`)
    const { name } = arg as Extract<Term, { kind: 'var' }>
    if (name !== '_' && seen.has(name)) return state.report('illegal-default', span, `arguments cannot be repeated ${name}`)
    seen.add(name)
  }
}

/** Whether a term is written without variables, references, calls and comprehensions. */
export function isConstant(term: Term): boolean {
  switch (term.kind) {
    case 'array':
    case 'set':
      return term.items.every(isConstant)
    case 'object':
      return term.entries.every(({ key, value }) => isConstant(key) && isConstant(value))
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
      return true
    default:
      return false
  }
}

/** The first part of a term that is a variable, a reference or a call; the inside of comprehensions is free. */
function findChangeable(term: Term): string | undefined {
  switch (term.kind) {
    case 'var':
    case 'ref':
    case 'call':
    case 'infix':
    case 'member':
      return nameOfKind(term)
    case 'array':
    case 'set':
      return findFirst(term.items)
    case 'object':
      return findFirst(term.entries.flatMap(({ key, value }) => [key, value]))
    case 'template':
      return findFirst(
        term.parts.flatMap((part) =>
          part.kind === 'embedded' && part.literal.expr.kind === 'term' ? [part.literal.expr.term] : [],
        ),
      )
    default:
      return undefined
  }
}

function findFirst(terms: readonly Term[]): string | undefined {
  for (const term of terms) {
    const found = findChangeable(term)
    if (found !== undefined) return found
  }
  return undefined
}

function nameOfKind(term: Term): string {
  switch (term.kind) {
    case 'var':
      return term.name === 'input' || term.name === 'data' ? 'ref' : 'var'
    case 'infix':
    case 'member':
      return 'call'
    case 'template':
      return 'templatestring'
    case 'array-compr':
      return 'arraycomprehension'
    case 'set-compr':
      return 'setcomprehension'
    case 'object-compr':
      return 'objectcomprehension'
    default:
      return term.kind
  }
}
