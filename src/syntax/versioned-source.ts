/** A text that somebody knows the version of, as the manifest of a bundle does: it is read as that, whatever is asked for. */
import { Source } from '../source/source.js'
import type { RegoVersion } from './ast.js'

export class VersionedSource extends Source {
  constructor(
    name: string,
    text: string,
    readonly version: RegoVersion,
  ) {
    super(name, text)
  }
}

/** The same text by another name. */
export function renamed(source: Source, name: string): Source {
  const { text } = source
  return source instanceof VersionedSource ? new VersionedSource(name, text, source.version) : new Source(name, text)
}
