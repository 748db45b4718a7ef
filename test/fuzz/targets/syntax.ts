/** Rego text into the scanner and parser, and trees back into text. */
import { DiagnosticSink } from '../../../src/diagnostics/diagnostic.js'
import { Source } from '../../../src/source/source.js'
import { parseModule, parseQuery } from '../../../src/syntax/parse/module.js'
import { printModule } from '../../../src/syntax/print.js'
import { regoTexts } from '../corpus.js'
import { Finding, type Target } from '../target.js'

export const SYNTAX: Target = {
  name: 'syntax',
  form: 'text',
  seeds: regoTexts,
  runs: 500,
  run: (text) => {
    for (const version of ['v0', 'v1', undefined] as const) {
      const sink = new DiagnosticSink()
      const module = parseModule(new Source('fuzz.rego', text), { version, experimentalKeywords: true }, sink)
      expectPlaces(sink, text)
      if ((module === undefined) !== sink.hasErrors) throw new Finding('a module comes out exactly when nothing is wrong')
      if (module === undefined) continue
      const again = new DiagnosticSink()
      parseModule(new Source('printed.rego', printModule(module)), { version: module.version, experimentalKeywords: true }, again)
      if (again.hasErrors) throw new Finding(`what is printed does not parse: ${again.sorted()[0]?.message}`)
    }
    const sink = new DiagnosticSink()
    const query = parseQuery(new Source('query', text), { experimentalKeywords: true }, sink)
    expectPlaces(sink, text)
    if ((query === undefined) !== sink.hasErrors) throw new Finding('a query comes out exactly when nothing is wrong')
  },
}

/** Diagnostics have a code, a message and a place within the text. */
function expectPlaces(sink: DiagnosticSink, text: string): void {
  const rows = text.split('\n').length
  for (const { code, message, location } of sink.sorted()) {
    if (code === undefined || message === '') throw new Finding('a diagnostic says nothing')
    if (location === undefined) throw new Finding(`a diagnostic is nowhere: ${message}`)
    if (location.row < 1 || location.row > rows || location.col < 1) throw new Finding(`a diagnostic is outside of the text: ${message}`)
  }
}
