/** The text of a syntax tree that came as a document, so that it can be parsed and checked as any other. */
import { RegoObject, type RegoValue, isArray } from '../../value/value.js'
import { failure } from '../context.js'

export function printQuery(tree: RegoObject): string {
  return [...items(tree, 'Operations').map(operation), ...items(tree, 'Fragments').map(fragment)].join('\n')
}

export function printSchema(tree: RegoObject): string {
  return [
    ...items(tree, 'Schema').map((one) => schemaText(one, '')),
    ...items(tree, 'SchemaExtension').map((one) => schemaText(one, 'extend ')),
    ...items(tree, 'Directives').map(directiveDefinition),
    ...items(tree, 'Definitions').map((one) => typeText(one, '')),
    ...items(tree, 'Extensions').map((one) => typeText(one, 'extend ')),
  ].join('\n')
}

function items(node: RegoObject, name: string): readonly RegoObject[] {
  const list = node.get(name) ?? []
  if (!isArray(list) || !list.every((item) => item instanceof RegoObject)) {
    throw failure(`${name} of a GraphQL tree is no list of nodes`)
  }
  return list as readonly RegoObject[]
}

function text(node: RegoObject, name: string): string {
  const value = node.get(name) ?? ''
  if (typeof value !== 'string') throw failure(`${name} of a GraphQL node is no string`)
  return value
}

function words(node: RegoObject, name: string): readonly string[] {
  const list = node.get(name) ?? []
  if (!isArray(list) || !list.every((item) => typeof item === 'string')) {
    throw failure(`${name} of a GraphQL node is no list of names`)
  }
  return list as readonly string[]
}

function child(node: RegoObject, name: string): RegoObject {
  const value = node.get(name)
  if (value instanceof RegoObject) return value
  throw failure(`a GraphQL node has no ${name}`)
}

function operation(node: RegoObject): string {
  const variables = items(node, 'VariableDefinitions').map(
    (one) => `$${text(one, 'Variable')}: ${typeReference(child(one, 'Type'))}${defaultOf(one)}${directives(one)}`,
  )
  const parameters = variables.length === 0 ? '' : `(${variables.join(', ')})`
  return `${text(node, 'Operation')} ${text(node, 'Name')}${parameters}${directives(node)} ${selections(node)}`
}

function fragment(node: RegoObject): string {
  return `fragment ${text(node, 'Name')} on ${text(node, 'TypeCondition')}${directives(node)} ${selections(node)}`
}

function selections(node: RegoObject): string {
  const parts = items(node, 'SelectionSet').map(selection)
  return parts.length === 0 ? '' : `{ ${parts.join(' ')} }`
}

/** Which kind of selection a node is, its members tell. */
function selection(node: RegoObject): string {
  if (node.has('Alias')) {
    const [alias, name] = [text(node, 'Alias'), text(node, 'Name')]
    return `${alias === name ? '' : `${alias}: `}${name}${callArguments(node)}${directives(node)} ${selections(node)}`
  }
  if (node.has('TypeCondition') || node.has('SelectionSet')) {
    const condition = text(node, 'TypeCondition')
    return `...${condition === '' ? '' : ` on ${condition}`}${directives(node)} ${selections(node)}`
  }
  return `...${text(node, 'Name')}${directives(node)}`
}

function directives(node: RegoObject): string {
  return items(node, 'Directives')
    .map((one) => ` @${text(one, 'Name')}${callArguments(one)}`)
    .join('')
}

function callArguments(node: RegoObject): string {
  const parts = items(node, 'Arguments').map((one) => `${text(one, 'Name')}: ${literal(child(one, 'Value'))}`)
  return parts.length === 0 ? '' : `(${parts.join(', ')})`
}

function literal(node: RegoObject): string {
  const raw = text(node, 'Raw')
  const children = items(node, 'Children')
  const kind: RegoValue | undefined = node.get('Kind')
  const number = kind !== null && typeof kind === 'object' && !isArray(kind) && kind.kind === 'number' ? Number(kind.text) : -1
  switch (number) {
    case 0:
      return `$${raw}`
    case 3:
    case 4:
      return JSON.stringify(raw)
    case 8:
      return `[${children.map((one) => literal(child(one, 'Value'))).join(', ')}]`
    case 9:
      return `{${children.map((one) => `${text(one, 'Name')}: ${literal(child(one, 'Value'))}`).join(', ')}}`
    default:
      return raw
  }
}

function defaultOf(node: RegoObject): string {
  return node.has('DefaultValue') ? ` = ${literal(child(node, 'DefaultValue'))}` : ''
}

function typeReference(node: RegoObject): string {
  const name = text(node, 'NamedType')
  return `${name === '' ? `[${typeReference(child(node, 'Elem'))}]` : name}${node.get('NonNull') === true ? '!' : ''}`
}

function description(node: RegoObject): string {
  const value = text(node, 'Description')
  return value === '' ? '' : `${JSON.stringify(value)} `
}

function schemaText(node: RegoObject, prefix: string): string {
  const types = items(node, 'OperationTypes').map((one) => `${text(one, 'Operation')}: ${text(one, 'Type')}`)
  const body = types.length === 0 ? '' : ` { ${types.join(' ')} }`
  return `${description(node)}${prefix}schema${directives(node)}${body}`
}

function directiveDefinition(node: RegoObject): string {
  const repeatable = node.get('IsRepeatable') === true ? ' repeatable' : ''
  const places = words(node, 'Locations').join(' | ')
  return `${description(node)}directive @${text(node, 'Name')}${parameters(node)}${repeatable} on ${places}`
}

function parameters(node: RegoObject): string {
  const parts = items(node, 'Arguments').map(member)
  return parts.length === 0 ? '' : `(${parts.join(', ')})`
}

/** A field, or an argument or field of an input. */
function member(node: RegoObject): string {
  const head = `${description(node)}${text(node, 'Name')}${parameters(node)}`
  return `${head}: ${typeReference(child(node, 'Type'))}${defaultOf(node)}${directives(node)}`
}

const KEYWORDS: Readonly<Record<string, string>> = {
  OBJECT: 'type',
  INTERFACE: 'interface',
  UNION: 'union',
  ENUM: 'enum',
  INPUT_OBJECT: 'input',
  SCALAR: 'scalar',
}

function typeText(node: RegoObject, prefix: string): string {
  const keyword = KEYWORDS[text(node, 'Kind')]
  if (keyword === undefined) throw failure('a GraphQL definition of an unknown kind')
  const interfaces = words(node, 'Interfaces')
  const types = words(node, 'Types')
  const members = items(node, 'Fields').map(member)
  const values = items(node, 'EnumValues').map((one) => `${description(one)}${text(one, 'Name')}${directives(one)}`)
  return [
    `${description(node)}${prefix}${keyword} ${text(node, 'Name')}`,
    interfaces.length === 0 ? '' : ` implements ${interfaces.join(' & ')}`,
    directives(node),
    types.length === 0 ? '' : ` = ${types.join(' | ')}`,
    members.length + values.length === 0 ? '' : ` { ${[...members, ...values].join('\n')} }`,
  ].join('')
}
