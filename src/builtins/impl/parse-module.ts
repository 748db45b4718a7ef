/** `rego.parse_module`: the syntax tree of a module, as OPA writes it. */
import { type Diagnostic, DiagnosticSink } from '../../diagnostics/diagnostic.js'
import { Source } from '../../source/source.js'
import { parseModule } from '../../syntax/parse/module.js'
import { type FunctionTable, failure } from '../context.js'
import { moduleTree } from '../module-tree/module-tree.js'
import { stringOf } from '../operand.js'

export const PARSE_MODULE: FunctionTable = {
  'rego.parse_module': ({ spend }, name, text) => {
    const source = new Source(stringOf(name, 1), stringOf(text, 2))
    spend?.(source.text.length)
    const sink = new DiagnosticSink()
    const module = parseModule(source, { version: 'v1', experimentalKeywords: true }, sink)
    if (module === undefined) throw failure(summary(sink.sorted()))
    return moduleTree(module)
  },
}

function summary(faults: readonly Diagnostic[]): string {
  const lines = faults.map(({ location, code, message }) => `${location?.file ?? ''}:${location?.row ?? 0}: ${code}: ${message}`)
  return lines.length === 1 ? `1 error occurred: ${lines[0] ?? ''}` : [`${lines.length} errors occurred:`, ...lines].join('\n')
}
