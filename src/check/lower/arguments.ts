/**
 * Arguments of functions: patterns in which every name is a new variable.
 */
import type { Term, VarTerm } from '../../syntax/ast.js'
import type { CoreLocal, CoreTerm } from '../core.js'
import { unify } from './literal.js'
import { type Lowering, constant, generateLocal } from './lowering.js'
import { arrayTerm, lowerOperand, objectTerm } from './term.js'

export interface Argument {
  /** Unified with the value of the call. */
  readonly pattern: CoreTerm
  /** What else has to hold in each body, for patterns that compare or look something up. */
  readonly bind: ((at: Lowering) => void) | undefined
  /** Whether `bind` goes behind the body: a template string may mention what the body declares. */
  readonly bindsLast: boolean
}

export function lowerArguments(args: readonly Term[], at: Lowering): readonly Argument[] {
  return args.map((arg) => lowerArgument(arg, at))
}

/** Variables that an argument introduces. */
interface Declared {
  readonly locals: CoreLocal[]
  /** Whether one of them stands where it can only be compared. */
  unmatched: boolean
}

function lowerArgument(arg: Term, at: Lowering): Argument {
  const news: Declared = { locals: [], unmatched: false }
  declareVars(arg, news, at)
  if (isPattern(arg)) return { pattern: lowerPattern(arg, at), bind: undefined, bindsLast: false }
  const whole = generateLocal(arg.span, at)
  const bind = (inside: Lowering) =>
    news.unmatched ? refuseAll(news.locals, arg, inside) : unify(whole, lowerOperand(arg, inside), arg, inside)
  return { pattern: whole, bind, bindsLast: arg.kind === 'template' }
}

/** Arguments are matched from left to right, and a set or a key with a variable that has no value yet equals nothing. */
function refuseAll(locals: readonly CoreLocal[], { span }: Term, at: Lowering): void {
  for (const local of locals) unify(local, constant(null, span), { span }, at)
  at.out.emit({ kind: 'term', term: constant(false, span), span })
}

function declareVars(arg: Term, news: Declared, at: Lowering): void {
  switch (arg.kind) {
    case 'var':
      return void declareVar(arg, news, at)
    case 'array':
      return arg.items.forEach((item) => declareVars(item, news, at))
    case 'set':
      return arg.items.forEach((item) => declareCompared(item, news, at))
    case 'object':
      for (const { key } of arg.entries) if (key.kind !== 'ref') declareCompared(key, news, at)
      for (const { value } of arg.entries) declareVars(value, news, at)
      return
    case 'ref':
      return at.cx.report('unsafe-var', arg.span, arg.head.kind === 'var' ? arg.head.name : 'reference')
    case 'call':
    case 'infix':
    case 'member':
      return at.cx.report('argument-calls', arg.span)
    default:
      return
  }
}

function declareCompared(arg: Term, news: Declared, at: Lowering): void {
  if (arg.kind !== 'var') return declareVars(arg, news, at)
  if (declareVar(arg, news, at)) news.unmatched = true
}

/** Whether the variable is a new one. */
function declareVar({ name, span }: VarTerm, news: Declared, at: Lowering): boolean {
  if (name === '_') return false
  const known = at.scope.find(name)
  if (known !== undefined) {
    known.used = true
    return false
  }
  if (name === 'input' || name === 'data') at.cx.refuse('shadows-root', span, 'args', name, 'variable')
  news.locals.push(at.scope.addArgument(name, span, at.cx).local)
  return true
}

/** Whether matching the argument takes nothing but taking its value apart. */
function isPattern(arg: Term): boolean {
  if (arg.kind === 'array') return arg.items.every(isPattern)
  if (arg.kind === 'object') return arg.entries.every(({ key, value }) => isScalar(key) && isPattern(value))
  return arg.kind === 'var' || isScalar(arg)
}

function isScalar({ kind }: Term): boolean {
  return kind === 'null' || kind === 'boolean' || kind === 'number' || kind === 'string'
}

/** An argument that is looked at without being used. */
function lowerPattern(arg: Term, at: Lowering): CoreTerm {
  if (arg.kind === 'array') return arrayTerm(arg.items.map((item) => lowerPattern(item, at)), arg.span)
  if (arg.kind === 'object') {
    const entries = arg.entries.map(({ key, value }) => ({ key: lowerOperand(key, at), value: lowerPattern(value, at) }))
    return objectTerm(entries, arg.span)
  }
  const local = arg.kind === 'var' ? at.scope.find(arg.name)?.local : undefined
  return local === undefined ? lowerOperand(arg, at) : { ...local, span: arg.span }
}
