/** Random rules of all kinds and forms of heads, each built on those before it. */
import { ALL_KINDS, COLLECTIONS, KINDS, type Kind, memberOf } from './kinds.js'
import { literalsOf, modifiers, pattern } from './literals.js'
import type { OperatorName } from './operators.js'
import { type ModuleFacts, Scope } from './scope.js'
import { constant, documentRef, headTerm, termOf } from './terms.js'

const DEPTH = 3
const VALUE_KINDS: readonly Kind[] = ALL_KINDS.filter((kind) => kind !== 'any')

/** The texts of the definitions of one rule; afterwards the module knows it. */
export function addRule(module: ModuleFacts, name: string): readonly string[] {
  return module.choices.weighted<readonly string[]>([
    [5, () => completeRule(module, name)],
    [3, () => conditionRule(module, name)],
    [5, () => setRule(module, name)],
    [4, () => objectRule(module, name)],
    [3, () => nestedRules(module, name)],
    [6, () => functionRule(module, name)],
    [2, () => tableRule(module, name)],
    // Rules whose heads lead into the package below.
    [module.library === `${module.package}.lib` ? 2 : 0, () => nestedRules(module, 'lib')],
  ])
}

/** A scope at the top of a rule. */
function openScope(module: ModuleFacts): Scope {
  return new Scope(module, [], DEPTH, true)
}

/** Where the parts of a head stand; these may bring in variables of their own, but rarely do. */
function headScope(scope: Scope): Scope {
  return scope.choices.chance(5) ? scope : scope.bound
}

/** A rule from its parts, as the version writes it. */
function written(module: ModuleFacts, head: string, value: string | undefined, body: readonly string[] | undefined): string {
  const { choices } = module
  const assigned = value === undefined ? head : `${head} ${module.version === 'v0' && choices.chance(50) ? '=' : ':='} ${value}`
  if (body === undefined) return assigned
  const open = body.length === 1 && choices.chance(30) && !body[0]?.includes(';') && !body[0]?.startsWith('{')
  if (!module.keywords.has('if')) return `${assigned} {\n  ${body.join('\n  ')}\n}`
  return open ? `${assigned} if ${body[0]}` : `${assigned} if {\n  ${body.join('\n  ')}\n}`
}

function bodyOf(scope: Scope): readonly string[] {
  return literalsOf(scope, 3)
}

function completeRule(module: ModuleFacts, name: string): readonly string[] {
  const { choices } = module
  const kind = choices.oneOf(VALUE_KINDS)
  const texts: string[] = []
  if (choices.chance(25)) texts.push(`default ${name} := ${module.loose && choices.chance(15) ? termOf(openScope(module), kind) : constant(openScope(module), kind)}`)
  texts.push(...choices.list('definition', 1, 2, (place) => completeDefinition(module, name, kind, place)))
  remember(module, name, kind)
  return texts
}

function completeDefinition(module: ModuleFacts, name: string, kind: Kind, place: number): string {
  const { choices } = module
  const scope = openScope(module)
  if (place === 0 && choices.chance(25)) return written(module, name, termOf(scope.bound, kind), undefined)
  const body = bodyOf(scope)
  return `${written(module, name, headTerm(headScope(scope), kind), body)}${choices.chance(25) ? elseChain(module, kind) : ''}`
}

function elseChain(module: ModuleFacts, kind: Kind, locals: Scope['locals'] = []): string {
  const { choices } = module
  const elses = choices.list('else', 1, 2, () => {
    const scope = new Scope(module, [...locals], DEPTH, true)
    const body = bodyOf(scope)
    return ` ${written(module, 'else', choices.chance(85) ? headTerm(scope.bound, kind) : undefined, body)}`
  })
  const last = new Scope(module, [...locals], DEPTH, false)
  return `${elses.join('')}${choices.chance(20) ? ` ${written(module, 'else', headTerm(last, kind), undefined)}` : ''}`
}

function conditionRule(module: ModuleFacts, name: string): readonly string[] {
  const { choices } = module
  const texts = choices.list('definition', 1, 2, () => {
    const text = written(module, name, undefined, bodyOf(openScope(module)))
    return text.endsWith('\n}') && choices.chance(5) ? `${text} {\n  ${bodyOf(openScope(module)).join('\n  ')}\n}` : text
  })
  if (choices.chance(30)) texts.unshift(`default ${name} := false`)
  remember(module, name, 'boolean')
  return texts
}

