/**
 * Conflicts that show in the heads of rules.
 *
 * Definitions meet in a tree by the ground prefix of their heads. Those at one place must be of one kind, and a place
 * that is one value, one set or a function has nothing below it.
 */
import { locate } from '../source/source.js'
import type { CheckContext } from './context.js'
import { type Definition, type RuleIndex, type RuleNode, isDynamic, refText, walkNodes } from './definitions.js'
import { pathText } from './names.js'

export function reportConflicts(definitions: readonly Definition[], index: RuleIndex, cx: CheckContext): void {
  for (const definition of definitions) reportShadowedRoot(definition, cx)
  for (const node of walkNodes(index.root)) reportNode(node, cx)
}

function reportNode({ definitions, children, packages }: RuleNode, cx: CheckContext): void {
  const [first] = definitions
  if (first === undefined) return
  if (packages.length > 0 && !isDynamic(first) && first.shape !== 'function') reportPackage(first, cx)
  const defaults = definitions.filter(({ rule }) => rule.default)
  if (defaults.length > 1) {
    cx.refuse('multiple-defaults', defaults[0]?.span, refText(first), defaults.map((one) => placeText(one)))
  }
  const odd = definitions.find((one) => kindOf(one) !== kindOf(first))
  if (odd !== undefined) cx.refuse('conflicting-rules', first.span, refText(odd))
  const isClosed = !isDynamic(first)
  const below = children.size === 0 ? [] : definitionsBelow(children.values(), isClosed)
  const clashing = isClosed ? below : below.filter((one) => one.shape === 'function')
  if (clashing.length > 0) {
    const others = clashing.map((one) => `rule ${refText(one)} at ${placeText(one)}`).sort()
    cx.refuse('rule-below-rule', first.span, refText(first), others)
  }
}

/** Definitions nearest below; those below another rule are that rule's affair. */
function definitionsBelow(children: Iterable<RuleNode>, onlyNearest: boolean): readonly Definition[] {
  const found: Definition[] = []
  const open = [...children]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const [first] = place.definitions
    if (first !== undefined) found.push(first)
    if (first === undefined || !onlyNearest) for (const child of place.children.values()) open.push(child)
  }
  return found
}

/** Definitions of one place agree in this. */
function kindOf(definition: Definition): string {
  const { shape, rule } = definition
  return `${shape} ${isDynamic(definition)} ${shape === 'function' ? rule.head.args?.length : ''}`
}

function placeText({ span }: Definition): string {
  const { file, row } = locate(span)
  return `${file}:${row}`
}

function reportShadowedRoot({ rule, names }: Definition, cx: CheckContext): void {
  const { name } = rule.head
  if ((name !== 'input' && name !== 'data') || !cx.isStrictFor(names.module.version)) return
  cx.refuse('shadows-root', rule.span, 'rules', name, 'rule')
}

/** A package may not have the path of a rule, unless the rule is a function or has variables in its head. */
function reportPackage(definition: Definition, cx: CheckContext): void {
  const { path, names } = definition
  const { package: from } = names.module
  cx.refuse('package-conflict', from.span, pathText(path), pathText(path.slice(from.path.length)), placeText(definition))
}
