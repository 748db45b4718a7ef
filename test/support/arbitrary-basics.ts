/**
 * Names, texts and places for random syntax trees.
 */
import fc from 'fast-check'
import { Source, type Span } from '../../src/source/source.js'

/** Where generated nodes stand: nowhere. */
export const NOWHERE: Span = { source: new Source('generated', ''), start: 0, end: 0 }

/** Names that are no keyword in any version. */
export const arbitraryName: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'x', 'y1', '_z', 'foo', 'Bar')

/** Parts of paths: keywords are fine there. */
export const arbitraryPart: fc.Arbitrary<string> = fc.oneof(
  arbitraryName,
  fc.constantFrom('if', 'not', 'default', 'contains', 'and', 'true'),
)

/** Any text without halves of surrogate pairs. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('', '{', '}', '"', '`', '\\', '\n', '\u0000', '\ufeff', '#', '$"{x}"', '\\u0041', '😀'),
)
