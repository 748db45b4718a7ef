/**
 * The comments of a text, in order, as they wait to be written.
 *
 * The tree has no comments, so the formatter asks before each thing it writes: which comments stand above the row of this
 * thing, and which one stands in the same row?
 */
import type { Rows } from './rows.js'
import type { Comment } from '../syntax/ast.js'

export interface PlacedComment {
  /** With its `#`, without white space at the end. */
  readonly text: string
  readonly row: number
  readonly start: number
}

export function placeComments(comments: readonly Comment[], rows: Rows): readonly PlacedComment[] {
  return comments.map(({ text, span }) => ({ text: `#${text}`.trimEnd(), row: rows.at(span.start), start: span.start }))
}

/** There is no place for a comment in what is being written; whoever can write the source as it stands catches it. */
export class NoPlaceForComment extends Error {
  override readonly name = 'NoPlaceForComment'
}
