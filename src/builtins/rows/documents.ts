/** Signatures: whole documents: JSON paths and patches, GraphQL, Rego itself. */
import { type BuiltinRow, any, anyArray, anyObject, boolean, objectOf, oneOf, row, string, tuple } from '../signature.js'

const document = oneOf(string, anyObject)

export const DOCUMENTS_ROWS: readonly BuiltinRow[] = [
  row('graphql.is_valid', 'graphql', [document, document], boolean, '0.41.0'),
  row('graphql.parse', 'graphql', [document, document], tuple(anyObject, anyObject), '0.41.0'),
  row('graphql.parse_and_verify', 'graphql', [document, document], tuple(boolean, anyObject, anyObject), '0.41.0'),
  row('graphql.parse_query', 'graphql', [string], anyObject, '0.41.0'),
  row('graphql.parse_schema', 'graphql', [string], anyObject, '0.41.0'),
  row('graphql.schema_is_valid', 'graphql', [document], boolean, '0.46.0'),
  row('rego.metadata.chain', 'rego', [], anyArray, '0.40.0'),
  row('rego.metadata.rule', 'rego', [], any, '0.40.0'),
  row('rego.parse_module', 'rego', [string, string], objectOf(string, any), '0.17.0'),
  row('opa.runtime', 'opa', [], objectOf(string, any), '0.17.0', { nondeterministic: true }),
]
