/**
 * Core Rego as text, for reading and for tests.
 *
 * Locals carry their number (`x#3`), so that shadowing shows. Paths of references are written in brackets unless a key is
 * a plain word.
 */
import { RegoObject, type RegoValue, RegoSet, isArray } from '../value/value.js'
import type { Callee, CheckedProgram, CheckedRule, CoreBody, CoreExpr, CoreLocal, CoreTerm, CoreWith } from './core.js'
import { pathText } from './names.js'

export function printProgram({ rules, query }: CheckedProgram): string {
  const parts = rules.map(printRule)
  if (query !== undefined) {
    const names = query.bindings.map(({ name, local }) => `${name}: ${printLocal(local)}`)
    parts.push(`query {${names.join(', ')}}${printBlock(query.body, '')}`)
  }
  return parts.join('\n')
}

export function printRule({ shape, path, keys, args, isDefault, clauses }: CheckedRule): string {
  const words = `${isDefault ? 'default ' : ''}${shape} ${pathText(['data', ...path])}`
  const rest = args === undefined ? keys.map((key) => `[${printTerm(key)}]`).join('') : `(${printAll(args)})`
  const lines = clauses.map(({ body, value }, at) => {
    return `${at === 0 ? words + rest : 'else'} := ${printTerm(value)}${printBlock(body, '')}`
  })
  return lines.join('\n')
}

function printBlock(body: CoreBody, indent: string): string {
  return body.map((expr) => `\n${indent}  ${printExpr(expr, `${indent}  `)}`).join('')
}

function printExpr(expr: CoreExpr, indent: string): string {
  return `${printBare(expr, indent)}${expr.withs.map(printWith).join('')}`
}

function printBare(expr: CoreExpr, indent: string): string {
  switch (expr.kind) {
    case 'term':
      return printTerm(expr.term)
    case 'unify':
      return `${printTerm(expr.left)} = ${printTerm(expr.right)}`
    case 'not':
      return `not${printBlock(expr.body, indent)}`
    case 'every': {
      const names = `${expr.key === undefined ? '' : `${printLocal(expr.key)}, `}${printLocal(expr.value)}`
      return `every ${names} in ${printTerm(expr.domain)}${printBlock(expr.body, indent)}`
    }
    case 'logical':
      return `${expr.op}${printBlock(expr.left, indent)}\n${indent}--${printBlock(expr.right, indent)}`
  }
}

function printWith({ target, value }: CoreWith): string {
  const replaced = target.kind === 'callee' ? printCallee(target.callee) : pathText([target.kind, ...target.path])
  return ` with ${replaced} as ${value.kind === 'value' ? printTerm(value.term) : printCallee(value.callee)}`
}

function printCallee(callee: Callee): string {
  return callee.kind === 'builtin' ? callee.name : pathText(['data', ...callee.path])
}

function printLocal({ name, id }: CoreLocal): string {
  return `${name.startsWith('__local') ? '' : name}#${id}`
}

export function printTerm(term: CoreTerm): string {
  switch (term.kind) {
    case 'const':
      return printValue(term.value)
    case 'local':
      return printLocal(term)
    case 'ref': {
      const head = term.head.kind === 'term' ? printTerm(term.head.term) : term.head.kind
      return head + term.path.map(printKey).join('')
    }
    case 'call':
      return `${printCallee(term.callee)}(${printAll(term.args)})`
    case 'array':
      return `[${printAll(term.items)}]`
    case 'set':
      return `{${printAll(term.items)}}`
    case 'object':
      return `{${term.entries.map(({ key, value }) => `${printTerm(key)}: ${printTerm(value)}`).join(', ')}}`
    case 'array-compr':
      return `[${printTerm(term.head)} | ${printInline(term.body)}]`
    case 'set-compr':
      return `{${printTerm(term.head)} | ${printInline(term.body)}}`
    case 'object-compr':
      return `{${printTerm(term.key)}: ${printTerm(term.head)} | ${printInline(term.body)}}`
  }
}

function printAll(terms: readonly CoreTerm[]): string {
  return terms.map(printTerm).join(', ')
}

function printInline(body: CoreBody): string {
  return body.map((expr) => printExpr(expr, '').replaceAll(/\s*\n\s*/g, '; ')).join('; ')
}

function printKey(key: CoreTerm): string {
  const isWord = key.kind === 'const' && typeof key.value === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(key.value)
  return isWord ? `.${String(key.value)}` : `[${printTerm(key)}]`
}

function printValue(value: RegoValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(printValue).join(', ')}]`
  if (value instanceof RegoObject) {
    return `{${value.entries.map(([key, one]) => `${printValue(key)}: ${printValue(one)}`).join(', ')}}`
  }
  if (value instanceof RegoSet) return value.size === 0 ? 'set()' : `{${value.items.map(printValue).join(', ')}}`
  return value.text
}
