/**
 * References into `data`, where base documents and the documents of rules lie over one another (rego-language 11).
 *
 * The keys are followed down the tree of rules for as long as they are known. Then either a rule is reached, and the rest
 * is looked up in its document; or rules are left behind, and the rest is looked up in base documents; or the path ends at
 * a package, whose whole document is wanted; or a key is not known that may lead to several of these: a branch for each.
 */
import type { CoreTerm } from '../check/core.js'
import type { IrLocal, IrOperand } from '../ir/plan.js'
import { equalValues } from '../value/compare.js'
import { RegoObject, RegoSet, type RegoValue } from '../value/value.js'
import { lookUpBase } from './base-lookup.js'
import { callTicket } from './call.js'
import { planConstant } from './constant.js'
import { isHidden } from './environment.js'
import { isFixedKey } from './fixed-part.js'
import { type Frame, closedBlock, firstOf, inLocal, local, text } from './frame.js'
import { maxKeyCount } from './keyed-rule.js'
import { lookUp, scanFor } from './lookup.js'
import { isOpen } from './openness.js'
import { DATA } from './program.js'
import type { PlannedRule, RuleNode } from './rule-trie.js'
import { createTuples } from './tuples.js'

/** A key as written; with its operand once it has been computed. */
interface Key {
  readonly term: CoreTerm
  readonly operand?: IrOperand
}

export function planDataRef(frame: Frame, path: readonly CoreTerm[]): IrOperand {
  return follow(frame, frame.program.root, [], path.map((term) => ({ term })))
}

/** What `keys` lead to from `node`, which lies at `passed`. */
function follow(frame: Frame, from: RuleNode, passed: readonly string[], keys: readonly Key[]): IrOperand {
  const names = [...passed]
  let node = from
  let at = 0
  for (; at < keys.length && node.rule === undefined && !isHidden(frame.environment, node); at++) {
    const { term } = keys[at] as Key
    if (term.kind !== 'const') return planBranches(frame, node, names, keys.slice(at))
    const child = typeof term.value === 'string' ? node.children.get(term.value) : undefined
    if (child === undefined) return inBase(frame, names, keys.slice(at))
    names.push(child.name)
    node = child
  }
  const rest = keys.slice(at)
  if (isHidden(frame.environment, node) || node.rule?.kind === 'function') return inBase(frame, names, rest)
  const fixed = frame.program.baseNames?.has(names[0] ?? '') === false ? [] : fixedKeysOf(node.rule)
  return fixed.length === 0 ? inRules(frame, node, rest) : amongBase(frame, node, names, rest, fixed)
}

/** What `keys` lead to in the document of the rules at or below a node. */
function inRules(frame: Frame, node: RuleNode, rest: readonly Key[]): IrOperand {
  // Keys are computed first: if one is undefined, the rule is not evaluated.
  const ready = computeLeading(frame, rest)
  const known = operandsOf(ready).slice(0, node.rule === undefined ? 0 : maxKeyCount(node.rule))
  const document = callTicket(frame, frame.program.functionOf(node, frame.environment, known.length), known)
  return inRule(frame, document, ready.slice(known.length))
}

/**
 * The first keys of a rule whose heads all begin with plain constants, as `p[1] := …`. Such a rule is no obstacle to base
 * documents of its name: like a package it lies among them.
 */
function fixedKeysOf(rule: PlannedRule | undefined): readonly RegoValue[] {
  if (rule?.kind !== 'object') return []
  const first = [...rule.entries, ...rule.defaults].map(({ keys }) => keys[0])
  const constants = first.flatMap((key) => (key?.kind === 'const' && isFixedKey(key) ? [key.value] : []))
  return constants.length === first.length ? constants : []
}

/** What such a rule, and base documents of its name, have under the keys. */
function amongBase(
  frame: Frame,
  node: RuleNode,
  names: readonly string[],
  rest: readonly Key[],
  fixed: readonly RegoValue[],
): IrOperand {
  const [key] = rest
  if (key === undefined) return overBase(frame, node, names)
  if (key.term.kind !== 'const') return besideBase(frame, node, names, rest, fixed)
  const { value } = key.term
  return fixed.some((one) => equalValues(one, value)) ? inRules(frame, node, rest) : inBase(frame, names, rest)
}

