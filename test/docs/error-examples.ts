/**
 * The examples of `docs/errors.md`: for each code a text that causes it, and the text put right.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { type CompileRegoOptions, tryCompileRego } from '../../src/compile.js'
import { checkModules } from '../../src/check/check.js'
import { type Diagnostic, DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import { Source } from '../../src/source/source.js'
import { parseModule } from '../../src/syntax/parse/module.js'

/** Options of the compiler; with `annotations`, as `cce check` checks them. */
export type ExampleOptions = Partial<CompileRegoOptions> & { readonly annotations?: boolean }

export interface RegoExample {
  /** Row and column of the diagnostic; absent where it has no place. */
  readonly at?: string
  /** Options of the compiler. */
  readonly with?: ExampleOptions
  /** A text in the first module, and what stands for it: so many copies. Long texts are not written out. */
  readonly repeat?: readonly [text: string, count: number]
  /** One module, or several by file name; the diagnostic is in the last one. */
  readonly bad: string | Readonly<Record<string, string>>
  readonly fixed: string | Readonly<Record<string, string>>
  /** Options that put it right, where they have to change. */
  readonly fixedWith?: ExampleOptions
}

const FOLDER = new URL('error-examples/', import.meta.url)

/** A code that nothing causes, and why. */
export interface GuardExample {
  readonly guard: string
}

/** TypeScript with claims, where the compiler is given something else than modules. */
export interface CodeExample {
  readonly ts: { readonly bad: string; readonly fixed: string }
}

export function readExamples<Example>(name: string): ReadonlyMap<string, Example> {
  const text = readFileSync(fileURLToPath(new URL(`${name}.yaml`, FOLDER)), 'utf8')
  return new Map(Object.entries(parse(text) as Record<string, Example>))
}

export function modulesOf(text: RegoExample['bad'], repeat?: RegoExample['repeat']): Readonly<Record<string, string>> {
  const modules = typeof text === 'string' ? { 'policy.rego': text } : text
  if (repeat === undefined) return modules
  return Object.fromEntries(Object.entries(modules).map(([name, one]) => [name, one.replace(repeat[0], repeat[0].repeat(repeat[1]))]))
}

export function sourcesOf(modules: Readonly<Record<string, string>>): readonly Source[] {
  return Object.entries(modules).map(([name, text]) => new Source(name, text))
}

/** What the compiler says about modules: errors, or the warnings of what compiles. */
export function compileExample(
  modules: Readonly<Record<string, string>>,
  { annotations = false, ...options }: ExampleOptions = {},
): { readonly ok: boolean; readonly diagnostics: readonly Diagnostic[] } {
  const result = tryCompileRego({ modules, entrypoints: [], regoVersion: 'v1', ...options })
  if (!result.ok) return result
  return annotations ? checkAnnotations(modules) : { ok: true, diagnostics: result.compiled.warnings }
}

function checkAnnotations(modules: Readonly<Record<string, string>>): ReturnType<typeof compileExample> {
  const sink = new DiagnosticSink()
  const parsed = sourcesOf(modules).map((source) => parseModule(source, { version: 'v1' }, sink))
  checkModules(
    parsed.filter((one) => one !== undefined),
    { annotations: true },
    sink,
  )
  return { ok: !sink.hasErrors, diagnostics: sink.sorted() }
}
