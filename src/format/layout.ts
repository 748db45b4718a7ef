/** What every part of the formatter works with: the page, the source, and what the module as a whole decides. */
import type { Source, Span } from '../source/source.js'
import { NoPlaceForComment } from './comments.js'
import type { Page } from './page.js'
import type { Rows } from './rows.js'

export interface Layout {
  readonly page: Page
  readonly rows: Rows
  readonly source: Source
  readonly style: Style
  /** The texts of rules that are left as they are. */
  readonly copied: ReadonlySet<string>
}

export interface Style {
  /** Bodies are introduced by `if`. */
  readonly writesIf: boolean
  /** Sets are written with `contains`. */
  readonly writesContains: boolean
  /** `=` in heads becomes `:=`. */
  readonly assigns: boolean
  /** Heads are written with dots, `p.q := 1`. Otherwise, as in texts older than such heads, `p["q"] := 1`. */
  readonly dottedHeads: boolean
}

export function sourceText({ source }: Layout, { start, end }: Span): string {
  return source.text.slice(start, end)
}

/**
 * Write something, or its source as it stands if a comment in it has no place otherwise. The source must mean the same
 * where it is written.
 */
export function writeOrCopy(layout: Layout, span: Span, write: () => void): void {
  const { page } = layout
  const mark = page.mark()
  try {
    write()
  } catch (error) {
    if (!(error instanceof NoPlaceForComment)) throw error
    page.goBack(mark)
    copySource(layout, span)
  }
}

export function copySource(layout: Layout, span: Span): void {
  const { page } = layout
  if (page.waitsInside(span.start, span.end)) page.dropWaiting()
  page.write(sourceText(layout, span))
  page.passComments(span.end)
}
