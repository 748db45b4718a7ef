/** Validates documents against schemas, with the findings of the validator that OPA uses, in its words. */
import { isIntegral } from '../../value/number.js'
import { writeHtmlSafeJson } from '../../value/json.js'
import { RegoObject, type RegoValue, isArray, typeNameOf } from '../../value/value.js'
import { codePointCount } from '../code-points.js'
import { failure } from '../context.js'
import { isNumber } from '../operand.js'
import type { Budget } from '../context.js'
import { hasMatch } from '../regex-pattern.js'
import { matchesFormat } from './formats.js'
import { normalised } from './normalise.js'
import { validateNumber } from './validate-number.js'
import type { Schema, SchemaObject, SchemaType } from './schema.js'

/** One thing that is wrong with a document. */
export interface Finding {
  /** Where, as keys with dots between them. */
  readonly field: string
  readonly type: string
  readonly description: string
}

/** Units of work for checking one value by one schema. */
const CHECK_COST = 4

/** References that lead to each other without a step into the document. */
const MAX_REFERENCES = 200

export function validate(document: RegoValue, schema: Schema, budget: Budget): readonly Finding[] {
  const result = new Result(budget)
  check(document, schema, [], result)
  return result.findings
}

/** Findings, and how well the document fits otherwise: a point for each check, taken back by each finding. */
export class Result {
  readonly findings: Finding[] = []
  score = 0

  constructor(readonly budget: Budget) {}

  add(path: readonly string[], type: string, description: string): void {
    this.findings.push({ field: path.length === 0 ? '(Root)' : path.join('.'), type, description })
    this.score--
  }

  merge(other: Result): void {
    for (const finding of other.findings) this.findings.push(finding)
    this.score += other.score
  }
}

type Path = readonly string[]

function check(value: RegoValue, given: Schema, path: Path, result: Result): void {
  const schema = resolve(given)
  if (schema === true) return
  if (schema === false) return result.add(path, 'false', 'False always fails validation')
  // Schemas that refer to each other may ask for much more than they and the document are long.
  result.budget.spend?.(CHECK_COST + (schema.enumeration?.length ?? 0))
  if (!hasType(value, schema, path, result)) return
  checkCombinators(value, schema, path, result)
  if (isArray(value)) checkArray(value, schema, path, result)
  else if (value instanceof RegoObject) checkObject(value, schema, path, result)
  else if (isNumber(value)) validateNumber(value, schema, path, result)
  checkCommon(value, schema, path, result)
  if (typeof value === 'string') checkString(value, schema, path, result)
  if (value instanceof RegoObject) {
    for (const [name, property] of schema.properties ?? []) {
      const item = value.get(name)
      if (item !== undefined) check(item, property, [...path, name], result)
    }
  }
}

function resolve(given: Schema): boolean | SchemaObject {
  let schema = given
  for (let count = 0; typeof schema === 'object' && schema.ref !== undefined; count++) {
    if (count > MAX_REFERENCES) throw failure('references of the schema lead in a circle')
    schema = schema.ref()
  }
  return schema
}

function hasType(value: RegoValue, { types }: SchemaObject, path: Path, result: Result): boolean {
  if (types === undefined) return true
  const type = schemaTypeOf(value)
  if (types.includes(type) || (type === 'integer' && types.includes('number'))) return true
  const wanted = types.length === 1 ? types[0] : `[${types.join(',')}]`
  result.add(path, 'invalid_type', `Invalid type. Expected: ${wanted}, given: ${type}`)
  return false
}

function schemaTypeOf(value: RegoValue): SchemaType {
  if (isNumber(value)) return isIntegral(value) ? 'integer' : 'number'
  const type = typeNameOf(value)
  return type === 'set' ? 'array' : type
}

function fits(value: RegoValue, schema: Schema, path: Path, { budget }: Result): Result {
  const result = new Result(budget)
  check(value, schema, path, result)
  return result
}

function isFit(result: Result): boolean {
  return result.findings.length === 0
}

