/** Places in Rego, as vitest shows places: in the stack of an error. */
import { resolve } from 'node:path'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { renderDiagnostic } from '../diagnostics/render.js'
import type { Source } from '../source/source.js'

export interface Place {
  readonly file: string
  readonly row: number
  readonly col: number
}

/** Where the files are that modules came from. */
export class Places {
  constructor(
    readonly root: string,
    readonly sources: readonly Source[],
  ) {}

  absolute(file: string): string {
    return resolve(this.root, file)
  }

  /** An error that vitest shows with the code around a place. */
  errorAt(message: string, where: string, place: Place | undefined): Error {
    const error = new Error(message)
    const frame = place === undefined ? '' : `\n    at ${where} (${this.absolute(place.file)}:${place.row}:${place.col})`
    error.stack = `Error: ${message}${frame}`
    return error
  }
}

/** As many diagnostics as anybody reads at once. */
const MAX_SHOWN = 10

/** All that is wrong with modules, as one error at the first place. */
export function compileError(diagnostics: readonly Diagnostic[], places: Places): Error {
  const shown = diagnostics.slice(0, MAX_SHOWN).map((one) => renderDiagnostic(one, places.sources))
  if (diagnostics.length > MAX_SHOWN) shown.push(`and ${diagnostics.length - MAX_SHOWN} more`)
  const first = diagnostics.find(({ location }) => location !== undefined)
  return places.errorAt(`the modules do not compile\n\n${shown.join('\n\n')}`, 'rego', first?.location)
}
