/**
 * Finds the tests of modules, and makes a rule of its own out of each of them.
 *
 * In Rego several definitions of a rule are alternatives, so that one of them succeeds where another fails. Of tests each
 * has to succeed by itself: from the second on, a number is put behind the name.
 */
import { locate } from '../source/source.js'
import type { AnnotationBlock, Module, Rule } from '../syntax/ast.js'
import { pathText } from '../trace/path-text.js'
import type { TestCase } from './test-case.js'

export interface SeparatedTests {
  /** The modules with a rule for each test. */
  readonly modules: readonly Module[]
  readonly tests: readonly SeparatedTest[]
}

export interface SeparatedTest {
  readonly test: TestCase
  /** Of its document, without `data`. */
  readonly path: readonly string[]
  readonly isFunction: boolean
}

const TEST_PREFIX = 'test_'
const TODO_PREFIX = 'todo_test_'

/** Modules are taken in the order of their file names, rules in the order of the text. */
export function separateTests(modules: readonly Module[]): SeparatedTests {
  const counts = new Map<string, number>()
  const tests: SeparatedTest[] = []
  const separated = [...modules].sort(byFileName).map((module) => {
    if (!module.rules.some(({ head }) => kindOf(head.name) !== undefined)) return module
    const { path } = module.package
    const packageText = pathText(path)
    const rules = module.rules.flatMap((rule) => {
      const kind = kindOf(rule.head.name)
      if (kind === undefined) return [rule]
      return oneBodyEach(rule).map((one): Rule => {
        const name = kind === 'todo' ? one.head.name : numbered(one.head.name, packageText, counts)
        const id = pathText([...path, name])
        const test: TestCase = { id, package: packageText, name, kind, isTable: isTable(one), location: locate(one.span) }
        tests.push({ test, path: [...path, name], isFunction: one.head.args !== undefined })
        return name === one.head.name ? one : { ...one, head: { ...one.head, name } }
      })
    })
    return { ...module, rules, annotations: moveAnnotations(module, rules) }
  })
  return { modules: separated, tests }
}

function kindOf(name: string): TestCase['kind'] | undefined {
  if (name.startsWith(TEST_PREFIX)) return 'test'
  return name.startsWith(TODO_PREFIX) ? 'todo' : undefined
}

/** The second body of `test_x { … } { … }` is a rule like the first. */
function oneBodyEach(rule: Rule): readonly Rule[] {
  if (rule.bodies.length < 2) return [rule]
  const last = rule.bodies.length - 1
  return rule.bodies.map((body, at) => ({
    ...rule,
    bodies: [body],
    elses: at === last ? rule.elses : [],
    span: at === 0 ? rule.span : body.span,
  }))
}

function numbered(name: string, packageText: string, counts: Map<string, number>): string {
  const key = `${packageText} ${name}`
  const count = counts.get(key) ?? 0
  counts.set(key, count + 1)
  return count === 0 ? name : `${name}#${String(count).padStart(2, '0')}`
}

/**
 * Whether the head has a part that is no constant, and a value under it. An entry of its own, `test_x.note := true`, is a row
 * as well, but not what `if` makes: there OPA looks for the value of `test_x`.
 */
function isTable({ head, usesIf, default: isDefault }: Rule): boolean {
  if (head.contains !== undefined || head.args !== undefined) return false
  const isEntry = head.path.length === 1 && !usesIf && !isDefault
  return isEntry || head.path.some(({ term }) => !SCALARS.has(term.kind))
}

const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'null'])

/** Metadata blocks name their rules by place, and the places have moved. */
function moveAnnotations(module: Module, rules: readonly Rule[]): readonly AnnotationBlock[] {
  if (rules.length === module.rules.length || module.annotations.length === 0) return module.annotations
  const places = new Map<number, number>()
  rules.forEach(({ head }, place) => {
    const first = head.span.start
    if (!places.has(first)) places.set(first, place)
  })
  return module.annotations.map((one) => {
    if (one.target?.kind !== 'rule') return one
    const start = module.rules[one.target.index]?.head.span.start
    const index = start === undefined ? undefined : places.get(start)
    return index === undefined ? one : { ...one, target: { kind: 'rule', index } }
  })
}

function byFileName(a: Module, b: Module): number {
  const left = a.span.source.name
  const right = b.span.source.name
  return left < right ? -1 : left > right ? 1 : 0
}
