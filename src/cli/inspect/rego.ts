/** What modules hold: packages, rules, metadata, and the builtins that they call. */
import { visitClause } from '../../check/visit.js'
import type { CheckedProgram } from '../../check/core.js'
import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import type { Source } from '../../source/source.js'
import type { Module, RegoVersion } from '../../syntax/ast.js'
import { type FoundAnnotations, annotationsOf, rulePath } from '../annotations.js'
import { checkSources } from '../check-modules.js'
import type { CliIo } from '../io.js'

export interface RegoFacts {
  readonly packages: readonly PackageFacts[]
  readonly annotations: readonly FoundAnnotations[]
  /** Ascending. Undefined if the modules have errors, so that nobody knows what their names mean. */
  readonly builtins: readonly string[] | undefined
  readonly diagnostics: readonly Diagnostic[]
}

export interface PackageFacts {
  /** As in `data.a.b`. */
  readonly name: string
  readonly files: readonly string[]
  readonly rules: readonly string[]
}

export function inspectRego(sources: readonly Source[], version: RegoVersion | undefined, io: CliIo): RegoFacts {
  const { modules, program, diagnostics } = checkSources(sources, { version }, io)
  return {
    packages: packagesOf(modules),
    annotations: annotationsOf(modules),
    builtins: program === undefined ? undefined : builtinsOf(program),
    diagnostics,
  }
}

function packagesOf(modules: readonly Module[]): readonly PackageFacts[] {
  const packages = new Map<string, { files: Set<string>; rules: Set<string> }>()
  for (const module of modules) {
    const name = ['data', ...module.package.path].join('.')
    const facts = packages.get(name) ?? { files: new Set(), rules: new Set() }
    facts.files.add(module.span.source.name)
    for (const rule of module.rules) facts.rules.add(rulePath(rule, module).slice(module.package.path.length).join('.'))
    packages.set(name, facts)
  }
  return [...packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { files, rules }]) => ({ name, files: [...files].sort(), rules: [...rules].sort() }))
}

function builtinsOf({ rules }: CheckedProgram): readonly string[] {
  const names = new Set<string>()
  for (const { clauses } of rules) {
    for (const clause of clauses) {
      visitClause(clause, {
        term: (term) => {
          if (term.kind === 'call' && term.callee.kind === 'builtin') names.add(term.callee.name)
        },
      })
    }
  }
  return [...names].sort()
}
