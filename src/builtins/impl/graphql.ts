/** `graphql.*`: syntax trees and validity of queries and schemas. */
import { type DocumentNode, GraphQLError, Kind, parse, visit } from 'graphql'
import { RegoObject, type RegoValue } from '../../value/value.js'
import { type Budget, BuiltinError, type FunctionTable, failure } from '../context.js'
import { queryDocument, schemaDocument } from '../graphql/document.js'
import { printQuery, printSchema } from '../graphql/print-document.js'
import { buildSchema, checkQuery } from '../graphql/validate.js'
import { stringOf, wrongType } from '../operand.js'

export const GRAPHQL: FunctionTable = {
  'graphql.parse_query': (_, query) => queryDocument(parseQuery(stringOf(query, 1))),
  'graphql.parse_schema': (_, schema) => schemaDocument(parseSchema(stringOf(schema, 1))),
  'graphql.parse': (context, query, schema) => verified(context, query, schema),
  'graphql.parse_and_verify': (context, query, schema) => {
    const trees = attempt(() => verified(context, query, schema))
    return trees === undefined ? [false, EMPTY, EMPTY] : [true, ...trees]
  },
  'graphql.is_valid': (context, query, schema) => attempt(() => verified(context, query, schema)) !== undefined,
  'graphql.schema_is_valid': (_, schema) => attempt(() => buildSchema(schemaOperand(schema, 1))) !== undefined,
}

const EMPTY = RegoObject.of([])

/** How many pairs of names are a unit of work. */
const PAIRS_PER_UNIT = 8

function nameCount(document: DocumentNode): number {
  let count = 0
  visit(document, { Name: () => void count++ })
  return count
}

/** What a computation gives, or undefined if it fails. */
function attempt<Result>(compute: () => Result): Result | undefined {
  try {
    return compute()
  } catch (error) {
    if (error instanceof BuiltinError) return undefined
    throw error
  }
}

function verified(
  { spend }: Budget,
  query: RegoValue | undefined,
  schema: RegoValue | undefined,
): readonly [RegoObject, RegoObject] {
  const queryTree = queryOperand(query, 1)
  const schemaTree = schemaOperand(schema, 2)
  // Selections of one name are compared with each other, and types with all of their kind.
  const [asked, defined] = [nameCount(queryTree), nameCount(schemaTree)]
  spend?.((asked * asked + defined * defined) / PAIRS_PER_UNIT)
  checkQuery(buildSchema(schemaTree), queryTree)
  return [queryDocument(queryTree), schemaDocument(schemaTree)]
}

function queryOperand(value: RegoValue | undefined, place: number): DocumentNode {
  if (typeof value === 'string') return parseQuery(value)
  if (value instanceof RegoObject) return parseQuery(printQuery(value))
  throw wrongType(value, place, 'string', 'object')
}

function schemaOperand(value: RegoValue | undefined, place: number): DocumentNode {
  if (typeof value === 'string') return parseSchema(value)
  if (value instanceof RegoObject) return parseSchema(printSchema(value))
  throw wrongType(value, place, 'string', 'object')
}

const QUERY_KINDS: readonly string[] = [Kind.OPERATION_DEFINITION, Kind.FRAGMENT_DEFINITION]

function parseQuery(text: string): DocumentNode {
  return parseDocument(text, (kind) => QUERY_KINDS.includes(kind))
}

function parseSchema(text: string): DocumentNode {
  return parseDocument(text, (kind) => !QUERY_KINDS.includes(kind))
}

function parseDocument(text: string, belongs: (kind: string) => boolean): DocumentNode {
  // A text of blanks and comments is an empty document here, which the package does not allow.
  if (/^[\s,\ufeff]*(?:#[^\n\r]*(?:[\n\r][\s,\ufeff]*|$))*$/.test(text)) return { kind: Kind.DOCUMENT, definitions: [] }
  let document: DocumentNode
  try {
    document = parse(text)
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    const [place] = error.locations ?? []
    const message = error.message.replace(/^Syntax Error: /, '').replace(/\.$/, '').replace(/"([!$&().:=@[\]{|}]+)"/g, '$1')
    throw failure(`${message} in GraphQL string at location ${place?.line ?? 0}:${place?.column ?? 0}`)
  }
  const stranger = document.definitions.find(({ kind }) => !belongs(kind))
  if (stranger !== undefined) throw failure(`Unexpected ${stranger.kind} in GraphQL string`)
  return document
}