/** The whole document, with base documents over it. */
function overBase(frame: Frame, node: RuleNode, names: readonly string[]): IrOperand {
  const { out } = frame
  const merged = (): IrOperand => {
    const base = inLocal(frame, basePrefix(frame, names))
    out.emit('IsObjectStmt', { source: local(base) })
    const target = out.fresh()
    out.emit('ObjectMergeStmt', { a: base, b: inLocal(frame, inRules(frame, node, [])), target })
    return local(target)
  }
  return local(firstOf(frame, [merged, () => basePrefix(frame, names), () => inRules(frame, node, [])]))
}

/** Under a key that is not known yet, either in base documents or in the rules' own. */
function besideBase(
  frame: Frame,
  node: RuleNode,
  names: readonly string[],
  keys: readonly Key[],
  fixed: readonly RegoValue[],
): IrOperand {
  const [key, ...rest] = computeLeading(frame, keys) as readonly [Key, ...Key[]]
  const inOthers = (): IrOperand => {
    const source = basePrefix(frame, names)
    if (key.operand !== undefined) {
      excludeKeys(frame, fixed, key.operand)
      return inBaseValue(frame, lookUpBase(frame, source, key.operand, key.term), rest)
    }
    const entry = frame.out.scan(inLocal(frame, source))
    excludeKeys(frame, fixed, local(entry.key))
    frame.visit.match(frame, key.term, local(entry.key))
    return inBaseValue(frame, local(entry.value), rest)
  }
  const branches = [inOthers, () => inRules(frame, node, [key, ...rest])]
  return [key, ...rest].every(({ operand }) => operand !== undefined) ? takeOne(frame, branches) : takeAll(frame, branches)
}

/** Values of the leading keys, up to the first one that is a pattern. */
function operandsOf(keys: readonly Key[]): readonly IrOperand[] {
  const operands: IrOperand[] = []
  for (const { operand } of keys) {
    if (operand === undefined) break
    operands.push(operand)
  }
  return operands
}

/** Goes on in the document of a rule, which is a value like any other. */
function inRule(frame: Frame, document: IrOperand, keys: readonly Key[]): IrOperand {
  return keys.reduce((value, key) => {
    const operand = compute(frame, key)
    return operand === undefined ? scanFor(frame, value, key.term) : lookUp(frame, value, operand)
  }, document)
}

/** Goes on in base documents. */
function inBase(frame: Frame, names: readonly string[], keys: readonly Key[]): IrOperand {
  if (isNeverThere(frame, names, keys)) return inBaseValue(frame, planConstant(frame, RegoObject.of([])), keys)
  const value = inBaseValue(frame, basePrefix(frame, names), keys)
  if (value.type !== 'local' || value.value !== DATA) return value
  // A copy, because local 1 holds something else under `with`.
  const target = frame.out.fresh()
  frame.out.emit('AssignVarStmt', { source: value, target })
  return local(target)
}

/**
 * Whether no base document has the name that a path begins with. The keys are still computed, and looked up in an empty
 * document, for they may bind variables or fail.
 */
function isNeverThere(frame: Frame, names: readonly string[], keys: readonly Key[]): boolean {
  const first = names[0] ?? keys[0]?.term
  const name = typeof first === 'object' && first.kind === 'const' ? first.value : first
  return keys.length > 0 && typeof name === 'string' && frame.program.baseNames?.has(name) === false
}

function inBaseValue(frame: Frame, document: IrOperand, keys: readonly Key[]): IrOperand {
  return keys.reduce((value, key) => {
    const operand = compute(frame, key)
    return operand === undefined ? scanFor(frame, value, key.term) : lookUpBase(frame, value, operand, key.term)
  }, document)
}

function basePrefix(frame: Frame, names: readonly string[]): IrOperand {
  return names.reduce((value, name) => lookUp(frame, value, text(frame, name)), local(DATA))
}

/** The value of a key, or undefined if it is a pattern that every key is to be matched with. */
function compute(frame: Frame, key: Key): IrOperand | undefined {
  if (key.operand !== undefined) return key.operand
  return isOpen(frame, key.term) ? undefined : frame.visit.term(frame, key.term)
}

/**
 * The first key is not a known string and `node` has rules below it: what it leads to may lie in base documents or below
 * any of the names that rules are known under.
 */
function planBranches(frame: Frame, node: RuleNode, passed: readonly string[], keys: readonly Key[]): IrOperand {
  const ready = computeLeading(frame, keys)
  const fork: Fork = {
    passed,
    key: ready[0] as Key,
    rest: ready.slice(1),
    children: [...node.children.values()].filter((child) => isVisible(frame, child)),
  }
  if (fork.children.length === 0) return inBaseValue(frame, basePrefix(frame, passed), ready)
  if (fork.key.operand === undefined) return takeEachKey(frame, fork)
  return takeKey(frame, fork, fork.key.operand, (source, key) => lookUpBase(frame, source, key, fork.key.term))
}

