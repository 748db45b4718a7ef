/**
 * Messages of the `check` room. Where OPA has a sentence, it is OPA's.
 */
import type { MessageRow } from '../diagnostic.js'
import { nearestName } from '../nearest.js'
import { TYPE_MESSAGES } from './types.js'

/** Names that mean something else after an import. */
const KEYWORDS: ReadonlySet<string> = new Set(['and', 'contains', 'every', 'if', 'in', 'not', 'or'])

/** What to write in place of the deprecated builtins. */
const REPLACED_BY: Readonly<Record<string, string>> = {
  all: 'write `every x in xs { x }`',
  any: 'write `true in xs`',
  cast_array: 'write a comprehension: `[x | some x in xs]`',
  cast_boolean: 'test the type with `is_boolean`',
  cast_null: 'test the type with `is_null`',
  cast_object: 'test the type with `is_object`',
  cast_set: 'write a comprehension: `{x | some x in xs}`',
  cast_string: 'test the type with `is_string`',
  'net.cidr_overlap': 'use `net.cidr_contains`',
  re_match: 'use `regex.match`',
  set_diff: 'write `xs - ys`',
}

const FIELD_FORMS =
  '`title` and `description` are text, `entrypoint` is true or false, `custom` and `labels` are maps, the others are lists'