/** The result with the best score, the first of equals. */
function best(results: readonly Result[]): Result | undefined {
  return results.reduce<Result | undefined>(
    (found, one) => (found === undefined || one.score > found.score ? one : found),
    undefined,
  )
}

function checkCombinators(value: RegoValue, schema: SchemaObject, path: Path, result: Result): void {
  if (schema.anyOf !== undefined && schema.anyOf.length > 0) {
    const results = schema.anyOf.map((one) => fits(value, one, path, result))
    if (!results.some(isFit)) {
      result.add(path, 'number_any_of', 'Must validate at least one schema (anyOf)')
      const closest = best(results)
      if (closest !== undefined) result.merge(closest)
    }
  }
  if (schema.oneOf !== undefined && schema.oneOf.length > 0) {
    const results = schema.oneOf.map((one) => fits(value, one, path, result))
    const count = results.filter(isFit).length
    if (count !== 1) {
      result.add(path, 'number_one_of', 'Must validate one and only one schema (oneOf)')
      const closest = count === 0 ? best(results) : undefined
      if (closest !== undefined) result.merge(closest)
    }
  }
  if (schema.allOf !== undefined && schema.allOf.length > 0) {
    const results = schema.allOf.map((one) => fits(value, one, path, result))
    for (const one of results) result.merge(one)
    if (!results.every(isFit)) result.add(path, 'number_all_of', 'Must validate all the schemas (allOf)')
  }
  if (schema.not !== undefined && isFit(fits(value, schema.not, path, result))) {
    result.add(path, 'number_not', 'Must not validate the schema (not)')
  }
  checkDependencies(value, schema, path, result)
  checkCondition(value, schema, path, result)
  result.score++
}

function checkDependencies(value: RegoValue, { dependencies }: SchemaObject, path: Path, result: Result): void {
  if (dependencies === undefined || !(value instanceof RegoObject)) return
  for (const [name, dependency] of dependencies) {
    if (!value.has(name)) continue
    if (typeof dependency === 'boolean' || !Array.isArray(dependency)) {
      check(value, dependency as Schema, path, result)
      continue
    }
    for (const other of dependency as readonly string[]) {
      if (!value.has(other)) result.add(path, 'missing_dependency', `Has a dependency on ${other}`)
    }
  }
}

function checkCondition(value: RegoValue, { condition }: SchemaObject, path: Path, result: Result): void {
  if (condition === undefined) return
  const holds = isFit(fits(value, condition.if, path, result))
  const branch = holds ? condition.then : condition.else
  if (branch === undefined) return
  const outcome = fits(value, branch, path, result)
  if (isFit(outcome)) return
  if (holds) result.add(path, 'condition_then', 'Must validate "then" as "if" was valid')
  else result.add(path, 'condition_else', 'Must validate "else" as "if" was not valid')
  result.merge(outcome)
}

function checkArray(items: readonly RegoValue[], schema: SchemaObject, path: Path, result: Result): void {
  const at = (place: number): Path => [...path, String(place)]
  if (schema.items !== undefined) items.forEach((item, place) => check(item, schema.items as Schema, at(place), result))
  const { positions, additionalItems } = schema
  if (positions !== undefined) {
    items.slice(0, positions.length).forEach((item, place) => check(item, positions[place] as Schema, at(place), result))
    if (items.length > positions.length && additionalItems === false) {
      result.add(path, 'array_no_additional_items', 'No additional items allowed on array')
    } else if (additionalItems !== undefined) {
      items.slice(positions.length).forEach((item, place) => check(item, additionalItems, at(positions.length + place), result))
    }
  }
  if (schema.minItems !== undefined && items.length < schema.minItems) {
    result.add(path, 'array_min_items', `Array must have at least ${schema.minItems} items`)
  }
  if (schema.maxItems !== undefined && items.length > schema.maxItems) {
    result.add(path, 'array_max_items', `Array must have at most ${schema.maxItems} items`)
  }
  if (schema.uniqueItems === true) checkUnique(items, path, result)
  if (schema.contains !== undefined) {
    const results = items.map((item, place) => fits(item, schema.contains as Schema, at(place), result))
    if (!results.some(isFit)) {
      result.add(path, 'contains', 'At least one of the items must match')
      const closest = best(results)
      if (closest !== undefined) result.merge(closest)
    }
  }
  result.score++
}

