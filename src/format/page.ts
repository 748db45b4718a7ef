/**
 * The text that is being written, and the comments that are still to be written into it.
 *
 * A page knows its indentation, and at most one comment that waits for the end of the line. It can go back to where it
 * was: what cannot be laid out together with its comments is written as it stands in the source instead.
 */
import { NoPlaceForComment, type PlacedComment } from './comments.js'

/** Where a page was. */
export interface Mark {
  readonly length: number
  readonly next: number
  readonly waiting: PlacedComment | undefined
  readonly indent: number
  readonly isInTerm: boolean
}

export class Page {
  indent = 0
  /** Whether what is being written will be copied as part of a larger term, should a comment in it have no place. */
  isInTerm = false
  readonly #pieces: string[] = []
  readonly #comments: readonly PlacedComment[]
  #next = 0
  /** Ends the line that is being written. */
  #waiting: PlacedComment | undefined

  constructor(comments: readonly PlacedComment[]) {
    this.#comments = comments
  }

  text(): string {
    return this.#pieces.join('')
  }

  write(text: string): void {
    this.#pieces.push(text)
  }

  startLine(): void {
    if (this.indent > 0) this.#pieces.push('\t'.repeat(this.indent))
  }

  endLine(): void {
    if (this.#waiting !== undefined) {
      this.#pieces.push(this.#pieces.length === 0 || this.#isAtLineStart() ? '' : ' ', this.#waiting.text)
      this.#waiting = undefined
    }
    this.#pieces.push('\n')
  }

  blankLine(): void {
    this.#pieces.push('\n')
  }

  mark(): Mark {
    return { length: this.#pieces.length, next: this.#next, waiting: this.#waiting, indent: this.indent, isInTerm: this.isInTerm }
  }

  goBack({ length, next, waiting, indent, isInTerm }: Mark): void {
    this.#pieces.length = length
    this.#next = next
    this.#waiting = waiting
    this.indent = indent
    this.isInTerm = isInTerm
  }

  /** The row of the next comment that has no place yet. */
  get nextCommentRow(): number {
    return this.#comments[this.#next]?.row ?? Infinity
  }

  hasCommentBefore(row: number): boolean {
    return this.nextCommentRow < row
  }

  /**
   * Write the comments that stand above a row, each on a line of its own, and keep the one in that row for the end of the
   * line. To be called where a line begins.
   */
  placeComments(row: number): void {
    let last: PlacedComment | undefined
    while (this.hasCommentBefore(row)) {
      const comment = this.#comments[this.#next++] as PlacedComment
      if (last !== undefined && comment.row - last.row > 1 && row !== Infinity) this.blankLine()
      this.startLine()
      this.write(comment.text)
      this.endLine()
      last = comment
    }
    if (last !== undefined && row - last.row > 1 && row !== Infinity) this.blankLine()
    this.holdComment(row)
  }

  /** Keep the comment in this row, or above it in the middle of something, for the end of the line. */
  holdComment(row: number): void {
    this.#holdWhile((comment) => comment.row <= row)
  }

  /** Keep the comment in front of a place in the source for the end of the line. */
  holdCommentsAbove(start: number): void {
    this.#holdWhile((comment) => comment.start < start)
  }

  #holdWhile(isToHold: (comment: PlacedComment) => boolean): void {
    for (let comment = this.#comments[this.#next]; comment !== undefined && isToHold(comment); ) {
      if (this.#waiting !== undefined) throw new NoPlaceForComment()
      this.#waiting = comment
      comment = this.#comments[++this.#next]
    }
  }

  /** Take the comment in this row away, to be written by the caller. */
  takeComment(row: number): string | undefined {
    const comment = this.#waiting?.row === row ? this.#waiting : this.#comments[this.#next]
    if (comment?.row !== row) return undefined
    if (comment === this.#waiting) this.#waiting = undefined
    else this.#next++
    return comment.text
  }

  /** Pass the comments that are part of a piece of source. */
  passComments(end: number): void {
    while ((this.#comments[this.#next]?.start ?? Infinity) < end) this.#next++
  }

  get isHolding(): boolean {
    return this.#waiting !== undefined
  }

  /** Whether the comment that waits stands inside of a piece of source. */
  waitsInside(start: number, end: number): boolean {
    return this.#waiting !== undefined && this.#waiting.start >= start && this.#waiting.start < end
  }

  dropWaiting(): void {
    this.#waiting = undefined
  }

  #isAtLineStart(): boolean {
    return (this.#pieces.at(-1) as string).endsWith('\n')
  }
}