function setRule(module: ModuleFacts, name: string): readonly string[] {
  const { choices } = module
  const kind = choices.oneOf(COLLECTIONS.filter((one) => KINDS[one].shape === 'set'))
  const texts = choices.list('definition', 1, 2, () => {
    const scope = openScope(module)
    const body = choices.chance(85) ? bodyOf(scope) : undefined
    const member = headTerm(headScope(scope), memberOf(kind))
    if (module.keywords.has('contains') && (module.keywords.has('if') || body === undefined)) return written(module, `${name} contains ${member}`, undefined, body)
    return body === undefined ? `${name}[${member}] { true }` : `${name}[${member}] {\n  ${body.join('\n  ')}\n}`
  })
  remember(module, name, kind)
  return texts
}

function objectRule(module: ModuleFacts, name: string): readonly string[] {
  const { choices } = module
  const kind = choices.oneOf(COLLECTIONS.filter((one) => KINDS[one].shape === 'object'))
  const key = (KINDS[kind].key ?? 'any') === 'any' ? choices.oneOf(['string', 'number', 'numbers', 'any'] as const) : 'string'
  const texts = choices.list('definition', 1, 2, () => {
    const scope = openScope(module)
    const body = choices.chance(85) ? bodyOf(scope) : undefined
    const head = `${name}[${headTerm(headScope(scope), key)}]`
    const isBare = body !== undefined && module.keywords.has('if') && choices.chance(5)
    return written(module, head, isBare ? undefined : headTerm(headScope(scope), memberOf(kind)), body)
  })
  remember(module, name, kind)
  return texts
}

