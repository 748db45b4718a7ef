/**
 * The annotations of a program: which apply to a rule, from the innermost outwards.
 */
import type { Module, Rule, Term } from '../../syntax/ast.js'
import { RegoObject, type RegoValue } from '../../value/value.js'
import { locate } from '../../source/source.js'
import type { CheckContext } from '../context.js'
import type { Definition } from '../definitions.js'
import { type AnnotationScope, type Annotations, readAnnotations } from './block.js'

export class AnnotationTable {
  readonly #rules = new Map<Module, Map<number, Annotations[]>>()
  /** Of wider scope, by scope and path. Each is there once. */
  readonly #shared = new Map<string, Annotations>()

  constructor(modules: readonly Module[], cx: CheckContext) {
    for (const module of modules) {
      for (const block of module.annotations) {
        const annotations = readAnnotations(block, cx)
        if (annotations !== undefined) this.#add(annotations, module, cx)
      }
    }
  }

  /** What `rego.metadata.rule()` is: the annotations of the rule itself, or `{}`. */
  rule(definition: Definition): RegoValue {
    return this.#own(definition)[0]?.value ?? RegoObject.of([])
  }

  /** What `rego.metadata.chain()` is: the rule, its document, its package, then enclosing packages. */
  chain(definition: Definition): readonly RegoValue[] {
    const { module } = definition.names
    const packagePath = module.package.path
    const path = pathOf(module.rules[definition.ruleIndex], module)
    const own = this.#own(definition)
    const links = own.length === 0 ? [link(path, undefined)] : own.map((one) => link(path, one))
    const widen = (scope: AnnotationScope, at: readonly string[]): void => {
      const found = this.#shared.get(sharedKey(scope, at))
      if (found !== undefined) links.push(link(at, found))
    }
    widen('document', path)
    widen('package', packagePath)
    for (let length = packagePath.length; length > 0; length--) widen('subpackages', packagePath.slice(0, length))
    return links
  }

  /** Blocks of scope `rule`, the nearest to the rule first. */
  #own({ names, ruleIndex, isFirst }: Definition): readonly Annotations[] {
    return isFirst ? (this.#rules.get(names.module)?.get(ruleIndex) ?? []) : []
  }

  #add(annotations: Annotations, module: Module, cx: CheckContext): void {
    const { scope, block } = annotations
    const { target, span } = block
    if (scope === 'rule') {
      const index = target?.kind === 'rule' ? target.index : -1
      const rules = this.#rules.get(module) ?? new Map<number, Annotations[]>()
      rules.set(index, [annotations, ...(rules.get(index) ?? [])])
      this.#rules.set(module, rules)
      return
    }
    const key = sharedKey(scope, scope === 'document' ? documentPath(annotations, module) : module.package.path)
    const earlier = this.#shared.get(key)
    if (earlier === undefined) return void this.#shared.set(key, annotations)
    const { file, row } = locate(earlier.block.span)
    cx.report('annotation-redeclared', span, scope, `${file}:${row}`)
  }
}

function documentPath({ block }: Annotations, module: Module): readonly string[] {
  return pathOf(block.target?.kind === 'rule' ? module.rules[block.target.index] : undefined, module)
}

/** Of a rule, as far as the keys of its head are scalars: each as it is written. Else of the package. */
function pathOf(rule: Rule | undefined, module: Module): readonly string[] {
  if (rule === undefined) return module.package.path
  const path = [...module.package.path, rule.head.name]
  for (const { term } of rule.head.path) {
    const key = scalarText(term)
    if (key === undefined) break
    path.push(key)
  }
  return path
}

function scalarText(term: Term): string | undefined {
  switch (term.kind) {
    case 'string':
      return term.value
    case 'number':
      return term.text
    case 'boolean':
      return String(term.value)
    case 'null':
      return 'null'
    default:
      return undefined
  }
}

function sharedKey(scope: AnnotationScope, path: readonly string[]): string {
  return JSON.stringify([scope, ...path])
}

function link(path: readonly string[], annotations: Annotations | undefined): RegoValue {
  return RegoObject.of([['path', path], ...(annotations === undefined ? [] : [['annotations', annotations.value] as const])])
}
