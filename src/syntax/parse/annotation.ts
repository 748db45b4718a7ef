/**
 * Metadata blocks: comments that begin with `# METADATA` and apply to the statement after them (rego-language, section 12).
 */
import { type Source, locate } from '../../source/source.js'
import type { AnnotationBlock, Comment } from '../ast.js'

/** Where a statement begins, and what a block in front of it applies to. */
export interface StatementStart {
  readonly start: number
  readonly target: NonNullable<AnnotationBlock['target']>
}

/** All blocks among the comments of a text; `statements` in order. */
export function collectAnnotations(
  source: Source,
  comments: readonly Comment[],
  statements: readonly StatementStart[],
): readonly AnnotationBlock[] {
  const blocks: AnnotationBlock[] = []
  let next = 0
  for (let index = 0; index < comments.length; index++) {
    if (!beginsBlock(source, comments[index] as Comment)) continue
    const first = comments[index] as Comment
    const lines: Comment[] = []
    while (continuesBlock(source, comments[index + 1], comments[index] as Comment)) lines.push(comments[++index] as Comment)
    const end = (lines.at(-1) ?? first).span.end
    while (next < statements.length && (statements[next] as StatementStart).start < end) next++
    blocks.push({
      kind: 'annotations',
      text: lines.map((line) => line.text).join('\n'),
      target: statements[next]?.target,
      span: { source, start: first.span.start, end },
    })
  }
  return blocks
}

function beginsBlock(source: Source, comment: Comment): boolean {
  return comment.text.trimStart().startsWith('METADATA') && isAtColumnOne(source, comment)
}

function continuesBlock(source: Source, comment: Comment | undefined, before: Comment): comment is Comment {
  if (comment === undefined || !isAtColumnOne(source, comment) || beginsBlock(source, comment)) return false
  return locate(comment.span).row === locate(before.span).row + 1
}

function isAtColumnOne(source: Source, comment: Comment): boolean {
  const { start } = comment.span
  return start === 0 || source.text.charCodeAt(start - 1) === 0x0a
}
