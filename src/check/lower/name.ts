/**
 * What a bare name means: a variable, a document, an import, a rule of the package.
 */
import type { Span } from '../../source/source.js'
import type { VarTerm } from '../../syntax/ast.js'
import type { CoreLocal } from '../core.js'
import type { Lowering } from './lowering.js'

export type Meaning =
  | { readonly kind: 'local'; readonly local: CoreLocal }
  /** From `input` or `data` (the first part) on. */
  | { readonly kind: 'document'; readonly path: readonly string[] }

/** What `name` refers to if it is no local: a path that begins with `input` or `data`. */
export function globalPath(name: string, at: Lowering): readonly string[] | undefined {
  if (name === 'input' || name === 'data') return [name]
  if (at.scope.hidesGlobal(name)) return undefined
  const alias = at.names?.aliases.get(name)
  if (alias !== undefined) {
    alias.used = true
    return alias.path
  }
  if (at.names?.ruleNames.has(name) === true) return ['data', ...at.names.module.package.path, name]
  return undefined
}

/** Resolve a name in a place where a value is read or bound. */
export function resolveName({ name, span }: VarTerm, at: Lowering): Meaning {
  if (name === '_') return { kind: 'local', local: at.cx.locals.create('_', 'wildcard', at.scope.depth, span) }
  const binding = at.scope.use(name)
  if (binding !== undefined) return { kind: 'local', local: { ...binding.local, span } }
  const path = at.scope.isDeclared(name) ? undefined : globalPath(name, at)
  if (path !== undefined) return { kind: 'document', path }
  const ahead = at.scope.findAhead(name, span, at.cx)
  if (ahead !== undefined) return { kind: 'local', local: { ...ahead, span } }
  at.scope.addImplicit(name, span, at.cx)
  return resolveName({ kind: 'var', name, span }, at)
}

/**
 * Create the undeclared variables of a scope as it opens: a body inside that comes before their first use has to find
 * them.
 */
export function addImplicits(visitNames: (visit: (name: string, span: Span) => void) => void, at: Lowering): void {
  visitNames((name, span) => {
    at.scope.mentions.add(name)
    if (name === '_' || at.scope.find(name) !== undefined || at.scope.taken.declares.has(name)) return
    if (!at.scope.isDeclared(name) && isGlobal(name, at)) return
    if (at.scope.findAhead(name, span, at.cx) !== undefined) return
    at.scope.addImplicit(name, span, at.cx)
  })
}

/**
 * Take the undeclared variables of a scope that are called like builtins for these: in comprehensions and queries `max` is a
 * function, as far as types are concerned, and equals nothing.
 */
export function noteNamesakes({ scope, cx }: Lowering): void {
  for (const [name, { local, origin }] of scope.bindings()) {
    if (origin === 'implicit' && cx.builtin(name) !== undefined) cx.namesakes.set(local.id, name)
  }
}

/** Whether a name that is no local means something all the same. */
export function isGlobal(name: string, at: Lowering): boolean {
  if (name === 'input' || name === 'data') return true
  return !at.scope.hidesGlobal(name) && (at.names?.aliases.has(name) === true || at.names?.ruleNames.has(name) === true)
}
