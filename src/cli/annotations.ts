/** The metadata blocks of modules, with what they belong to. */
import { readAnnotations } from '../check/annotations/block.js'
import { CheckContext } from '../check/context.js'
import { DiagnosticSink } from '../diagnostics/diagnostic.js'
import { locate } from '../source/source.js'
import type { AnnotationBlock, Module, Rule } from '../syntax/ast.js'
import { RegoObject, type RegoValue } from '../value/value.js'
import { type JsonText, exact } from './json-text.js'

export interface FoundAnnotations {
  /** Path of the rule or package, without `data`. */
  readonly path: readonly string[]
  readonly scope: string
  /** As `rego.metadata.rule()` gives it. */
  readonly value: RegoObject
  /** Where what it belongs to begins. */
  readonly location: { readonly file: string; readonly row: number; readonly col: number }
}

/** A block in JSON documents, where paths are references; policies see them as lists of names. */
export function annotationJson({ value }: FoundAnnotations): JsonText {
  const fields = value.entries.map(([name, field]) => {
    return [name, name === 'schemas' && Array.isArray(field) ? (field as readonly RegoValue[]).map(schemaEntry) : field] as const
  })
  return exact(RegoObject.of(fields))
}

function schemaEntry(entry: RegoValue): RegoValue {
  if (!(entry instanceof RegoObject)) return entry
  return RegoObject.of(entry.entries.map(([name, part]) => [name, name === 'definition' ? part : refOf(part)]))
}

function refOf(path: RegoValue): RegoValue {
  if (!Array.isArray(path)) return path
  return (path as readonly RegoValue[]).map((value, at) => {
    return RegoObject.of([
      ['type', at === 0 ? 'var' : 'string'],
      ['value', value],
    ])
  })
}

/** Well-formed blocks, in the order of the text; what is wrong with the others is for `cce check` to tell. */
export function annotationsOf(modules: readonly Module[]): readonly FoundAnnotations[] {
  const cx = new CheckContext({}, new DiagnosticSink())
  return modules.flatMap((module) =>
    module.annotations.flatMap((block): readonly FoundAnnotations[] => {
      const read = readAnnotations(block, cx)
      const target = targetOf(block, module)
      if (read === undefined || target === undefined) return []
      const { file, row, col } = locate(target.span)
      return [{ path: target.path, scope: read.scope, value: read.value, location: { file, row, col } }]
    }),
  )
}

function targetOf(
  { target }: AnnotationBlock,
  module: Module,
): { readonly path: readonly string[]; readonly span: Rule['span'] } | undefined {
  if (target?.kind === 'package') return { path: module.package.path, span: module.package.span }
  const rule = target?.kind === 'rule' ? module.rules[target.index] : undefined
  return rule === undefined ? undefined : { path: rulePath(rule, module), span: rule.span }
}

/** Package, name, and the part of the head that is fixed; without `data`. */
export function rulePath(rule: Rule, module: Module): readonly string[] {
  const { name, path } = rule.head
  const fixed: string[] = []
  for (const { term } of path) {
    if (term.kind !== 'string') break
    fixed.push(term.value)
  }
  return [...module.package.path, name, ...fixed]
}
