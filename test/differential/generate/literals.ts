/** Random literals and bodies: tests, declarations, loops, negation, quantifiers, replaced documents. */
import { builtinCall, builtinOfArity } from './builtin-calls.js'
import { ALL_KINDS, COLLECTIONS, DOCUMENT_FIELDS, KINDS, type Kind, RECORD_FIELDS, keyOf, memberOf } from './kinds.js'
import { Scope } from './scope.js'
import { comparison, comprehension, constant, documentRef, freeVariable, keyTerm, membership, openTerm, termOf } from './terms.js'
import { quote } from './vocabulary.js'

/** One to so many literals; what they declare is in the scope afterwards. */
export function literalsOf(scope: Scope, most: number): readonly string[] {
  const { choices } = scope
  const literals = choices.list('literal', 1, most, () => literalOf(scope))
  return choices.chance(12) ? shuffled(scope, literals) : literals
}

/** Other orders mean the same, or are refused alike. */
export function shuffled<Item>({ choices }: Scope, items: readonly Item[]): Item[] {
  const left = [...items]
  return items.map(() => left.splice(choices.pick(left.length), 1)[0] as Item)
}

function literalOf(scope: Scope): string {
  const { choices } = scope
  const deep = scope.depth > 0 ? 1 : 0
  const around = new Scope(scope.module, [...scope.locals], scope.depth, false)
  const literal = choices.weighted<string>([
    [2, () => 'true'],
    [6, () => comparison(scope.deeper)],
    [6, () => assignment(scope)],
    [6, () => someIn(scope)],
    [3, () => (scope.has('in') ? membership(scope.deeper) : comparison(scope.deeper))],
    [4, () => unification(scope)],
    [4, () => iteration(scope)],
    [3, () => openTerm(scope, choices.oneOf(ALL_KINDS))],
    [3, () => functionLiteral(scope)],
    [5 * deep, () => negation(scope)],
    [3 * deep, () => every(scope)],
    [1, () => walk(scope)],
    [2 * deep, () => logical(scope)],
    [1, () => `print(${choices.list('term', 1, 2, () => constant(scope, choices.oneOf(ALL_KINDS))).join(', ')}, ${documentRef(scope, 'string') ?? 'input'})`],
  ])
  // OPA takes `true` for no body at all where the head computes something, with or without replacements.
  return literal !== 'true' && scope.depth > 0 && choices.chance(10) ? `${literal}${modifiers(around)}` : literal
}

function assignment(scope: Scope): string {
  const { choices } = scope
  if (choices.chance(20)) {
    const kinds = choices.list('kind', 1, 2, () => choices.oneOf(ALL_KINDS))
    const value = choices.chance(50)
      ? `[${kinds.map((kind) => openTerm(scope.deeper, kind)).join(', ')}]`
      : (documentRef(scope, choices.oneOf(['numbers', 'strings', 'records'] as const)) ?? 'input.a')
    return `[${kinds.map((kind) => scope.declare(kind)).join(', ')}] := ${value}`
  }
  const kind = choices.oneOf(ALL_KINDS)
  const value = openTerm(scope.deeper, kind)
  return `${scope.slip() ? choices.oneOf(['input', '1', 'data.x', 'v0']) : scope.declare(kind)} := ${value}`
}

function someIn(scope: Scope): string {
  const { choices } = scope
  if (!scope.has('in')) return iteration(scope)
  const kind = choices.oneOf(COLLECTIONS)
  const collection = openTerm(scope.deeper, kind)
  const key = choices.chance(30) ? `${pattern(scope, keyOf(kind))}, ` : ''
  const literal = `some ${key}${pattern(scope, memberOf(kind))} in ${collection}`
  return literal
}

/** A pattern for values of a kind; its variables are new. */
export function pattern(scope: Scope, kind: Kind): string {
  const { choices } = scope
  return choices.part('pattern', () =>
    choices.weighted<string>([
      [8, () => scope.declare(kind)],
      [1, () => '_'],
      [1, () => constant(scope, kind)],
      [KINDS[kind].shape === 'array' ? 2 : 0, () => `[${choices.list('pattern', 1, 2, () => pattern(scope, memberOf(kind))).join(', ')}]`],
      [kind === 'record' ? 3 : 0, () => recordPattern(scope)],
    ]),
  )
}

function recordPattern(scope: Scope): string {
  const fields = RECORD_FIELDS.slice(0, 1 + scope.choices.pick(4))
  return `{${fields.map(([name, field]) => `${quote(name)}: ${pattern(scope, field)}`).join(', ')}}`
}

