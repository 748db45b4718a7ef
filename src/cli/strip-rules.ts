/**
 * Modules for a bundle whose entrypoints are in WebAssembly: without the rules that are there, so that OPA asks the module
 * for them.
 */
import type { AnnotationBlock, Import, Module } from '../syntax/ast.js'
import { printModule } from '../syntax/print.js'
import { rulePath } from './annotations.js'

/**
 * Texts of modules without the rules at `paths`. Names that nothing in their package defines any more are imported, so that
 * what is left still finds the documents. Modules that lose nothing, and need nothing, stay as they are written.
 */
export function stripRules(modules: readonly Module[], paths: readonly (readonly string[])[]): ReadonlyMap<Module, string> {
  const gone = new Set(paths.map((path) => JSON.stringify(path)))
  const kept = new Map(
    modules.map((module) => [
      module,
      module.rules.map((rule, at) => ({ rule, at })).filter(({ rule }) => !gone.has(JSON.stringify(rulePath(rule, module)))),
    ]),
  )
  const left = new Map<string, Set<string>>()
  const lost = new Map<string, Set<string>>()
  for (const module of modules) {
    const name = module.package.path.join('\0')
    const stay = new Set(kept.get(module)?.map(({ at }) => at))
    for (const [at, { head }] of module.rules.entries()) addTo(stay.has(at) ? left : lost, name, head.name)
  }
  return new Map(
    modules.map((module) => {
      const name = module.package.path.join('\0')
      const imports = [...(lost.get(name) ?? [])].filter((one) => left.get(name)?.has(one) !== true).sort()
      const rules = kept.get(module) ?? []
      if (rules.length === module.rules.length && imports.length === 0) return [module, module.span.source.text]
      const places = new Map(rules.map(({ at }, index) => [at, index]))
      const stripped: Module = {
        ...module,
        imports: [...imports.map((one) => importOf(one, module)), ...module.imports],
        rules: rules.map(({ rule }) => rule),
        annotations: module.annotations.flatMap((block) => moveTo(block, places)),
      }
      return [module, printModule(stripped)]
    }),
  )
}

function importOf(name: string, { package: { path, span } }: Module): Import {
  return { kind: 'import', path: ['data', ...path, name], alias: undefined, span }
}

/** A block whose rule is gone goes with it. */
function moveTo(block: AnnotationBlock, places: ReadonlyMap<number, number>): readonly AnnotationBlock[] {
  if (block.target?.kind !== 'rule') return [block]
  const index = places.get(block.target.index)
  return index === undefined ? [] : [{ ...block, target: { kind: 'rule', index } }]
}

function addTo(table: Map<string, Set<string>>, key: string, value: string): void {
  const values = table.get(key) ?? new Set()
  values.add(value)
  table.set(key, values)
}
