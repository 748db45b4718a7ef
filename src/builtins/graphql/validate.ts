/** Whether schemas hold together, and queries fit them; by the `graphql` package, with the leniency of OPA's validator. */
import {
  type DefinitionNode,
  type DocumentNode,
  type GraphQLError,
  GraphQLSchema,
  Kind,
  buildASTSchema,
  specifiedRules,
  specifiedScalarTypes,
  validate,
  validateSchema,
} from 'graphql'
import { validateSDL } from 'graphql/validation/validate.js'
import { failure } from '../context.js'

/** What the package minds in a schema and OPA does not. */
const PASSED_OVER = [
  /^Query root type must be provided/,
  /^Query root type must be Object type/,
  /^There can be only one (?:query|mutation|subscription) type in schema/,
  /^Argument ".*" can only be defined once/,
  /^Type .* cannot implement itself because/,
  /^Union type .* must define one or more member types/,
]

/** A directive of the schema's own may stand twice at a type. */
const isRepeatedAtType = ({ message, nodes }: GraphQLError, { definitions }: DocumentNode): boolean =>
  /^The directive "@(?!deprecated|specifiedBy|skip|include).*" can only be used once at this location/.test(message) &&
  definitions.some(
    (one) => 'directives' in one && one.directives?.some((directive) => nodes?.includes(directive) === true) === true,
  )

function refuseFaults(faults: readonly GraphQLError[], document: DocumentNode): void {
  for (const fault of faults) {
    if (PASSED_OVER.some((pattern) => pattern.test(fault.message)) || isRepeatedAtType(fault, document)) continue
    throw failure(`${fault.message} in GraphQL string`)
  }
}

/** The schema of a document; one that does not hold together is a builtin error. */
export function buildSchema(document: DocumentNode): GraphQLSchema {
  const whole = withOrphans(document)
  refuseRedefinitions(whole)
  refuseFaults(validateSDL(whole), whole)
  refuseFaults(validateSchema(buildASTSchema(whole, { assumeValidSDL: true })), whole)
  const schema = buildASTSchema(whole, { assumeValidSDL: true, assumeValid: true })
  // Of a document without definitions the package does not remember that it is to be assumed valid.
  return whole.definitions.length > 0 ? schema : new GraphQLSchema({ ...schema.toConfig(), assumeValid: true })
}

/** Neither the scalars of the language may be defined again, nor a directive by itself. */
function refuseRedefinitions({ definitions }: DocumentNode): void {
  for (const one of definitions) {
    const name = 'name' in one ? one.name?.value : undefined
    if (one.kind.endsWith('TypeDefinition') && specifiedScalarTypes.some((scalar) => scalar.name === name)) {
      throw failure(`Cannot redeclare type ${name}. in GraphQL string`)
    }
    if (one.kind !== Kind.DIRECTIVE_DEFINITION) continue
    const isCircular = one.arguments?.some(({ directives }) => directives?.some((directive) => directive.name.value === name))
    if (isCircular === true) throw failure(`Directive ${name} cannot refer to itself. in GraphQL string`)
  }
}

export function checkQuery(schema: GraphQLSchema, query: DocumentNode): void {
  for (const one of query.definitions) {
    if (one.kind !== Kind.OPERATION_DEFINITION || schema.getRootType(one.operation) != null) continue
    throw failure(`Schema does not support operation type "${one.operation}" in GraphQL string`)
  }
  const fault = validate(schema, query, specifiedRules).find(({ message }) => !/^Int cannot represent non 32-bit/.test(message))
  if (fault === undefined) return
  const [place] = fault.locations ?? []
  throw failure(`${fault.message.replace(/\.$/, '')} in GraphQL string at location ${place?.line ?? 0}:${place?.column ?? 0}`)
}

const DEFINITION_OF: Readonly<Record<string, DefinitionNode['kind']>> = {
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_EXTENSION]: Kind.INTERFACE_TYPE_DEFINITION,
  [Kind.UNION_TYPE_EXTENSION]: Kind.UNION_TYPE_DEFINITION,
  [Kind.ENUM_TYPE_EXTENSION]: Kind.ENUM_TYPE_DEFINITION,
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: Kind.INPUT_OBJECT_TYPE_DEFINITION,
  [Kind.SCALAR_TYPE_EXTENSION]: Kind.SCALAR_TYPE_DEFINITION,
}

/** An extension of a type that is not there defines it. */
function withOrphans(document: DocumentNode): DocumentNode {
  const names = new Set(
    document.definitions.flatMap((one) => (one.kind.endsWith('TypeDefinition') && 'name' in one ? [one.name?.value] : [])),
  )
  const definitions = document.definitions.map((one) => {
    const kind = DEFINITION_OF[one.kind]
    if (kind === undefined || !('name' in one) || names.has(one.name?.value)) return one
    names.add(one.name?.value)
    return { ...one, kind } as DefinitionNode
  })
  return { ...document, definitions }
}
