/** Random terms of a kind: constants, references, calls, operations, collections, comprehensions. */
import { builtinCall } from './builtin-calls.js'
import { ALL_KINDS, COLLECTIONS, DOCUMENT_FIELDS, KINDS, type Kind, RECORD_FIELDS, keyOf, memberOf } from './kinds.js'
import { Scope } from './scope.js'
import { ODD_NUMBERS, PLAIN_NUMBERS, WORDS, quote } from './vocabulary.js'

/** A term that is of this kind, if documents are as they should be. */
export function termOf(scope: Scope, kind: Kind): string {
  const { choices } = scope
  return choices.part('term', () => {
    if (scope.slip()) return choices.oneOf(['unknown', 'nosuch(1)', 'input', 'data', '_', 'p0'])
    const wanted = kind === 'any' ? choices.oneOf(ALL_KINDS) : kind
    const deep = scope.depth > 0 ? 1 : 0
    return choices.weighted<string>([
      [3, () => constant(scope, wanted)],
      [6, () => localOf(scope, wanted) ?? constant(scope, wanted)],
      [6, () => documentRef(scope, wanted) ?? constant(scope, wanted)],
      [5, () => ruleRef(scope, wanted) ?? constant(scope, wanted)],
      [3 * deep, () => functionCall(scope, wanted) ?? operation(scope, wanted)],
      [5 * deep, () => operation(scope, wanted)],
      [4 * deep, () => builtinCall(scope, wanted) ?? operation(scope, wanted)],
      [4 * deep, () => access(scope, wanted)],
      [4 * deep, () => composite(scope, wanted)],
      [3 * deep, () => comprehension(scope, wanted)],
      [deep, () => ownMetadata(scope, wanted) ?? composite(scope, wanted)],
    ])
  })
}

/** A term for a place where the compiler must not know too well what it is. */
export function openTerm(scope: Scope, kind: Kind): string {
  const { choices } = scope
  return choices.weighted<string>([
    [4, () => documentRef(scope, kind) ?? termOf(scope, kind)],
    [4, () => termOf(scope, kind)],
    [1, () => documentRef(scope, choices.oneOf(ALL_KINDS)) ?? termOf(scope, kind)],
  ])
}

/** A term without variables or references. */
export function constant(scope: Scope, kind: Kind): string {
  const { choices } = scope
  const several = (of: Kind): string[] => choices.list('constant', 0, 3, () => constant(scope, of))
  const keyed = (of: Kind, key: Kind): string =>
    `{${choices.list('constant', 0, 2, () => `${constant(scope, key)}: ${constant(scope, of)}`).join(', ')}}`
  const { shape, of } = KINDS[kind]
  if (of !== undefined && kind !== 'record') {
    if (shape === 'object') return keyed(of, keyOf(kind) === 'any' ? choices.oneOf(['string', 'number', 'numbers', 'boolean', 'numberSet'] as const) : keyOf(kind))
    const items = several(of)
    if (shape === 'set') return items.length === 0 ? 'set()' : `{${items.join(', ')}}`
    return `[${items.join(', ')}]`
  }
  switch (kind) {
    case 'number':
      return choices.chance(30) ? choices.oneOf(ODD_NUMBERS) : choices.oneOf(PLAIN_NUMBERS)
    case 'string':
      return stringLiteral(scope)
    case 'boolean':
      return choices.chance(50) ? 'true' : 'false'
    case 'record':
      return `{${RECORD_FIELDS.slice(0, 2 + choices.pick(3)).map(([name, field]) => `${quote(name)}: ${constant(scope, field)}`).join(', ')}}`
    case 'any':
      return constant(scope, choices.oneOf(['number', 'string', 'null', 'boolean', 'numbers', 'numberSet', 'map'] as const))
    default:
      return 'null'
  }
}

