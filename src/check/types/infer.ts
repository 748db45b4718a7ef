/**
 * Type inference: rules in the order of their dependencies, each typed by what its bodies tell.
 *
 * A rule with an error in it may be anything from then on, so that no error is held against those who refer to it.
 */
import type { Span } from '../../source/source.js'
import type { AnnotationTable } from '../annotations/table.js'
import type { CheckContext } from '../context.js'
import type { CheckedClause, CheckedQuery, CheckedRule, CoreTerm } from '../core.js'
import { type Definition, type RuleNode, walkNodes } from '../definitions.js'
import type { DependencyGraph } from '../dependencies.js'
import { orderByNeed } from '../need-order.js'
import { BodyChecker } from './check-body.js'
import { typeOfBuiltin } from './check-call.js'
import { Environment } from './environment.js'
import { type Layer, RuleLayer, keyTextOf } from './layer.js'
import { Replacements } from './replacements.js'
import { RuleTypes } from './rule-types.js'
import { Schemas } from './schemas.js'
import { type MaybeType, type RegoType, TypeTable } from './type.js'

/** The program to type. */
export interface TypedProgram {
  readonly definitions: readonly Definition[]
  readonly rules: readonly CheckedRule[]
  readonly query: CheckedQuery | undefined
  readonly dependencies: DependencyGraph
  readonly annotations: () => AnnotationTable
}

export function inferTypes(program: TypedProgram, cx: CheckContext): void {
  const inference = new Inference(program, cx)
  inference.rules(program.rules)
  if (program.query !== undefined) inference.query(program.query)
}

class Inference {
  readonly dependencies: DependencyGraph
  readonly #types = new TypeTable()
  readonly #rules: RuleTypes
  readonly #base: Layer
  readonly #replacements: Replacements
  readonly #schemas: Schemas
  readonly #definitions: ReadonlyMap<Span, Definition>
  /** Whether earlier stages have reported something: then rules may be missing, or may not be what they seem. */
  readonly #hadErrors: boolean

  constructor(
    { dependencies, definitions, annotations }: TypedProgram,
    readonly cx: CheckContext,
  ) {
    this.dependencies = dependencies
    this.#rules = new RuleTypes(this.#types, walkNodes(dependencies.index.root))
    this.#base = new RuleLayer(dependencies.index, this.#rules)
    this.#replacements = new Replacements(dependencies)
    this.#schemas = new Schemas(annotations, this.#types, cx)
    this.#definitions = new Map(definitions.map((definition) => [definition.span, definition]))
    this.#hadErrors = cx.hasErrors
  }

  /** Each definition is looked at by itself: what is known of an object with entries of its own depends on who comes first. */
  rules(checked: readonly CheckedRule[]): void {
    const { dependencies } = this
    const rules = this.#hadErrors ? checked.filter((rule) => this.#isSound(rule)) : checked
    const edges: (readonly number[])[] = [...dependencies.edges]
    const ruleAt = new Map<number, CheckedRule>()
    const byNode = new Map<RuleNode, number[]>()
    for (const rule of rules) {
      const node = dependencies.nodeOfRule(rule)
      if (node === undefined) continue
      const vertex = edges.push(dependencies.needsOf(rule)) - 1
      ruleAt.set(vertex, rule)
      const others = byNode.get(node)
      if (others === undefined) byNode.set(node, [vertex])
      else others.push(vertex)
    }
    for (const [node, vertices] of byNode) edges[dependencies.definitionsAt(node) as number] = vertices
    for (const node of walkNodes(dependencies.index.root)) {
      if ((byNode.get(node)?.length ?? 0) < node.definitions.length) this.#rules.addFaulty(node, false)
    }
    for (const vertex of orderByNeed(edges, [...ruleAt.keys()])) this.#rule(ruleAt.get(vertex) as CheckedRule)
  }

