/**
 * Conflicts that show in the heads of rules.
 *
 * Definitions meet in a tree by the ground prefix of their heads. Those at one place must be of one kind, and a place
 * that is one value, one set or a function has nothing below it.
 */
import { locate } from '../source/source.js'
import type { Term } from '../syntax/ast.js'
import type { CheckContext } from './context.js'
import type { Definition, RuleIndex } from './definitions.js'
import { pathText, spanText } from './names.js'

interface Place {
  readonly children: Map<string, Place>
  readonly definitions: Definition[]
}

export function reportConflicts(definitions: readonly Definition[], index: RuleIndex, cx: CheckContext): void {
  const root: Place = { children: new Map(), definitions: [] }
  for (const definition of definitions) {
    reportShadowedRoot(definition, cx)
    placeOf(definition, root).definitions.push(definition)
  }
  visit(root, cx)
  reportPackages(definitions, index, cx)
}

function placeOf({ path, keys }: Definition, root: Place): Place {
  let place = root
  for (const key of [...path.map((part) => JSON.stringify(part)), ...groundKeys(keys)]) {
    let next = place.children.get(key)
    if (next === undefined) place.children.set(key, (next = { children: new Map(), definitions: [] }))
    place = next
  }
  return place
}

/** Scalar keys up to the first one that is none. */
function groundKeys(keys: readonly Term[]): readonly string[] {
  const end = keys.findIndex(({ kind }) => kind !== 'string' && kind !== 'number' && kind !== 'boolean' && kind !== 'null')
  return keys.slice(0, end === -1 ? keys.length : end).map(keyText)
}

function keyText(key: Term): string {
  return key.kind === 'string' ? JSON.stringify(key.value) : spanText(key.span)
}

/** Parents before children, without recursion: a path may be long. */
function visit(root: Place, cx: CheckContext): void {
  const open = [root]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    reportPlace(place, cx)
    open.push(...[...place.children.values()].reverse())
  }
}

function reportPlace({ definitions, children }: Place, cx: CheckContext): void {
  const [first] = definitions
  if (first === undefined) return
  const defaults = definitions.filter(({ rule }) => rule.default)
  if (defaults.length > 1) {
    cx.report('multiple-defaults', defaults[0]?.span, refText(first), defaults.map((one) => placeText(one)))
  }
  const odd = definitions.find((one) => kindOf(one) !== kindOf(first))
  if (odd !== undefined) cx.report('conflicting-rules', first.span, refText(odd))
  const isClosed = !isDynamic(first)
  const below = children.size === 0 ? [] : definitionsBelow(children.values(), isClosed)
  const clashing = isClosed ? below : below.filter((one) => one.shape === 'function')
  if (odd === undefined && clashing.length > 0) {
    cx.report('rule-below-rule', first.span, refText(first), clashing.map((one) => `rule ${refText(one)} at ${placeText(one)}`).sort())
  }
}

/** Definitions nearest below; those below another rule are that rule's affair. */
function definitionsBelow(children: Iterable<Place>, onlyNearest: boolean): readonly Definition[] {
  const found: Definition[] = []
  const open = [...children]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const [first] = place.definitions
    if (first !== undefined) found.push(first)
    if (first === undefined || !onlyNearest) open.push(...place.children.values())
  }
  return found
}

/** Whether the head goes on with variables: then the place holds an object that other rules may add to. */
function isDynamic({ keys }: Definition): boolean {
  return groundKeys(keys).length < keys.length
}

/** Definitions of one place agree in this. */
function kindOf(definition: Definition): string {
  const { shape, rule } = definition
  return `${shape} ${isDynamic(definition)} ${shape === 'function' ? rule.head.args?.length : ''}`
}

function refText({ path, keys }: Definition): string {
  return pathText(['data', ...path]) + keys.map((key) => `[${keyText(key)}]`).join('')
}

function placeText({ span }: Definition): string {
  const { file, row } = locate(span)
  return `${file}:${row}`
}

function reportShadowedRoot({ rule, names }: Definition, cx: CheckContext): void {
  const { name } = rule.head
  if (names.module.version === 'v1' && (name === 'input' || name === 'data')) cx.report('shadows-root', rule.span, 'rules', name, 'rule')
}

/** A package may not have the path of a rule, unless the rule is a function or has variables in its head. */
function reportPackages(definitions: readonly Definition[], index: RuleIndex, cx: CheckContext): void {
  const told = new Set<string>()
  for (const definition of definitions) {
    const { path, keys, shape, names } = definition
    const packages = index.find(path)?.packages ?? []
    const key = pathText(path)
    if (packages.length === 0 || keys.length > 0 || shape === 'function' || told.has(key)) continue
    told.add(key)
    const rulePath = pathText(path.slice(names.module.package.path.length))
    cx.report('package-conflict', names.module.package.span, key, rulePath, placeText(definition))
  }
}
