/**
 * What a caller may ask of checking.
 */
import type { BuiltinRow } from '../builtins/signature.js'
import type { Body, Module } from '../syntax/ast.js'
import type { RegoValue } from '../value/value.js'

export interface CheckOptions {
  /** Refuse unused imports, arguments and `:=` variables, shadowed imports, and deprecated builtins in v0 too. */
  readonly strict?: boolean
  /** Keep `print` calls; without it they are checked and dropped. */
  readonly print?: boolean
  /** A query to check along with the modules. Its names stand for rules and imports only with `queryModule`. */
  readonly query?: Body
  /** A module, not one of those checked: names in the query stand for what they would stand for in it. */
  readonly queryModule?: Module
  /** Report malformed metadata blocks also where no rule asks for metadata. */
  readonly annotations?: boolean
  /**
   * JSON Schemas of documents by the reference that annotations call them by (`schema.input`), as `readSchemas` makes them.
   * The one called `schema` describes the input of all rules. When given, `schemas` annotations are applied.
   */
  readonly schemas?: ReadonlyMap<string, RegoValue>
  /** What may be used. Everything, when absent. */
  readonly capabilities?: Capabilities
  /** Builtins that reach out of the evaluation and for which the host supplies an implementation. */
  readonly hostBuiltins?: ReadonlySet<string>
  /** The user's own builtins; they win over those of the language. */
  readonly customBuiltins?: ReadonlyMap<string, BuiltinRow>
}

/** What a target can do, as OPA's capabilities say it. */
export interface Capabilities {
  /** Builtins by name. */
  readonly builtins: ReadonlySet<string>
  /** Features such as `rego_v1` and `template_strings`, and the keywords that may be imported. */
  readonly features: ReadonlySet<string>
}

/** Builtins that only a host can answer. */
export const HOST_BUILTINS: ReadonlySet<string> = new Set(['http.send', 'net.lookup_ip_addr', 'opa.runtime'])
