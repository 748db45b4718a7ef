/** Comments in GraphQL, which OPA's trees keep with what they stand before. */
import { type ASTNode, type Token, TokenKind } from 'graphql'
import { RegoObject, type RegoValue } from '../../value/value.js'

type Entry = readonly [string, RegoValue | undefined]

/** The comments right before a token. */
function commentsBefore(token: Token | null | undefined): RegoObject | undefined {
  const found: RegoObject[] = []
  for (let at = token?.prev; at?.kind === TokenKind.COMMENT; at = at.prev) found.push(RegoObject.of([['Value', `#${at.value}`]]))
  return found.length === 0 ? undefined : RegoObject.of([['List', found.reverse()]])
}

/** Those before a part of a query, or of an operation that a schema names. */
export function leadingComment({ loc }: ASTNode): Entry {
  return ['Comment', commentsBefore(loc?.startToken)]
}

/** Those at the very end of a schema. */
export function lastComment({ loc }: ASTNode): Entry {
  return ['Comment', commentsBefore(loc?.endToken)]
}

/** Those before and after the description of a definition, and those before the brace that closes it. */
export function definitionComments(given: ASTNode): readonly Entry[] {
  const description = 'description' in given ? given.description : undefined
  const [start, end] = [given.loc?.startToken, given.loc?.endToken]
  const described = typeof description === 'object' && 'loc' in description ? description.loc : undefined
  return [
    ['BeforeDescriptionComment', described === undefined ? undefined : commentsBefore(start)],
    ['AfterDescriptionComment', commentsBefore(described === undefined ? start : nextToken(described.endToken))],
    ['EndOfDefinitionComment', end?.kind === TokenKind.BRACE_R ? commentsBefore(end) : undefined],
  ]
}

/** The next token that is no comment. */
function nextToken(token: Token): Token | null {
  let next = token.next
  while (next?.kind === TokenKind.COMMENT) ({ next } = next)
  return next
}
