/**
 * Generic iteration over the syntax tree, for rooms that look for something wherever it may stand.
 */
import type { Body, Else, Expr, Head, Literal, LogicalOperand, RefPart, Rule, Term, With } from './ast.js'

/** Everything below a module. */
export type Node = Rule | Head | Else | Body | Literal | With | Expr | LogicalOperand | Term

/** The direct children of a node, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'rule':
      return [node.head, ...node.bodies, ...node.elses]
    case 'head':
      return present([...termsOf(node.path), ...(node.args ?? []), node.contains, node.value])
    case 'else':
      return present([node.value, node.body])
    case 'body':
      return node.literals
    case 'literal':
      return [node.expr, ...node.withs]
    case 'with':
      return [node.target, node.value]
    case 'some-decl':
      return node.vars
    case 'some-in':
    case 'member':
      return present([node.key, node.value, node.collection])
    case 'every':
      return present([node.key, node.value, node.domain, node.body])
    case 'assign':
    case 'unify':
    case 'logical':
    case 'infix':
      return [node.left, node.right]
    case 'term':
      return [node.term]
    case 'body-expr':
    case 'operand-body':
      return [node.body]
    case 'operand-literal':
      return [node.literal]
    case 'ref':
      return [node.head, ...termsOf(node.path)]
    case 'call':
      return [node.operator, ...node.args]
    case 'array':
    case 'set':
      return node.items
    case 'object':
      return node.entries.flatMap(({ key, value }) => [key, value])
    case 'array-compr':
    case 'set-compr':
      return [node.head, node.body]
    case 'object-compr':
      return [node.key, node.head, node.body]
    case 'template':
      return node.parts.flatMap((part) => (part.kind === 'embedded' ? [part.literal] : []))
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
    case 'var':
      return []
  }
}

/** A node and everything below it, in the order of the text. Uses no call stack, however deep the tree is. */
export function* nodesOf(root: Node): Generator<Node, void> {
  const waiting: Node[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node
    const children = childrenOf(node)
    for (let index = children.length - 1; index >= 0; index--) waiting.push(children[index] as Node)
  }
}

function termsOf(path: readonly RefPart[]): readonly Term[] {
  return path.map((part) => part.term)
}

function present(nodes: readonly (Node | undefined)[]): readonly Node[] {
  return nodes.filter((node) => node !== undefined)
}