  query({ body }: CheckedQuery): void {
    if (!this.#hadErrors) this.#checker(this.#schemas.layers(undefined, false), true).body(body)
  }

  #isSound({ span, clauses }: CheckedRule): boolean {
    return ![span, ...clauses.map((clause) => clause.span)].some((place) => this.cx.hasErrorsWithin(place))
  }

  #rule(rule: CheckedRule): void {
    const node = this.dependencies.nodeOfRule(rule) as RuleNode
    const definition = this.#definitions.get(rule.span)
    for (const [place, clause] of rule.clauses.entries()) {
      const schemas = this.#schemas.layers(definition, place > 0)
      const before = this.cx.errors
      const env = this.#clause(rule, clause, schemas)
      const keys = keysOf(rule, env)
      const type = typeOfClause(rule, clause, env)
      if (this.cx.errors > before) this.#rules.addFaulty(node, keys.length > 0)
      else if (type !== undefined) this.#rules.add(node, keys, type)
    }
  }

  #clause({ keys }: CheckedRule, { body, value }: CheckedClause, schemas: readonly Layer[]): Environment {
    const checker = this.#checker(schemas)
    checker.body(body)
    for (const key of keys) checker.term(key)
    checker.term(value)
    return checker.env
  }

  #checker(schemas: readonly Layer[], isQuery = false): BodyChecker {
    const env: Environment = new Environment(this.#types, [...schemas, this.#base], (local) => {
      const name = this.cx.namesakes.get(local)
      return name === undefined ? undefined : typeOfBuiltin(name, env, this.cx)
    })
    return new BodyChecker(env, this.cx, (withs, at) => this.#replacements.layers(withs, at), isQuery)
  }
}

/** Types of the variable part of a head. */
function keysOf({ keys }: CheckedRule, env: Environment): readonly MaybeType[] {
  const start = keys.findIndex((key) => keyTextOf(key) === undefined)
  return start === -1 ? [] : keys.slice(start).map((key) => env.typeOfPart(key))
}

/** What a rule is, going by one of its clauses; undefined if its value depends on something that has been reported. */
function typeOfClause({ shape, args }: CheckedRule, clause: CheckedClause, env: Environment): MaybeType {
  const { types } = env
  // What an argument brings into the value may be anything, as far as a caller knows.
  const takes = args?.map((arg) => typeOfArgument(arg, clause, env))
  const value = env.typeOfPart(clause.value)
  if (takes !== undefined) return types.function(takes, value ?? types.any)
  return shape === 'set' && value !== undefined ? types.set(value) : value
}

/** What a function takes: an argument that nothing is known about may be anything. */
function typeOfArgument(arg: CoreTerm, clause: CheckedClause, env: Environment): RegoType {
  const { types } = env
  switch (arg.kind) {
    case 'local': {
      const pattern = patternOf(arg.id, clause)
      if (pattern !== undefined) return typeOfArgument(pattern, clause, env)
      if (env.typeOfLocal(arg) === undefined) env.bind(arg, types.any)
      return env.typeOfLocal(arg) ?? types.any
    }
    case 'array':
      return types.array(
        arg.items.map((item) => typeOfArgument(item, clause, env)),
        undefined,
      )
    case 'object': {
      const entries = arg.entries.flatMap(({ key, value }) =>
        key.kind === 'const' ? [{ key: key.value, value: typeOfArgument(value, clause, env) }] : [],
      )
      return entries.length === arg.entries.length ? types.object(entries, undefined) : (env.typeOf(arg) ?? types.any)
    }
    default:
      return env.typeOfPart(arg) ?? types.any
  }
}

/** Arguments that are more than patterns are taken whole, and compared at the beginning of the body. */
function patternOf(id: number, { body }: CheckedClause): CoreTerm | undefined {
  for (const expr of body) {
    if (expr.kind === 'unify' && expr.left.kind === 'local' && expr.left.id === id && expr.left.name.startsWith('__local'))
      return expr.right
  }
  return undefined
}