function unification(scope: Scope): string {
  const { choices } = scope
  const kind = choices.oneOf(ALL_KINDS)
  const value = choices.chance(70) ? (documentRef(scope, kind) ?? openTerm(scope.deeper, kind)) : openTerm(scope.deeper, kind)
  const isKnown = !/^(input|data|i_)/.test(value)
  const left = choices.weighted<string>([
    [3, () => freeVariable(scope, kind)],
    [isKnown && !scope.module.loose ? 0 : 3, () => openTerm(scope.deeper, kind)],
    [isKnown ? 0 : 2, () => pattern(scope, kind)],
    [isKnown ? 0 : 1, () => freePattern(scope)],
  ])
  return choices.chance(30) ? `${value} = ${left}` : `${left} = ${value}`
}

/** A pattern of which some parts are known. */
function freePattern(scope: Scope): string {
  const { choices } = scope
  const part = (): string => {
    const kind = choices.oneOf(ALL_KINDS)
    return choices.chance(60) ? freeVariable(scope, kind) : openTerm(scope.deeper, kind)
  }
  return choices.chance(60)
    ? `[${choices.list('part', 1, 3, part).join(', ')}]`
    : `{${choices.list('part', 1, 2, () => part()).map((one, at) => `${quote('ns'[at] as string)}: ${one}`).join(', ')}}`
}

/** A reference whose keys may be variables. */
function iteration(scope: Scope): string {
  const { choices, module } = scope
  const collection = choices.oneOf(COLLECTIONS)
  const base = KINDS[collection].shape === 'array' && choices.chance(10) ? comprehension(scope.deeper, collection) : baseOf(scope, collection)
  const declared = choices.chance(20) && scope.mayIterate ? scope.freshName() : undefined
  const key = declared ?? keyTerm(scope, collection)
  if (declared !== undefined) scope.add(declared, keyOf(collection))
  const ref = `${base}[${key}]${(base === module.library || base === module.package) && choices.chance(40) ? `[${keyTerm(scope, 'object')}]` : ''}${memberOf(collection) === 'record' && choices.chance(50) ? '.n' : ''}`
  const literal = choices.weighted<string>([
    [3, () => ref],
    [3, () => `${ref} == ${openTerm(scope.deeper, memberOf(collection))}`],
    [3, () => `${freeVariable(scope, memberOf(collection))} = ${ref}`],
    [2, () => `${scope.declare(memberOf(collection))} := ${ref}`],
  ])
  return declared === undefined ? literal : `some ${declared}; ${literal}`
}

function baseOf(scope: Scope, collection: Kind): string {
  const { choices, module } = scope
  const rules = module.rules.filter((one) => one.kind === collection)
  if (rules.length > 0 && choices.chance(50)) return choices.oneOf(rules).name
  if (module.library !== undefined && choices.chance(10)) return module.library
  if (module.isQuery && choices.chance(15)) return choices.oneOf([module.package, module.package, 'data'])
  if (choices.chance(8)) return choices.oneOf([...(module.loose ? [module.package, 'data'] : ['data.d']), 'input', 'data.d'])
  return documentRef(scope, collection) ?? `${choices.oneOf(['input', 'data.d'])}.${choices.oneOf(DOCUMENT_FIELDS)[0]}`
}

/** A call as a statement; perhaps with one more argument for its result. */
function functionLiteral(scope: Scope): string {
  const { choices, module } = scope
  const kind = choices.oneOf(ALL_KINDS)
  const functions = module.functions
  if (functions.length === 0 || choices.chance(40)) {
    const call = builtinCall(scope, kind)
    if (call === undefined) return comparison(scope.deeper)
    return scope.mayIterate && choices.chance(40) ? withResult(scope, call, kind) : call
  }
  const { name, args, result } = choices.oneOf(functions)
  const call = `${name}(${args.map((arg) => openTerm(scope.deeper, arg)).join(', ')})`
  // OPA looks for a definition that gives a result known beforehand; see docs/differences.md.
  return scope.mayIterate && choices.chance(40) ? `${call.slice(0, -1)}, ${freeVariable(scope, result)})` : call
}

function withResult(scope: Scope, call: string, kind: Kind): string {
  const result = scope.choices.chance(60) ? freeVariable(scope, kind) : openTerm(scope.deeper, kind)
  return call.endsWith('()') ? call : `${call.slice(0, -1)}, ${result})`
}

function negation(scope: Scope): string {
  const { choices } = scope
  const bound = scope.closed
  if (scope.has('not') && choices.chance(40)) return `not { ${literalsOf(scope.inner, 2).join('; ')} }`
  const negated = choices.weighted<string>([
    [3, () => openTerm(bound, choices.oneOf(ALL_KINDS))],
    [3, () => comparison(bound)],
    [1, () => (scope.has('in') ? membership(bound) : comparison(bound))],
    [1, () => `${openTerm(bound, 'number')} = ${openTerm(bound, 'number')}`],
    [2, () => functionLiteral(bound)],
    [1, () => `${baseOf(bound, 'map')}[${choices.chance(scope.module.loose ? 20 : 0) ? '_' : keyTerm(bound, 'map')}]`],
  ])
  // Alone in a body OPA takes that for no body at all, like `true`; see docs/differences.md.
  return negated === 'true' ? 'not false' : `not ${inParens(negated)}`
}