/** Rules whose heads are references with several parts. */
function nestedRules(module: ModuleFacts, name: string): readonly string[] {
  const { choices } = module
  const texts = choices.list('definition', 1, 3, () => {
    const scope = openScope(module)
    const body = choices.chance(75) ? bodyOf(scope) : undefined
    const kind = choices.oneOf(VALUE_KINDS)
    const keys = choices.list('key', 1, 2, (place) =>
      choices.weighted<string>([
        [name === 'lib' && place === 0 ? 30 : 3, () => choices.oneOf(['.n', '.s', '.o', '["a"]'])],
        [3, () => `[${headTerm(headScope(scope), 'string')}]`],
        [1, () => `[${headTerm(headScope(scope), 'number')}]`],
        [1, () => `[${headTerm(headScope(scope), choices.oneOf(ALL_KINDS))}]`],
      ]),
    )
    const head = `${name}${keys.join('')}`
    if (choices.chance(25) && module.keywords.has('contains') && module.keywords.has('if')) return written(module, `${head} contains ${headTerm(headScope(scope), kind)}`, undefined, body)
    const text = written(module, head, headTerm(headScope(scope), kind), body)
    return body !== undefined && !keys.some((key) => /^\[[^"]/.test(key)) && choices.chance(15) ? `${text}${elseChain(module, kind)}` : text
  })
  if (choices.chance(10)) texts.unshift(`default ${name}${choices.oneOf(['.n', '.s', '.o', '["a"]', '.n.n'])} := ${constant(openScope(module), choices.oneOf(VALUE_KINDS))}`)
  remember(module, name, 'record')
  return texts
}

/** Definitions for some values of one thing, of which an index finds those in question. */
function tableRule(module: ModuleFacts, name: string): readonly string[] {
  const { choices } = module
  const kind = choices.oneOf(VALUE_KINDS)
  const key = choices.oneOf(['number', 'string', 'boolean', 'numbers'] as const)
  const subject = documentRef(openScope(module).deeper, key) ?? 'input.x'
  const isFunction = choices.chance(40)
  const texts = choices.list('definition', 2, 4, () => {
    const scope = openScope(module)
    const wanted = choices.chance(75) ? constant(scope, key) : constant(scope, choices.oneOf(ALL_KINDS))
    const more = choices.chance(30) ? literalsOf(scope, 1) : []
    const value = choices.chance(60) ? constant(scope, kind) : headTerm(scope.bound, kind)
    if (isFunction) return written(module, `${name}(${wanted})`, value, more.length === 0 ? undefined : more)
    const guard = choices.weighted<string>([
      [3, () => `${subject} == ${wanted}`],
      [2, () => `${wanted} = ${subject}`],
      [1, () => (module.keywords.has('in') ? `${subject} in {${wanted}, ${constant(scope, key)}}` : `${subject} == ${wanted}`)],
      [1, () => (key === 'string' ? `glob.match("${choices.oneOf(['a*', '*', 'a.*', '{a,b}'])}", ["."], ${subject})` : `${subject} == ${wanted}`)],
    ])
    return written(module, name, value, [guard, ...more])
  })
  if (isFunction) module.functions.push({ name, path: `${module.package}.${name}`, args: [key], result: kind })
  else remember(module, name, kind)
  return texts
}

/**
 * A function that stands for an operator. It is made of little: what it is made of must not be in need of the operator
 * itself.
 */
export function operatorRule(module: ModuleFacts, { name, args, result: usual }: OperatorName): readonly string[] {
  const { choices } = module
  const result = choices.chance(75) ? usual : choices.oneOf(VALUE_KINDS)
  const arity = choices.chance(8) ? 1 + choices.pick(3) : args.length
  if (choices.chance(5)) return [`${name.replace(/\..*/, '')} := ${constant(openScope(module), result)}`]
  const texts = choices.list('definition', 1, 2, () => {
    const scope = new Scope(module, [], 0, true)
    const patterns = Array.from({ length: arity }, (_, place) => argument(scope, args[place] ?? 'any'))
    const value = headTerm(scope.bound, result)
    const test = documentRef(scope, choices.oneOf(ALL_KINDS))
    return written(module, `${name}(${patterns.join(', ')})`, value, test !== undefined && choices.chance(30) ? [test] : undefined)
  })
  if (arity === args.length) module.functions.push({ name, path: `${module.package}.${name}`, args, result })
  return texts
}

function functionRule(module: ModuleFacts, plain: string): readonly string[] {
  const { choices } = module
  const name = `${plain}${choices.weighted([
    [10, () => ''],
    [1, () => '.f'],
    [1, () => '["f"]'],
    [1, () => '.g.f'],
  ])}`
  const args = choices.list('kind', 1, choices.chance(10) ? 4 : 2, () => choices.oneOf(ALL_KINDS))
  const result = choices.oneOf(ALL_KINDS)
  const texts = choices.list('definition', 1, 2, () => {
    const scope = openScope(module)
    const patterns = args.map((kind) => argument(scope, kind))
    const locals = [...scope.locals]
    const body = choices.chance(70) ? bodyOf(scope) : undefined
    const value = choices.chance(90) || body === undefined ? headTerm(headScope(scope), result) : undefined
    const text = written(module, `${name}(${patterns.join(', ')})`, value, body)
    return body !== undefined && choices.chance(20) ? `${text}${elseChain(module, result, locals)}` : text
  })
  if (choices.chance(12)) texts.unshift(`default ${name}(${args.map((_, place) => (choices.chance(50) ? '_' : `w${place}`)).join(', ')}) := ${constant(openScope(module), result)}`)
  module.functions.push({ name, path: `${module.package}.${name.replace('["f"]', '.f')}`, args, result })
  return texts
}

function argument(scope: Scope, kind: Kind): string {
  const { choices, locals } = scope
  const same = locals.filter((one) => one.kind === kind)
  if (same.length > 0 && choices.chance(15)) return choices.oneOf(same).name
  return pattern(scope, kind)
}

function remember(module: ModuleFacts, name: string, kind: Kind): void {
  module.rules.push({ name, path: `${module.package}.${name}`, kind })
}

/** A query over the rules of a module: the values of its variables for each solution, in the order of evaluation. */
export function queryText(module: ModuleFacts): string {
  const qualified = <Named extends { readonly path: string }>(all: readonly Named[]): Named[] => all.map((one) => ({ ...one, name: one.path }))
  const facts = { ...module, isQuery: true, hasOperatorNames: false, keywords: module.version === 'v0' ? new Set<string>() : module.keywords, rules: qualified(module.rules), functions: qualified(module.functions), aliases: [] }
  const scope = new Scope(facts, [], 2, true)
  const body = literalsOf(scope, 2).join('; ')
  return `answer = [[${scope.locals.map(({ name }) => name).join(', ')}] | ${body}]${module.choices.chance(10) ? modifiers(scope.closed) : ''}`
}

/** Names for so many rules. */
export const RULE_NAMES = ['p', 'q', 'r', 's', 't', 'u', 'g', 'h'] as const

