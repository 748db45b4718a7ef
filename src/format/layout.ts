/** What every part of the formatter works with: the page, the source, and what the module as a whole decides. */
import type { Source, Span } from '../source/source.js'
import type { Brackets, Open } from './closing.js'
import { NoPlaceForComment } from './comments.js'
import type { Page } from './page.js'
import type { Rows } from './rows.js'

export interface Layout {
  readonly page: Page
  readonly rows: Rows
  readonly brackets: Brackets
  readonly source: Source
  readonly style: Style
  /** The texts of rules that are left as they are. */
  readonly copied: ReadonlySet<string>
  /** Whether a head is written again, for a further body: OPA then has no source and spells strings its own way. */
  readonly repeats: boolean
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
  /** Words that are written with a dot, `p.if`, only if they were. */
  readonly keywords: ReadonlySet<string>
  /** `p.q` is the entry `q` of an object `p`, as in texts older than such heads. */
  readonly hasKeyedHeads: boolean
}

export function sourceText({ source }: Layout, { start, end }: Span): string {
  return source.text.slice(start, end)
}

/**
 * Write something, or its source as it stands if a comment in it has no place otherwise. The source must mean the same
 * where it is written. Within a term that can be copied as a whole, nothing is copied by itself.
 */
export function writeOrCopy(layout: Layout, span: Span, write: () => void): void {
  const { page } = layout
  if (page.isInTerm) return write()
  const mark = page.mark()
  try {
    write()
  } catch (error) {
    if (!(error instanceof NoPlaceForComment)) throw error
    page.goBack(mark)
    copySource(layout, span)
  }
}

/** Write a term whole, or copy it whole. */
export function writeWholeOrCopy(layout: Layout, span: Span, write: () => void): void {
  const { page } = layout
  writeOrCopy(layout, span, () => {
    const { isInTerm } = page
    page.isInTerm = true
    write()
    page.isInTerm = isInTerm
  })
}

type Stretch = Pick<Span, 'start' | 'end'>

/** The row in which the first bracket of a stretch is closed; undefined where that is not found. */
export function closingRow({ brackets, rows }: Layout, open: Open, { start, end }: Stretch): number | undefined {
  const at = brackets.closing(open, start, end)
  return at === undefined ? undefined : rows.at(at)
}

export function copySource(layout: Layout, span: Span): void {
  const { page } = layout
  page.holdCommentsAbove(span.start)
  if (page.waitsInside(span.start, span.end)) page.dropWaiting()
  page.write(sourceText(layout, span))
  page.passComments(span.end)
  page.holdComment(layout.rows.endOf({ span }))
}