export const CHECK_MESSAGES = {
  ...TYPE_MESSAGES,

  // Names and declarations.
  'assigned-above': {
    code: 'rego_compile_error',
    text: (name: string) => `var ${name} assigned above`,
    hint: (name: string) => `use another name, or \`==\` to compare with the value of \`${name}\``,
    explain: 'A variable may be assigned with `:=` once per scope.',
  },
  'declared-above': {
    code: 'rego_compile_error',
    text: (name: string) => `var ${name} declared above`,
    hint: (name: string) => `use another name, or \`=\` to unify with \`${name}\``,
    explain: 'A name that `some` or `every` declared in this scope may not be declared or assigned again.',
  },
  'referenced-above': {
    code: 'rego_compile_error',
    text: (name: string) => `var ${name} referenced above`,
    hint: () => 'move the declaration in front of the first use',
    explain: 'A variable was used before the `:=` or `some` that declares it in the same scope.',
  },
  'argument-redeclared': {
    code: 'rego_compile_error',
    text: (name: string) => `arg ${name} redeclared`,
    hint: () => 'use another name: arguments are in scope throughout the body',
    explain: 'A body may not declare a variable with the name of an argument of its function.',
  },
  'assigned-before': {
    code: 'rego_compile_error',
    text: (name: string) => `var ${name} assigned before`,
    hint: () => 'use another name for the new variable',
    explain: 'The collection of `some … in` may not mention the variables that the same expression declares.',
  },
  'declared-unused': {
    code: 'rego_compile_error',
    text: (name: string) => `declared var ${name} unused`,
    hint: () => 'write `_` where no name is needed, or remove the declaration',
    explain: 'A variable declared by `some` or `every` must be used in the scope of the declaration.',
  },
  'assigned-unused': {
    code: 'rego_compile_error',
    text: (name: string) => `assigned var ${name} unused`,
    hint: () => 'write `_` where no name is needed, or remove the assignment',
    explain: 'Strict mode: a variable assigned with `:=` must be used.',
  },
  'argument-unused': {
    code: 'rego_compile_error',
    text: (name: string) => `unused argument ${name}. (hint: use _ (wildcard variable) instead)`,
    hint: () => 'write `_` in its place, or use it',
    explain: 'Strict mode: every named argument of a function must be used.',
  },
  'import-unused': {
    code: 'rego_compile_error',
    text: (text: string) => `${text} unused`,
    hint: () => 'remove the import',
    explain: 'Strict mode: an import must be used.',
  },
  'import-shadowed': {
    code: 'rego_compile_error',
    text: (path: string) => `import must not shadow import ${path}`,
    hint: () => 'rename one of them with `as`',
    explain: 'Two imports of a v1 module bind the same name.',
  },
  'undeclared-var': {
    code: 'rego_compile_error',
    text: (name: string) => `var ${name} is undeclared`,
    hint: () => 'bind it in front of this expression',
    explain: 'An argument of `print`, or an expression inside a template string, names a variable that nothing has bound.',
  },
  'shadows-root': {
    code: 'rego_compile_error',
    text: (what: 'rules' | 'args' | 'variables', name: string, kind: string) =>
      `${what} must not shadow ${name} (use a different ${kind} name)`,
    hint: (_what: 'rules' | 'args' | 'variables', name: string) =>
      `\`${name}\` is a document of every policy: choose another name`,
    explain: '`input` and `data` are the documents of every policy; Rego v1 does not let anything else take their names.',
  },
  'assign-target': {
    code: 'rego_compile_error',
    text: (kind: string) => `cannot assign to ${kind}`,
    hint: () => 'the left side of `:=` is a new variable, or an array or object of new variables; use `==` or `=` to compare',
    explain: 'Only variables, and arrays and objects of them, can be assigned.',
  },
  'assign-negated': {
    code: 'rego_compile_error',
    text: () => 'cannot assign vars inside negated expression',
    hint: () => 'use `!=`, or compare with `==` after the assignment',
    explain: 'A negated expression binds nothing, so a declaration inside it has no meaning.',
  },
  'operand-declares': {
    code: 'rego_compile_error',
    text: (operator: string) => `declarations in an operand of \`${operator}\` need braces`,
    hint: () => 'write the operand as `{ … }`',
    explain: 'An operand of `and` / `or` without braces binds nothing, so a declaration inside it has no meaning.',
  },

  // Heads and rules.
  'argument-calls': {
    code: 'rego_compile_error',
    text: () => 'rule arguments cannot contain calls',
    hint: () => 'take a variable as the argument and compare it in the body',
    explain: 'Arguments of a function are patterns, not expressions.',
  },
  'function-keys': {
    code: 'rego_compile_error',
    text: (name: string) => `function ${name} has a variable in its name`,
    hint: () => 'pass it as an argument',
    explain: 'The path of a function consists of names only.',
  },
  'conflicting-rules': {
    code: 'rego_type_error',
    text: (path: string) => `conflicting rules ${path} found`,
    hint: () => 'definitions of one name must be of one kind, and functions must take the same number of arguments',
    explain: 'A name is defined both as a value, a set or a function, or as functions with different numbers of arguments.',
  },
  'rule-below-rule': {
    code: 'rego_type_error',
    text: (path: string, others: readonly string[]) => [`rule ${path} conflicts with:`, ...others].join('\n  '),
    hint: () => 'a complete rule cannot have other rules below it',
    explain: 'A rule that has one value covers every path below it.',
  },
  'package-conflict': {
    code: 'rego_type_error',
    text: (packagePath: string, rule: string, place: string) =>
      `package ${packagePath} conflicts with rule ${rule} defined at ${place}`,
    hint: () => 'rename the rule or the package',
    explain: 'A package and a rule may not have the same path.',
  },
  'multiple-defaults': {
    code: 'rego_type_error',
    text: (path: string, places: readonly string[]) => `multiple default rules ${path} found at ${places.join(', ')}`,
    hint: () => 'keep one of them',
    explain: 'A name has at most one default.',
  },
  'recursion': {
    code: 'rego_recursion_error',
    text: (path: string, cycle: readonly string[]) => `rule ${path} is recursive: ${cycle.join(' -> ')}`,
    hint: () => 'Rego has no recursion: walk nested documents with `walk`, or use `graph.reachable`',
    explain: 'A rule depends on itself, directly or through others.',
  },

  // Calls.
  'undefined-function': {
    code: 'rego_type_error',
    text: (name: string, _nearest?: string) => `undefined function ${name}`,
    hint: (_name: string, nearest?: string) =>
      nearest === undefined ? 'no builtin, and no rule with arguments, has this name' : `did you mean \`${nearest}\`?`,
    explain: 'A call names neither a builtin function nor a rule with arguments.',
  },
  'shadowed-function': {
    code: 'rego_compile_error',
    text: (name: string) => `called function ${name} shadowed`,
    hint: (name: string) => `rename the variable \`${name}\``,
    explain: 'A local variable hides the builtin function that is called.',
  },
  'function-arity': {
    code: 'rego_type_error',
    text: (name: string, arity: number, found: number) =>
      `function ${name} has arity ${arity}, got ${found} argument${found === 1 ? '' : 's'}`,
    hint: (_name: string, arity: number) => {
      if (arity === 0) return 'the rule takes no arguments: leave the parentheses away'
      return `call it with ${arity} argument${arity === 1 ? '' : 's'}`
    },
    explain: 'A function takes the arguments it is defined with, or one more, which is unified with the result.',
  },
  'builtin-arity': {
    code: 'rego_type_error',
    text: (name: string, _arity: number, _found: number) => `${name}: arity mismatch`,
    hint: (name: string, arity: number, found: number) =>
      `\`${name}\` takes ${arity} argument${arity === 1 ? '' : 's'}, not ${found}`,
    explain: 'A builtin is called, or a function replaced by another, with the wrong number of arguments.',
  },
  'function-as-value': {
    code: 'rego_type_error',
    text: (name: string) => `function ${name} used as reference, not called`,
    hint: () => 'call it with arguments',
    explain: 'Functions are not values.',
  },
  'unsafe-expression': {
    code: 'rego_unsafe_var_error',
    text: (_name: string) => 'expression is unsafe',
    hint: (name: string) => `write \`==\` to compare: \`${name}\` is an expression of its own, and has no value`,
    explain: '`eq` and `assign` are other spellings of `=` and `:=`, which are expressions and no values.',
  },
  'void-as-value': {
    code: 'rego_type_error',
    text: (call: string) => `${call} used as value`,
    hint: () => 'write the call as an expression of its own',
    explain: 'A function without a value can only be a statement.',
  },
  'deprecated-builtin': {
    code: 'rego_type_error',
    text: (name: string) => `deprecated built-in function calls in expression: ${name}`,
    hint: (name: string) => REPLACED_BY[name] ?? 'use another function',
    explain: 'Rego v1 and strict mode refuse deprecated builtin functions.',
  },
  'unsafe-builtin': {
    code: 'rego_type_error',
    text: (name: string) => `unsafe built-in function calls in expression: ${name}`,
    hint: (name: string) => `the host has to supply an implementation of \`${name}\``,
    explain: 'The function reaches out of the evaluation (network, host), which needs an implementation supplied by the host.',
  },
  'template-relation': {
    code: 'rego_compile_error',
    text: (name: string) => `illegal call to relation built-in '${name}' that may cause multiple outputs`,
    hint: () => 'use a comprehension, which has a template string for each result: `{$"{x}" | …}`',
    explain: 'An expression inside a template string has one value.',
  },
  'missing-feature': {
    code: 'rego_compile_error',
    text: (feature: string) => `the capabilities do not include the feature ${feature}`,
    hint: (feature: string) => `add the feature \`${feature}\` to the capabilities, or do without what needs it`,
    explain: 'The module uses a part of the language that the given capabilities leave out.',
  },

  // with.
  'with-target': {
    code: 'rego_type_error',
    text: (_nearest?: string) => 'with keyword target must reference existing input, data, or a function',
    hint: (nearest?: string) =>
      nearest !== undefined
        ? `did you mean \`${nearest}\`?`
        : 'write a path that begins with `input` or `data`, an imported name, or the name of a function',
    explain: '`with` replaces a part of `input` or `data`, or a function.',
  },
  'with-target-keys': {
    code: 'rego_type_error',
    text: () => 'with keyword target must be a path of string keys',
    hint: () => 'write the key as a string, or replace the whole document by one with the change',
    explain: '`with` replaces one place of a document; the keys that lead to it are strings.',
  },
  'builtin-as-rule': {
    code: 'rego_parse_error',
    text: () => 'rule name conflicts with built-in function',
    hint: () => 'a call belongs into the body of a rule; a function of this name needs a value or a body',
    explain: 'A call of a builtin that stands on its own looks like a function without a value and a body.',
  },
  'with-partial': {
    code: 'rego_compile_error',
    text: () => 'with keyword cannot partially replace virtual document(s)',
    hint: () => 'replace the whole document of the rule',
    explain: 'The path of the target leads through a rule.',
  },
  'with-builtin': {
    code: 'rego_compile_error',
    text: (reason: string) => `with keyword replacing built-in function: ${reason}`,
    hint: () => 'replace what the call looks at, or a function of your own that makes the call',
    explain: 'Operators that are rewritten, relations, functions without a value and internal ones cannot be replaced.',
  },

  // Safety.
  'unsafe-var': {
    code: 'rego_unsafe_var_error',
    text: (name: string, _nearest?: string) =>
      KEYWORDS.has(name)
        ? `var ${name} is unsafe (hint: \`import future.keywords.${name}\` to import a future keyword)`
        : `var ${name} is unsafe`,
    hint: (name: string, nearest?: string) => {
      if (name === '_') return 'nothing gives the wildcard a value here; name what is meant'
      return nearest === undefined
        ? `nothing gives \`${name}\` a value: bind it, or import or define it`
        : `nothing gives \`${name}\` a value; did you mean \`${nearest}\`?`
    },
    explain: 'The variable is read, but nothing in the body gives it a finite set of values.',
  },

  // Metadata.
  'annotation-yaml': {
    code: 'rego_parse_error',
    text: (problem: string) => `yaml: ${problem}`,
    hint: () => 'each line behind `# METADATA` is a field, as in `# title: …`; quotes and brackets have to be closed',
    explain: 'A metadata block is not well-formed YAML.',
  },
  'annotation-empty': {
    code: 'rego_parse_error',
    text: () => 'expected METADATA block, found whitespace',
    hint: () => 'write a field on the next line, as in `# title: …`, or remove the comment',
    explain: 'A comment `# METADATA` is followed by the fields, one comment line after the other.',
  },
  'annotation-field': {
    code: 'rego_parse_error',
    text: (problem: string) => problem,
    hint: () => FIELD_FORMS,
    explain: 'A field of a metadata block does not have the form it should.',
  },
  'annotation-scope': {
    code: 'rego_parse_error',
    text: (scope: string) => `invalid annotation scope '${scope}'. Use one of 'rule', 'document', 'package', or 'subpackages'`,
    hint: (scope: string) => {
      const nearest = nearestName(scope, ['rule', 'document', 'package', 'subpackages'])
      return nearest === undefined ? 'leave the scope away: it follows from the statement below' : `did you mean \`${nearest}\`?`
    },
    explain: 'The scope says what a metadata block applies to.',
  },
  'annotation-target': {
    code: 'rego_parse_error',
    text: (scope: string, wanted: string, found: string) =>
      `annotation scope '${scope}' must be applied to ${wanted} (have ${found})`,
    hint: (_scope: string, wanted: string) => `move the block in front of a ${wanted}, or change its scope`,
    explain: 'A metadata block stands in front of a statement that its scope does not fit.',
  },
  'annotation-redeclared': {
    code: 'rego_type_error',
    text: (scope: string, place: string) => `${scope} annotation redeclared: ${place}`,
    hint: () => 'put both into one block, or use scope `rule` for one of them',
    explain: 'Metadata for a document, a package or its subpackages may be given once.',
  },
} as const satisfies Record<string, MessageRow<never>>

export type CheckMessage = keyof typeof CHECK_MESSAGES
