/** Syntax trees of GraphQL as documents, in the shape that OPA gives them: empty members are left out. */
import {
  type ArgumentNode,
  type ConstArgumentNode,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectFieldNode,
  type OperationDefinitionNode,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
  type SelectionNode,
  type StringValueNode,
  TokenKind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type TypeNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql'
import { RegoObject, type RegoValue, num } from '../../value/value.js'
import { textOf } from './block-text.js'
import { definitionComments, lastComment, leadingComment } from './comments.js'

type Entries = readonly (readonly [string, RegoValue | undefined])[]

/** An object without the members that are undefined or empty lists. */
function node(entries: Entries): RegoObject {
  return RegoObject.of(
    entries.filter((entry): entry is readonly [string, RegoValue] => {
      const value = entry[1]
      return value !== undefined && !(Array.isArray(value) && value.length === 0)
    }),
  )
}

function list<Item>(items: readonly Item[] | undefined, write: (item: Item) => RegoValue): RegoValue {
  return (items ?? []).map(write)
}

export function queryDocument({ definitions }: DocumentNode): RegoObject {
  const operations = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION)
  const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION)
  return node([
    ['Operations', list(operations, operation)],
    [
      'Fragments',
      list(fragments, (fragment) =>
        node([
          ['Name', fragment.name.value],
          ['TypeCondition', fragment.typeCondition.name.value],
          ['Directives', list(fragment.directives, directive)],
          ['SelectionSet', list(fragment.selectionSet.selections, selection)],
          leadingComment(fragment),
        ]),
      ),
    ],
  ])
}

function operation(given: OperationDefinitionNode): RegoObject {
  const { operation: kind, name, variableDefinitions, directives, selectionSet } = given
  return node([
    // One that is nothing but a set of selections keeps none.
    ...(given.loc?.startToken.kind === TokenKind.NAME ? [leadingComment(given)] : []),
    ['Operation', kind],
    ['Name', name?.value ?? ''],
    ['VariableDefinitions', list(variableDefinitions, variable)],
    ['Directives', list(directives, directive)],
    ['SelectionSet', list(selectionSet.selections, selection)],
  ])
}

function variable(given: VariableDefinitionNode): RegoObject {
  const {
    variable: { name },
    type,
    defaultValue,
    directives,
  } = given
  return node([
    leadingComment(given),
    ['Variable', name.value],
    ['Type', typeReference(type)],
    ['DefaultValue', defaultValue === undefined ? undefined : literal(defaultValue)],
    ['Directives', list(directives, directive)],
    ['Used', false],
  ])
}

function selection(given: SelectionNode): RegoObject {
  const directives = ['Directives', list(given.directives, directive)] as const
  const comment = leadingComment(given)
  switch (given.kind) {
    case Kind.FIELD:
      return node([
        comment,
        ['Alias', (given.alias ?? given.name).value],
        ['Name', given.name.value],
        ['Arguments', list(given.arguments, argument)],
        directives,
        ['SelectionSet', list(given.selectionSet?.selections, selection)],
      ])
    case Kind.FRAGMENT_SPREAD:
      return node([comment, ['Name', given.name.value], directives])
    case Kind.INLINE_FRAGMENT:
      return node([
        comment,
        ['TypeCondition', given.typeCondition?.name.value ?? ''],
        directives,
        ['SelectionSet', list(given.selectionSet.selections, selection)],
      ])
  }
}

function directive({ name, arguments: args }: DirectiveNode): RegoObject {
  return node([
    ['Name', name.value],
    ['Arguments', list(args, argument)],
    ['Location', ''],
  ])
}

function argument(given: ArgumentNode | ConstArgumentNode): RegoObject {
  return node([leadingComment(given), ['Name', given.name.value], ['Value', literal(given.value)]])
}

/** The numbers that OPA's trees have for kinds of values; block strings are a kind of their own. */
const KINDS = { variable: 0, int: 1, float: 2, string: 3, block: 4, boolean: 5, null: 6, enum: 7, list: 8, object: 9 }

function literal(value: ValueNode): RegoObject {
  const of = (kind: keyof typeof KINDS, raw: string, children?: RegoValue): RegoObject =>
    node([
      ['Kind', num(KINDS[kind])],
      ['Raw', raw],
      ['Children', children],
      ['ExpectedTypeHasDefault', false],
    ])
  const child = (name: string, item: ValueNode, field?: ObjectFieldNode): RegoObject =>
    node([...(field === undefined ? [] : [leadingComment(field)]), ['Name', name], ['Value', literal(item)]])
  switch (value.kind) {
    case Kind.VARIABLE:
      return of('variable', value.name.value)
    case Kind.INT:
      return of('int', value.value)
    case Kind.FLOAT:
      return of('float', value.value)
    case Kind.STRING:
      return of(value.block === true ? 'block' : 'string', textOf(value))
    case Kind.BOOLEAN:
      return of('boolean', String(value.value))
    case Kind.NULL:
      return of('null', 'null')
    case Kind.ENUM:
      return of('enum', value.value)
    case Kind.LIST:
      return of(
        'list',
        '',
        value.values.map((item) => child('', item)),
      )
    case Kind.OBJECT:
      return of(
        'object',
        '',
        value.fields.map((field) => child(field.name.value, field.value, field)),
      )
  }
}

