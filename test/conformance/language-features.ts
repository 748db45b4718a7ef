/** The language as a table; each row is covered by categories of the conformance cases and by tests of our own. */
export interface LanguageFeature {
  readonly name: string
  readonly v0: string
  readonly v1: string
  readonly notes: string
}

const both = (name: string, notes = ''): LanguageFeature => ({ name, v0: 'yes', v1: 'yes', notes })
const imported = (name: string, notes = ''): LanguageFeature => ({ name, v0: 'with its import', v1: 'yes', notes })

export const LANGUAGE_FEATURES: readonly LanguageFeature[] = [
  both('complete rules, defaults, `else` chains'),
  both('functions with patterns, default functions'),
  both('partial sets and objects'),
  both('reference heads with variables, multi-value rules below them'),
  imported('`if`, `contains`', 'v1 demands them'),
  imported('`in`, `some … in`, `every`'),
  both('comprehensions', 'array, set, object'),
  both('unification with patterns'),
  both('negation', '`import future.keywords.not` turns on the improved form and negated bodies'),
  both('`with` on input, data, functions and builtins'),
  both('references with variables into virtual and base documents', 'merged as the interpreter of OPA does'),
  both('template strings'),
  { name: '`and`, `or`', v0: 'opt-in', v1: 'opt-in', notes: 'behind `experimentalKeywords` and their imports' },
  both('metadata annotations, `rego.metadata.*`'),
  both('`print`', 'kept with the option `print`, else checked and dropped'),
  both('`import rego.v1`, `import future.keywords…`'),
  both('keywords as parts of references'),
  both('exact numbers', 'integers of any size; fractions as 64-bit-mantissa floats, as OPA computes them'),
  both('strict builtin errors', 'option `strictBuiltinErrors`'),
  both('capabilities, schemas, strict mode', 'options of `compileRego`'),
]