function checkUnique(items: readonly RegoValue[], path: Path, result: Result): void {
  const places = new Map<string, number>()
  for (const [place, item] of items.entries()) {
    const text = writeHtmlSafeJson(normalised(item))
    const first = places.get(text)
    if (first !== undefined) result.add(path, 'unique', `array items[${first},${place}] must be unique`)
    places.set(text, place)
  }
}

function checkObject(object: RegoObject, schema: SchemaObject, path: Path, result: Result): void {
  const names = object.entries.map(([name]) => name as string)
  if (schema.minProperties !== undefined && names.length < schema.minProperties) {
    result.add(path, 'array_min_properties', `Must have at least ${schema.minProperties} properties`)
  }
  if (schema.maxProperties !== undefined && names.length > schema.maxProperties) {
    result.add(path, 'array_max_properties', `Must have at most ${schema.maxProperties} properties`)
  }
  for (const name of schema.required ?? []) {
    if (!object.has(name)) result.add(path, 'required', `${name} is required`)
    else result.score++
  }
  for (const [key, value] of object.entries) {
    const name = key as string
    const isPatterned = checkPatternProperties(name, value, schema, path, result)
    if (schema.properties?.has(name) || isPatterned || schema.additionalProperties === undefined) continue
    if (schema.additionalProperties === false) {
      result.add(path, 'additional_property_not_allowed', `Additional property ${name} is not allowed`)
    } else check(value, schema.additionalProperties, [...path, name], result)
  }
  if (schema.propertyNames !== undefined) {
    for (const name of names) {
      const outcome = fits(name, schema.propertyNames, path, result)
      if (isFit(outcome)) continue
      result.add(path, 'invalid_property_name', `Property name of "${name}" does not match`)
      result.merge(outcome)
    }
  }
  result.score++
}

/** Whether some pattern is about the property. */
function checkPatternProperties(name: string, value: RegoValue, schema: SchemaObject, path: Path, result: Result): boolean {
  let isPatterned = false
  for (const [pattern, one] of schema.patternProperties ?? []) {
    if (!hasMatch(pattern, name, result.budget)) continue
    isPatterned = true
    check(value, one, [...path, name], result)
  }
  return isPatterned
}

function checkString(text: string, schema: SchemaObject, path: Path, result: Result): void {
  const length = codePointCount(text)
  if (schema.minLength !== undefined && length < schema.minLength) {
    result.add(path, 'string_gte', `String length must be greater than or equal to ${schema.minLength}`)
  }
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    result.add(path, 'string_lte', `String length must be less than or equal to ${schema.maxLength}`)
  }
  if (schema.pattern !== undefined && !hasMatch(schema.pattern, text, result.budget)) {
    result.add(path, 'pattern', `Does not match pattern '${schema.pattern}'`)
  }
  result.score++
}

function checkCommon(value: RegoValue, schema: SchemaObject, path: Path, result: Result): void {
  const field = path.length === 0 ? '(Root)' : path.join('.')
  const text = (one: RegoValue): string => writeHtmlSafeJson(normalised(one))
  if (schema.constant !== undefined && text(schema.constant) !== text(value)) {
    result.add(path, 'const', `${field} does not match: ${text(schema.constant)}`)
  }
  if (schema.enumeration !== undefined) {
    const allowed = schema.enumeration.map(text)
    if (!allowed.includes(text(value))) result.add(path, 'enum', `${field} must be one of the following: ${allowed.join(', ')}`)
  }
  if (schema.format !== undefined && typeof value === 'string' && !matchesFormat(schema.format, value, result.budget)) {
    result.add(path, 'format', `Does not match format '${schema.format}'`)
  }
  result.score++
}
