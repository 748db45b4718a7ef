/**
 * The JSON schema (draft 07) of plans, built from the table of statements. `discriminator` is a hint for the validator:
 * without it the schema means the same.
 *
 * It says what a document must look like to be a plan at all; what its numbers must refer to is `validate.ts`'s business.
 */
import { type FieldRole, STATEMENTS, PUBLISHED_KINDS } from './statements.js'

/** A JSON schema, or part of one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

const index: JsonSchema = { type: 'integer', minimum: 0, maximum: 0xffffffff }
const local: JsonSchema = { $ref: '#/definitions/local' }
const operand: JsonSchema = { $ref: '#/definitions/operand' }
const block: JsonSchema = { $ref: '#/definitions/block' }
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
const listOrNull = (items: JsonSchema): JsonSchema => ({ type: ['array', 'null'], items })
const text: JsonSchema = { type: 'string' }

const FIELD_SCHEMAS: Readonly<Record<FieldRole, JsonSchema>> = {
  operand,
  operands: listOrNull(operand),
  read: local,
  reads: listOrNull(local),
  write: local,
  'write-once': local,
  fill: local,
  replace: local,
  block,
  blocks: listOrNull(block),
  integer: { type: 'integer' },
  function: text,
  string: index,
  strings: listOrNull(index),
  level: index,
  // Nobody writes one: see `PUBLISHED_KINDS`.
  constant: { not: {} },
}

const LOCATION: Readonly<Record<string, JsonSchema>> = {
  file: { type: 'integer' },
  row: { type: 'integer' },
  col: { type: 'integer' },
  end_row: { type: 'integer' },
  end_col: { type: 'integer' },
}

const OPERAND: JsonSchema = {
  type: 'object',
  properties: { type: text },
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: [
    record({ type: { const: 'local' }, value: local }),
    record({ type: { const: 'string_index' }, value: index }),
    record({ type: { const: 'bool' }, value: { type: 'boolean' } }),
  ],
}

const STATEMENT: JsonSchema = {
  type: 'object',
  properties: { type: text },
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: PUBLISHED_KINDS.map((kind) => record({ type: { const: kind }, stmt: statementFields(kind) })),
}

const DOCUMENT: JsonSchema = record({
  static: record(
    {
      strings: listOrNull(record({ value: text })),
      builtin_funcs: listOrNull(record({ name: text, decl: { type: 'object' } })),
      files: listOrNull(record({ value: text })),
    },
    ['strings', 'builtin_funcs', 'files'],
  ),
  plans: record({ plans: listOrNull(record({ name: text, blocks: listOrNull(block) })) }),
  funcs: record({
    funcs: listOrNull(
      record({ name: text, params: listOf(local), return: local, blocks: listOrNull(block), path: listOf(text) }, ['path']),
    ),
  }),
})

const BLOCK: JsonSchema = record({ stmts: listOrNull({ $ref: '#/definitions/stmt' }) })

/** A block of whose statements nothing is said. */
const OPEN_BLOCK: JsonSchema = record({ stmts: listOrNull({}) })

/** The whole of it. */
export const PLAN_SCHEMA: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'OPA plan',
  ...DOCUMENT,
  definitions: { local: index, operand: OPERAND, block: BLOCK, stmt: STATEMENT },
}

/**
 * The same in two parts that do not look into blocks: a validator that follows blocks into blocks recurses as deep as these
 * are nested, which is for the author of the document to choose.
 */
export const OUTER_SCHEMA: JsonSchema = { ...DOCUMENT, definitions: { local: index, block: OPEN_BLOCK } }
export const STATEMENT_SCHEMA: JsonSchema = { ...STATEMENT, definitions: { local: index, operand: OPERAND, block: OPEN_BLOCK } }

function statementFields(kind: (typeof PUBLISHED_KINDS)[number]): JsonSchema {
  const fields: Readonly<Record<string, FieldRole>> = STATEMENTS[kind].fields
  const properties = Object.fromEntries(Object.entries(fields).map(([name, role]) => [name, FIELD_SCHEMAS[role]]))
  if (kind !== 'MakeNumberRefStmt') return record({ ...properties, ...LOCATION }, Object.keys(LOCATION))
  // OPA writes the field twice, in two spellings.
  return {
    ...record({ ...properties, index, ...LOCATION }, ['Index', 'index', ...Object.keys(LOCATION)]),
    anyOf: [record({ Index: index }, [], true), record({ index }, [], true)],
  }
}

function record(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = [], open = false): JsonSchema {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    ...(open ? {} : { additionalProperties: false }),
  }
}