function typeReference(type: TypeNode): RegoObject {
  const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type
  const isNonNull = type.kind === Kind.NON_NULL_TYPE
  return node([
    ['NamedType', inner.kind === Kind.NAMED_TYPE ? inner.name.value : ''],
    ['Elem', inner.kind === Kind.LIST_TYPE ? typeReference(inner.type) : undefined],
    ['NonNull', isNonNull],
  ])
}

export function schemaDocument(document: DocumentNode): RegoObject {
  const { definitions } = document
  const isType = (one: DefinitionNode): one is TypeDefinitionNode => one.kind in TYPE_KINDS
  const isExtension = (one: DefinitionNode): one is TypeExtensionNode => one.kind in EXTENSION_KINDS
  return node([
    lastComment(document),
    [
      'Schema',
      list(
        definitions.filter((one) => one.kind === Kind.SCHEMA_DEFINITION),
        schemaNode,
      ),
    ],
    [
      'SchemaExtension',
      list(
        definitions.filter((one) => one.kind === Kind.SCHEMA_EXTENSION),
        schemaNode,
      ),
    ],
    [
      'Directives',
      list(
        definitions.filter((one) => one.kind === Kind.DIRECTIVE_DEFINITION),
        (one) =>
          node([
            ...definitionComments(one),
            ['Description', textOf(one.description)],
            ['Name', one.name.value],
            ['Arguments', list(one.arguments, inputValue)],
            ['Locations', list(one.locations, ({ value }) => value)],
            ['IsRepeatable', one.repeatable],
          ]),
      ),
    ],
    ['Definitions', list(definitions.filter(isType), typeDefinition)],
    ['Extensions', list(definitions.filter(isExtension), typeDefinition)],
  ])
}

const TYPE_KINDS: Readonly<Record<string, string>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'OBJECT',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'INTERFACE',
  [Kind.UNION_TYPE_DEFINITION]: 'UNION',
  [Kind.ENUM_TYPE_DEFINITION]: 'ENUM',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'INPUT_OBJECT',
  [Kind.SCALAR_TYPE_DEFINITION]: 'SCALAR',
}

const EXTENSION_KINDS: Readonly<Record<string, string>> = {
  [Kind.OBJECT_TYPE_EXTENSION]: 'OBJECT',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'INTERFACE',
  [Kind.UNION_TYPE_EXTENSION]: 'UNION',
  [Kind.ENUM_TYPE_EXTENSION]: 'ENUM',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'INPUT_OBJECT',
  [Kind.SCALAR_TYPE_EXTENSION]: 'SCALAR',
}

function schemaNode(schema: SchemaDefinitionNode | SchemaExtensionNode): RegoObject {
  return node([
    ...definitionComments(schema),
    ['Description', descriptionOf(schema)],
    ['Directives', list(schema.directives, directive)],
    [
      'OperationTypes',
      list(schema.operationTypes, (given) =>
        node([leadingComment(given), ['Operation', given.operation], ['Type', given.type.name.value]]),
      ),
    ],
  ])
}

function descriptionOf(given: { readonly description?: StringValueNode | undefined } | object): string {
  return 'description' in given ? textOf(given.description as StringValueNode | undefined) : ''
}

function typeDefinition(given: TypeDefinitionNode | TypeExtensionNode): RegoObject {
  return node([
    ...definitionComments(given),
    ['Kind', TYPE_KINDS[given.kind] ?? EXTENSION_KINDS[given.kind]],
    ['Description', descriptionOf(given)],
    ['Name', given.name.value],
    ['Directives', list(given.directives, directive)],
    ['Interfaces', 'interfaces' in given ? list(given.interfaces, ({ name }) => name.value) : undefined],
    ['Fields', 'fields' in given ? list<FieldDefinitionNode | InputValueDefinitionNode>(given.fields, field) : undefined],
    ['Types', 'types' in given ? list(given.types, ({ name }) => name.value) : undefined],
    ['EnumValues', 'values' in given ? list(given.values, enumValue) : undefined],
    ['BuiltIn', false],
  ])
}

function field(given: FieldDefinitionNode | InputValueDefinitionNode): RegoObject {
  if (given.kind === Kind.INPUT_VALUE_DEFINITION) return inputValue(given)
  return node([
    ...definitionComments(given),
    ['Description', textOf(given.description)],
    ['Name', given.name.value],
    ['Arguments', list(given.arguments, inputValue)],
    ['Type', typeReference(given.type)],
    ['Directives', list(given.directives, directive)],
  ])
}

function inputValue(given: InputValueDefinitionNode): RegoObject {
  const { description, name, type, defaultValue, directives } = given
  return node([
    ...definitionComments(given),
    ['Description', textOf(description)],
    ['Name', name.value],
    ['DefaultValue', defaultValue === undefined ? undefined : literal(defaultValue)],
    ['Type', typeReference(type)],
    ['Directives', list(directives, directive)],
  ])
}

function enumValue(given: EnumValueDefinitionNode): RegoObject {
  const { description, name, directives } = given
  return node([
    ...definitionComments(given),
    ['Description', textOf(description)],
    ['Name', name.value],
    ['Directives', list(directives, directive)],
  ])
}
