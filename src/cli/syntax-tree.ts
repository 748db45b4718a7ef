/** The document of a syntax tree for a person: a line for each node, indented by what it is in. */
import { makeVisible } from '../diagnostics/text-width.js'
import { JsonText } from './json-text.js'

/** Lines of the tree; they end with a line break. */
export function syntaxTree(document: object): string {
  const lines: string[] = []
  for (const [name, value] of fieldsOf(document)) write(name, value, 0, lines)
  return `${lines.join('\n')}\n`
}

/** Fields that only say how a node came to be. */
const LEFT_OUT: ReadonlySet<string> = new Set(['index', 'generated', 'annotations', 'name'])

function fieldsOf(node: object): readonly (readonly [string, unknown])[] {
  return Object.entries(node).filter(([name, value]) => value !== undefined && !LEFT_OUT.has(name))
}

function write(name: string, value: unknown, depth: number, lines: string[]): void {
  const indent = ' '.repeat(depth)
  if (value instanceof JsonText) return void lines.push(`${indent}${name} ${value.text}`)
  if (Array.isArray(value)) return writeList(name, value, depth, lines)
  if (typeof value !== 'object' || value === null)
    return void lines.push(makeVisible(`${indent}${name} ${JSON.stringify(value)}`))
  if ('type' in value && 'value' in value) return writeTerm(name, String(value.type), value.value, depth, lines)
  lines.push(`${indent}${name}`)
  for (const [field, inner] of fieldsOf(value)) write(field, inner, depth + 1, lines)
}

/** A list has a line for itself, members have theirs below. */
function writeList(name: string, members: readonly unknown[], depth: number, lines: string[]): void {
  lines.push(`${' '.repeat(depth)}${name}`)
  for (const member of members) {
    if (Array.isArray(member)) writeList('entry', member, depth + 1, lines)
    else if (isTerm(member)) writeTerm('', member.type, member.value, depth + 1, lines)
    else write(MEMBERS[name] ?? name, member, depth + 1, lines)
  }
}

/** What one of a list is called. */
const MEMBERS: Readonly<Record<string, string>> = { rules: 'rule', imports: 'import', body: 'expression' }

function writeTerm(name: string, type: string, value: unknown, depth: number, lines: string[]): void {
  const label = name === '' || name === 'terms' ? type : `${name} ${type}`
  if (type === 'null') lines.push(`${' '.repeat(depth)}${label}`)
  else write(label, value, depth, lines)
}

function isTerm(member: unknown): member is { readonly type: string; readonly value: unknown } {
  return typeof member === 'object' && member !== null && 'type' in member && 'value' in member
}