/** A brace at the beginning would be that of a body. */
function inParens(expr: string): string {
  return expr.startsWith('{') && !/^\{[^=]*\} = /.test(expr) ? `(${expr})` : expr
}

function every(scope: Scope): string {
  const { choices } = scope
  if (!scope.has('every')) return negation(scope)
  const kind = choices.oneOf(COLLECTIONS)
  const collection = openTerm(scope.deeper, kind)
  const inner = scope.inner
  const key = choices.chance(30) ? [keyOf(kind)] : []
  const names = [...key, memberOf(kind)].map((one) => (choices.chance(8) ? '_' : inner.declare(one)))
  const literals = literalsOf(inner, 2)
  const used = names.filter((name) => name !== '_').map((name) => `${name} == ${name}`)
  return `every ${names.join(', ')} in ${collection} { ${[...literals, ...used].join('; ')} }`
}

function walk(scope: Scope): string {
  const { library } = scope.module
  const value = library !== undefined && scope.choices.chance(20) ? library : openTerm(scope.deeper, 'record')
  return scope.choices.chance(50)
    ? `walk(${value}, [${freeVariable(scope, 'array')}, ${freeVariable(scope, 'any')}])`
    : `[${scope.declare('array')}, ${scope.declare('any')}] := walk(${value})`
}

/** Operands joined by `and` and `or`. */
function logical(scope: Scope): string {
  const { choices } = scope
  const words = (['and', 'or'] as const).filter((word) => scope.has(word))
  if (words.length === 0) return negation(scope)
  const operand = (): string => {
    const bound = scope.closed
    const body = (): string => `{ ${literalsOf(scope.inner, 2).join('; ')} }`
    const plain = choices.weighted<string>([
      [3, () => inParens(comparison(bound))],
      [2, () => documentRef(bound, choices.oneOf(ALL_KINDS)) ?? 'input.n'],
      [2, body],
    ])
    return choices.chance(20) && (scope.has('not') || !plain.startsWith('{')) ? `not ${plain}` : plain
  }
  return choices.list('operand', 2, 3, operand).reduce((left, right) => `${left} ${choices.oneOf(words)} ${right}`)
}

/** One or two `with`. */
export function modifiers(scope: Scope): string {
  const { choices } = scope
  return choices.list('with', 1, 2, () => ` with ${replacement(scope.bound.deeper)}`).join('')
}

function replacement(scope: Scope): string {
  const { choices, module } = scope
  const [field, kind] = choices.oneOf(DOCUMENT_FIELDS)
  // In a query OPA computes nothing for a replacement.
  if (module.isQuery) return `${choices.oneOf(['input', 'data.d'])}.${field} as ${constant(scope, kind)}`
  return choices.weighted<string>([
    [4, () => `input.${field} as ${termOf(scope, kind)}`],
    [2, () => `input as ${termOf(scope, choices.oneOf(['record', 'object', 'number'] as const))}`],
    [3, () => `data.d.${field} as ${termOf(scope, kind)}`],
    [1, () => `data.d as ${termOf(scope, 'record')}`],
    [module.loose ? 1 : 0, () => `${module.package} as ${termOf(scope, 'object')}`],
    [3, () => replacedRule(scope) ?? `input.${field} as ${termOf(scope, kind)}`],
    [3, () => replacedFunction(scope) ?? `input.${field} as ${termOf(scope, kind)}`],
    [1, () => `input.r.${choices.oneOf(['n', 'a', 'zz'])} as ${termOf(scope, 'number')}`],
  ])
}

function replacedRule(scope: Scope): string | undefined {
  const { choices, module } = scope
  if (module.rules.length === 0) return undefined
  const { path, kind } = choices.oneOf(module.rules)
  if (kind === 'record' && choices.chance(30)) return `${path}.${choices.oneOf(['n', 's', 'o'])} as ${termOf(scope, choices.oneOf(ALL_KINDS))}`
  return `${path} as ${termOf(scope, choices.chance(10) ? choices.oneOf(ALL_KINDS) : kind)}`
}

/** A function or builtin replaced by another one, or by a value. */
function replacedFunction(scope: Scope): string | undefined {
  const { choices, module } = scope
  if (module.isQuery) return undefined
  const known = module.functions
  const target = known.length > 0 && choices.chance(60) ? choices.oneOf(known) : undefined
  const arity = target?.args.length ?? 1 + choices.pick(2)
  const name = target?.path ?? builtinOfArity(scope, arity)
  if (name === undefined) return undefined
  const others = known.filter((one) => one.args.length === arity && one !== target)
  return `${name} as ${choices.weighted<string>([
    [3, () => termOf(scope, target?.result ?? choices.oneOf(ALL_KINDS))],
    [others.length > 0 ? 3 : 0, () => choices.oneOf(others).path],
    [2, () => builtinOfArity(scope, arity, target === undefined ? name : undefined) ?? '1'],
  ])}`
}
