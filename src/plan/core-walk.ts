/**
 * Every term and expression inside a body, without recursion: for those who ask what a body mentions, not what it means.
 */
import type { CoreBody, CoreExpr, CoreTerm, CoreWith } from '../check/core.js'

export interface CoreVisitor {
  term(term: CoreTerm): void
  /** A replacement by `with`. */
  replacement(replacement: CoreWith): void
}

type Waiting = { readonly term: CoreTerm } | { readonly expr: CoreExpr }

export function walkBody(body: CoreBody, visitor: CoreVisitor): void {
  walk(
    body.map((expr) => ({ expr })),
    visitor,
  )
}

export function walkTerm(term: CoreTerm, visitor: CoreVisitor): void {
  walk([{ term }], visitor)
}

function walk(waiting: Waiting[], visitor: CoreVisitor): void {
  const addBody = (body: CoreBody): void => {
    for (const expr of body) waiting.push({ expr })
  }
  const addTerms = (terms: readonly CoreTerm[]): void => {
    for (const term of terms) waiting.push({ term })
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('term' in next) {
      visitor.term(next.term)
      addParts(next.term, addTerms, addBody)
      continue
    }
    for (const replacement of next.expr.withs) {
      visitor.replacement(replacement)
      if (replacement.value.kind === 'value') addTerms([replacement.value.term])
    }
    addOperands(next.expr, addTerms, addBody)
  }
}

function addParts(term: CoreTerm, addTerms: (terms: readonly CoreTerm[]) => void, addBody: (body: CoreBody) => void): void {
  switch (term.kind) {
    case 'ref':
      if (term.head.kind === 'term') addTerms([term.head.term])
      return addTerms(term.path)
    case 'call':
      return addTerms(term.args)
    case 'array':
    case 'set':
      return addTerms(term.items)
    case 'object':
      for (const { key, value } of term.entries) addTerms([key, value])
      return
    case 'array-compr':
    case 'set-compr':
      addTerms([term.head])
      return addBody(term.body)
    case 'object-compr':
      addTerms([term.key, term.head])
      return addBody(term.body)
  }
}

function addOperands(expr: CoreExpr, addTerms: (terms: readonly CoreTerm[]) => void, addBody: (body: CoreBody) => void): void {
  switch (expr.kind) {
    case 'term':
      return addTerms([expr.term])
    case 'unify':
      return addTerms([expr.left, expr.right])
    case 'not':
      return addBody(expr.body)
    case 'every':
      addTerms([expr.domain])
      return addBody(expr.body)
    case 'logical':
      addBody(expr.left)
      return addBody(expr.right)
  }
}
