/**
 * Keeps syntax trees low enough for everyone who recurses over them.
 *
 * Nesting is limited while parsing. A chain such as `a + b + …` is parsed by a loop, but makes a tree as high as it is
 * long; its height is measured afterwards, and only where the nesting and the number of chain links together could
 * exceed the limit at all.
 */
import type { Rule } from '../ast.js'
import { type Node, childrenOf } from '../walk.js'
import type { ParseState } from './state.js'

/** Nodes that an author does not see as a level of their own. */
const FLAT: ReadonlySet<Node['kind']> = new Set(['rule', 'head', 'else', 'literal', 'with', 'term', 'operand-literal'])

/** Fails if the tree of the statement just parsed is too high. */
export function checkHeight(state: ParseState, statement: Rule | Node): void {
  if (state.deepest + state.growth <= state.maxDepth) return
  const waiting: { readonly node: Node; readonly height: number }[] = [{ node: statement, height: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const height = next.height + (FLAT.has(next.node.kind) ? 0 : 1)
    // A body and a leaf belong to the level they stand on, hence the two beyond the limit.
    if (height > state.maxDepth + 2) state.fail('too-deep', next.node.span, state.maxDepth)
    for (const node of childrenOf(next.node)) waiting.push({ node, height })
  }
}