function stringLiteral({ choices }: Scope): string {
  const text = choices.oneOf(WORDS)
  return choices.chance(10) && !/[`\0]/.test(text) ? `\`${text}\`` : quote(text)
}

/** What annotations say of the rule. */
function ownMetadata({ choices, module }: Scope, kind: Kind): string | undefined {
  if (module.isQuery || !['any', 'object', 'array', 'record'].includes(kind) || !choices.chance(40)) return undefined
  return kind === 'array' ? 'rego.metadata.chain()' : 'rego.metadata.rule()'
}

function localOf(scope: Scope, kind: Kind): string | undefined {
  const { choices, locals } = scope
  const fitting = locals.filter((one) => one.kind === kind)
  if (fitting.length > 0 && !choices.chance(3)) return choices.oneOf(fitting).name
  return locals.length > 0 && choices.chance(8) ? choices.oneOf(locals).name : undefined
}

/** A field of `input` or of base documents. */
export function documentRef(scope: Scope, kind: Kind): string | undefined {
  const { choices, module } = scope
  const aliases = module.aliases.filter((one) => one.kind === kind)
  if (aliases.length > 0 && choices.chance(30)) return choices.oneOf(aliases).name
  const fields = DOCUMENT_FIELDS.filter(([, one]) => one === kind)
  if (fields.length === 0) return kind === 'object' ? choices.oneOf(['input', 'data.d', 'input.r', ...(module.library === undefined ? [] : [module.library])]) : kind === 'array' ? 'input.a' : undefined
  const [field] = choices.oneOf(fields)
  const root = choices.weighted([
    [6, () => 'input'],
    [4, () => 'data.d'],
  ])
  return choices.chance(15) ? `${root}[${quote(field)}]` : `${root}.${field}`
}

function ruleRef({ choices, module }: Scope, kind: Kind): string | undefined {
  const fitting = module.rules.filter((one) => one.kind === kind)
  const rules = fitting.length > 0 ? fitting : choices.chance(8) ? module.rules : []
  if (rules.length === 0) return undefined
  const { name, path } = choices.oneOf(rules)
  return choices.chance(30) ? path : name
}

function functionCall(scope: Scope, kind: Kind): string | undefined {
  const { choices, module } = scope
  const fitting = module.functions.filter((one) => one.result === kind)
  const functions = fitting.length > 0 ? fitting : choices.chance(8) ? module.functions : []
  if (functions.length === 0) return undefined
  const { name, path, args } = choices.oneOf(functions)
  const terms = args.map((arg) => openTerm(scope.deeper, arg))
  if (scope.slip()) terms.push('1')
  return `${choices.chance(25) ? path : name}(${terms.join(', ')})`
}

/** An infix operation; where there is none with such a result, something composed. */
function operation(scope: Scope, kind: Kind): string {
  const { choices, deeper } = scope
  switch (kind) {
    case 'number':
      if (choices.chance(8)) return `-${documentRef(scope, 'number') ?? 'input.n'}`
      return `(${openTerm(deeper, 'number')} ${choices.oneOf(['+', '-', '*', '/', '%'])} ${openTerm(deeper, 'number')})`
    case 'boolean':
      return choices.chance(30) && scope.has('in') ? `(${membership(deeper)})` : `(${comparison(deeper)})`
    case 'numberSet':
    case 'stringSet':
    case 'setSet':
    case 'set':
      return `(${termOf(deeper, kind)} ${choices.oneOf(['|', '&', '-'])} ${termOf(deeper, kind)})`
    case 'string':
      return template(scope)
    default:
      return composite(scope, kind)
  }
}

export function comparison(scope: Scope): string {
  const { choices } = scope
  if (choices.chance(45)) return likelyComparison(scope)
  const kind = choices.chance(20) ? choices.oneOf(ALL_KINDS) : choices.oneOf(['number', 'string'] as const)
  const other = choices.chance(1) ? choices.oneOf(ALL_KINDS) : kind
  return `${openTerm(scope, kind)} ${choices.oneOf(['==', '!=', '<', '<=', '>', '>='])} ${openTerm(scope, other)}`
}

/** What mostly holds, so that bodies go on. */
function likelyComparison(scope: Scope): string {
  const { choices } = scope
  const kind = choices.oneOf(ALL_KINDS)
  const term = openTerm(scope, kind)
  return choices.weighted<string>([
    [3, () => `${term} != ${documentRef(scope, choices.oneOf(ALL_KINDS)) ?? term}`],
    [2, () => `${term} == ${term}`],
    [2, () => `${openTerm(scope, 'number')} >= ${choices.oneOf(['-5', '0', '-1e3'])}`],
    [2, () => `count(${openTerm(scope, choices.oneOf(COLLECTIONS))}) < 5`],
    [1, () => `${term} <= ${documentRef(scope, 'recordMap') ?? term}`],
  ])
}

/** `x in xs` or `k, x in xs`. */
export function membership(scope: Scope): string {
  const { choices } = scope
  const kind = choices.oneOf(COLLECTIONS)
  const key = choices.chance(30) ? `${termOf(scope, keyOf(kind))}, ` : ''
  const collection = choices.chance(60) ? documentRef(scope, kind) : undefined
  return `${key}${termOf(scope, memberOf(kind))} in ${collection ?? openTerm(scope, kind)}`
}

function template(scope: Scope): string {
  const { choices, module } = scope
  if (module.version === 'v0' && !scope.slip()) return builtinCall(scope, 'string') ?? constant(scope, 'string')
  const pieces = choices.list('piece', 1, 2, () => `{${termOf(scope.deeper.bound, choices.oneOf(ALL_KINDS))}${choices.chance(4) ? ` with input.n as ${constant(scope, 'number')}` : ''}}`)
  const text = pieces.join(choices.oneOf(['', ' ', '\\{', '}', '\\n']))
  return choices.chance(10) && !text.includes('`') ? `$\`t ${text}\`` : `$"t ${text}"`
}

/** A member of a collection, by a key with or without a value. */
function access(scope: Scope, kind: Kind): string {
  const { choices, deeper } = scope
  const collections = COLLECTIONS.filter((one) => memberOf(one) === kind)
  if (collections.length === 0 || choices.chance(15)) {
    const fields = RECORD_FIELDS.filter(([, one]) => one === kind)
    if (fields.length === 0) return `${documentRef(deeper, 'record') ?? 'input.r'}.${choices.oneOf(['n', 'zz', 'a'])}`
    return `${anchored(looseRef(deeper, 'record'))}.${choices.oneOf(fields)[0]}`
  }
  const collection = choices.oneOf(collections)
  const base = anchored(looseRef(deeper, collection))
  return `${base}[${keyTerm(scope, collection)}]`
}

/** Something to look into: what is written out is known too well to the compiler. */
function looseRef(scope: Scope, kind: Kind): string {
  const { choices } = scope
  return choices.weighted<string>([
    [4, () => documentRef(scope, kind) ?? termOf(scope, kind)],
    [3, () => ruleRef(scope, kind) ?? documentRef(scope, kind) ?? 'input'],
    [3, () => localOf(scope, kind) ?? documentRef(scope, kind) ?? 'input.x'],
    [1, () => (KINDS[kind].shape === 'set' ? comprehension(scope, kind) : termOf(scope, kind))],
  ])
}

/** A key: a term, or a variable that takes each key in turn. */
export function keyTerm(scope: Scope, collection: Kind): string {
  const { choices } = scope
  const kind = keyOf(collection)
  if (!scope.mayIterate) return termOf(scope.deeper, kind)
  return choices.weighted<string>([
    [4, () => termOf(scope.deeper, kind === 'number' && choices.chance(6) ? 'string' : kind === 'string' && choices.chance(6) ? 'number' : kind)],
    [2, () => '_'],
    [3, () => freeVariable(scope, kind)],
    [1, () => (kind === 'numbers' ? `[${freeVariable(scope, 'number')}, _]` : termOf(scope.deeper, kind))],
  ])
}

/** A variable that is bound where it stands. */
export function freeVariable(scope: Scope, kind: Kind): string {
  const name = scope.freshName()
  scope.add(name, kind)
  return name
}

/** What a reference can begin with: anything else is refused by the grammar. */
function anchored(term: string): string {
  return /^[a-zA-Z_]|^[[{]/.test(term) && !/^(null|true|false)$/.test(term) ? term : `[${term}][0]`
}

/**
 * An array, object or set of terms. Members of sets and entries of objects are put together by operations: what is
 * computed inside a literal may come out equal, and OPA goes through equal members of literals as if they were two; see
 * docs/differences.md.
 */
function composite(scope: Scope, kind: Kind): string {
  const { choices, deeper } = scope
  const { shape, of } = KINDS[kind]
  if (of === undefined) return choices.chance(40) ? (builtinCall(scope, kind) ?? constant(scope, kind)) : constant(scope, kind)
  if (kind === 'record')
    return `{${RECORD_FIELDS.slice(0, 2 + choices.pick(3)).map(([name, field]) => `${quote(name)}: ${termOf(deeper, field)}`).join(', ')}}`
  switch (shape) {
    case 'object': {
      const key = keyOf(kind) === 'any' ? choices.oneOf(['string', 'number', 'numbers', 'numberSet'] as const) : keyOf(kind)
      const entries = choices.list('entry', 0, 2, () => `{${termOf(deeper, key)}: ${termOf(deeper, of)}}`)
      return entries.length < 2 ? (entries[0] ?? '{}') : entries.reduce((all, entry) => `object.union(${all}, ${entry})`)
    }
    case 'set': {
      const items = choices.list('term', 0, 3, () => termOf(deeper, of))
      return items.length === 0 ? 'set()' : items.length === 1 ? `{${items[0]}}` : `(${items.map((item) => `{${item}}`).join(' | ')})`
    }
    default:
      return `[${choices.list('term', 0, 3, () => termOf(deeper, of)).join(', ')}]`
  }
}

export function comprehension(scope: Scope, kind: Kind): string {
  const { module } = scope
  const { shape, of } = KINDS[kind]
  if (of === undefined || kind === 'record') {
    const collection = COLLECTIONS.find((one) => memberOf(one) === kind) ?? 'array'
    return `${kind === 'number' ? 'count' : 'max'}(${comprehension(scope, KINDS[collection].shape === 'array' ? collection : 'array')})`
  }
  const inner = scope.inner
  const body = module.grammar.literals(inner, 2).join('; ')
  const head = new Scope(module, inner.locals, Math.max(scope.depth - 1, 0), false)
  if (shape === 'object') {
    const key = keyOf(kind) === 'any' ? 'string' : keyOf(kind)
    return `{${headTerm(head, key)}: ${headTerm(head, of)} | ${body}}`
  }
  return shape === 'set' ? `{${headTerm(head, of)} | ${body}}` : `[${headTerm(head, of)} | ${body}]`
}

/** The head of a comprehension or rule: mostly something that the body has found. */
export function headTerm(scope: Scope, kind: Kind): string {
  const { choices, locals } = scope
  const fitting = locals.filter((one) => one.kind === kind)
  const candidates = fitting.length > 0 ? fitting : locals
  const newest = candidates.slice(-2)
  return newest.length > 0 && choices.chance(60) ? choices.oneOf(newest).name : termOf(scope, kind)
}
