/** JSON Schemas as types. */
import { describe, expect, test } from 'vitest'
import { SchemaFault, typeOfSchema } from '../../../src/check/types/json-schema.js'
import { typeText } from '../../../src/check/types/print-type.js'
import { TypeTable } from '../../../src/check/types/type.js'
import { parseJson } from '../../../src/value/json.js'

const convert = (schema: unknown): string => {
  try {
    return typeText(typeOfSchema(parseJson(JSON.stringify(schema)), new TypeTable()))
  } catch (fault) {
    if (fault instanceof SchemaFault) return fault.message
    throw fault
  }
}
const record = (properties: Readonly<Record<string, unknown>>): object => ({ properties })
const string = { type: 'string' }
const number = { type: 'number' }

describe('types', () => {
  test.each<[unknown, string]>([
    [{ type: 'boolean' }, 'boolean'],
    [{ type: 'integer' }, 'number'],
    [{ type: 'null' }, 'any'],
    [{ type: ['null', 'string'] }, 'string'],
    [{ type: ['object', 'string'] }, 'string'],
    [{ type: ['integer', 'boolean'] }, 'boolean'],
    [{ type: ['array', 'object'], properties: { a: string }, items: number }, 'object<a: string>'],
    [{ type: [] }, 'any'],
    [{}, 'any'],
    [true, 'any'],
    [{ enum: [1, 2] }, 'any'],
    [{ type: 'number', enum: [1, 2] }, 'number'],
    [{ const: 1 }, 'any'],
    [{ oneOf: [string, number] }, 'any'],
    [{ not: string }, 'any'],
  ])('%j', (schema, expected) => {
    expect(convert(schema)).toBe(expected)
  })
})

describe('properties and items', () => {
  test.each<[unknown, string]>([
    [{ type: 'object' }, 'object[any: any]'],
    [{ type: 'object', properties: {} }, 'object[any: any]'],
    [{ type: 'object', properties: { a: string, b: true } }, 'object<a: string, b: any>'],
    [record({ a: record({ b: number }) }), 'object<a: object<b: number>>'],
    [{ type: 'object', additionalProperties: number }, 'object[any: any]'],
    [{ ...record({ a: string }), additionalProperties: true }, 'object<a: string>'],
    [{ type: 'object', patternProperties: { a: string } }, 'object[any: any]'],
    [{ type: 'array' }, 'array[any]'],
    [{ items: string }, 'array[string]'],
    [{ type: 'array', items: [string, number] }, 'array<string, number>'],
    [{ type: 'array', items: [] }, 'array[any]'],
    [{ type: 'array', items: [string], additionalItems: number }, 'array<string>'],
    [{ type: 'string', properties: { a: string } }, 'string'],
  ])('%j', (schema, expected) => {
    expect(convert(schema)).toBe(expected)
  })
})

describe('anyOf', () => {
  test.each<[unknown, string]>([
    [{ anyOf: [string, number] }, 'any<number, string>'],
    [{ anyOf: [string, { type: 'null' }] }, 'any'],
    [{ type: 'string', anyOf: [number] }, 'number'],
    [{ type: 'object', properties: { c: number }, anyOf: [record({ a: string })] }, 'any<object<a: string>, object<c: number>>'],
    [{ properties: { c: number }, anyOf: [record({ a: string })] }, 'object<a: string>'],
    [{ type: 'array', items: number, anyOf: [{ items: string }] }, 'array[string]'],
    [{ anyOf: [] }, 'any'],
  ])('%j', (schema, expected) => {
    expect(convert(schema)).toBe(expected)
  })
})

describe('allOf', () => {
  const fault = 'type checking: unable to merge these schemas'

  test.each<[unknown, string]>([
    [{ allOf: [record({ a: string }), record({ b: number })] }, 'object<a: string, b: number>'],
    [{ allOf: [record({ a: string }), record({ a: number })] }, 'object<a: string>'],
    [{ type: 'object', properties: { c: number }, allOf: [record({ a: string })] }, 'object<a: string, c: number>'],
    [{ properties: { c: number }, allOf: [record({ a: string })] }, 'object<a: string>'],
    [{ allOf: [{ type: 'object' }, record({ a: string })] }, 'object[any: any]'],
    [{ allOf: [{ items: string }, { type: 'array' }] }, 'array[string]'],
    [{ allOf: [{ items: [string] }, { items: [string, number] }] }, 'array<string, number>'],
    [{ allOf: [{ items: string }, { items: number }] }, fault],
    [{ allOf: [string, number] }, `${fault}: type mismatch: string and number`],
    [{ allOf: [{}, number] }, `${fault}: type mismatch: Undefined and number`],
    [{ type: 'object', allOf: [string] }, fault],
    [{ allOf: [{ anyOf: [string] }] }, 'any'],
    [{ allOf: [record({ a: string })], anyOf: [record({ b: string })] }, 'object<b: string>'],
  ])('%j', (schema, expected) => {
    expect(convert(schema)).toBe(expected)
  })
})

describe('references', () => {
  test.each<[unknown, string]>([
    [{ $ref: '#/definitions/a', definitions: { a: string } }, 'string'],
    [{ properties: { x: { $ref: '#/$defs/a~1b' } }, $defs: { 'a/b': number } }, 'object<x: number>'],
    [
      { allOf: [{ $ref: '#/definitions/a' }, record({ b: string })], definitions: { a: record({ a: string }) } },
      'object<a: string, b: string>',
    ],
    [{ $ref: '#/definitions/a' }, 'unable to compile the schema: reference #/definitions/a leads nowhere'],
    [{ $ref: 'https://example.com/a' }, 'unable to compile the schema: reference https://example.com/a leads out of the schema'],
    [{ $ref: '#/definitions/%' }, 'unable to compile the schema: malformed reference #/definitions/%'],
  ])('%j', (schema, expected) => {
    expect(convert(schema)).toBe(expected)
  })

  test('a schema that refers to itself is followed for a while', () => {
    const tree = { type: 'object', properties: { left: { $ref: '#' }, right: { $ref: '#' }, leaf: string } }
    expect(convert(tree).startsWith('object<leaf: string, left: object<leaf: string, left: object<')).toBe(true)
    expect(convert({ $ref: '#' })).toBe('any')
  })
})

test.each<[unknown, string]>([
  [{ type: 'text' }, 'unable to compile the schema: unknown type text'],
  [{ properties: 1 }, 'unable to compile the schema: properties must be an object'],
  [{ items: 1 }, 'unable to compile the schema: a schema is an object'],
  [{ anyOf: 1 }, 'unable to compile the schema: anyOf must be an array'],
])('malformed: %j', (schema, expected) => {
  expect(convert(schema)).toBe(expected)
})

test('nesting without end is refused', () => {
  const deep = parseJson(`${'{"items":'.repeat(9_000)}{}${'}'.repeat(9_000)}`)
  expect(() => typeOfSchema(deep, new TypeTable())).toThrow('unable to compile the schema: schemas are nested more than 256 deep')
})