/** A place where a path may go on in base documents or below any of several names. */
interface Fork {
  readonly passed: readonly string[]
  readonly key: Key
  readonly rest: readonly Key[]
  readonly children: readonly RuleNode[]
}

/** Computes the keys in front of the first one that is a pattern; later ones may need what it binds. */
function computeLeading(frame: Frame, keys: readonly Key[]): readonly Key[] {
  const open = keys.findIndex(({ term, operand }) => operand === undefined && isOpen(frame, term))
  const leading = open === -1 ? keys : keys.slice(0, open)
  const computed = leading.map((key) => ({ ...key, operand: key.operand ?? frame.visit.term(frame, key.term) }))
  return [...computed, ...keys.slice(leading.length)]
}

/** Functions are no part of a document, and what is hidden is read from the base document. */
function isVisible(frame: Frame, node: RuleNode): boolean {
  return node.rule?.kind !== 'function' && !isHidden(frame.environment, node)
}

/** The key is known, so only one of the branches can have values: base documents, where no rule is known under it, or a name. */
function takeKey(frame: Frame, fork: Fork, key: IrOperand, lookUpIn: (base: IrOperand, key: IrOperand) => IrOperand): IrOperand {
  const { passed, rest, children } = fork
  const inOthers = (): IrOperand => {
    const source = basePrefix(frame, passed)
    if (children.length > 0) excludeKeys(frame, children.map(({ name }) => name), key)
    return inBaseValue(frame, lookUpIn(source, key), rest)
  }
  const below = (child: RuleNode): IrOperand => {
    frame.out.emit('EqualStmt', { a: text(frame, child.name), b: key })
    return follow(frame, child, [...passed, child.name], rest)
  }
  const branches = [inOthers, ...children.map((child) => () => below(child))]
  return rest.every(({ operand }) => operand !== undefined) ? takeOne(frame, branches) : takeAll(frame, branches)
}

function excludeKeys(frame: Frame, keys: readonly RegoValue[], key: IrOperand): void {
  const excluded = planConstant(frame, RegoSet.of(keys))
  const block = closedBlock(frame, () => lookUp(frame, excluded, key))
  frame.out.emit('NotStmt', { block })
}

/** All keys are known, so at most one branch has a value, and one value at that. */
function takeOne(frame: Frame, branches: readonly (() => IrOperand)[]): IrOperand {
  return local(firstOf(frame, branches))
}

/** What follows must be planned only once, so the branches gather their solutions and one scan goes over them. */
function takeAll(frame: Frame, branches: readonly (() => IrOperand)[]): IrOperand {
  const tuples = createTuples(frame)
  const array = tuples.make()
  const blocks = branches.map((branch) => closedBlock(frame, () => tuples.add(array, branch())))
  frame.out.emit('BlockStmt', { blocks })
  return tuples.scan(array)[0] as IrOperand
}

/**
 * The key is a pattern. Keys of base documents come first, in their order, even those with rules below them; then the names that
 * only rules have. Each is followed when its turn comes: where the search ends before, nobody hears of conflicts below it.
 */
function takeEachKey(frame: Frame, fork: Fork): IrOperand {
  const { out } = frame
  const all = out.fresh()
  out.emit('MakeArrayStmt', { capacity: 0, target: all })
  const add = (value: IrOperand): void => out.emit('ArrayAppendStmt', { value, array: all })
  const base = closedBlock(frame, () => add(local(out.scan(inLocal(frame, basePrefix(frame, fork.passed))).key)))
  const onlyRuled = fork.children.map((child) =>
    closedBlock(frame, () => {
      const name = text(frame, child.name)
      out.emit('NotStmt', { block: closedBlock(frame, () => lookUp(frame, basePrefix(frame, fork.passed), name)) })
      add(name)
    }),
  )
  out.emit('BlockStmt', { blocks: [base, ...onlyRuled] })
  const operand = local(out.scan(all).value)
  frame.visit.match(frame, fork.key.term, operand)
  const rest = computeLeading(frame, fork.rest)
  return takeKey(frame, { ...fork, rest }, operand, (base, key) => lookUp(frame, base, key))
}
