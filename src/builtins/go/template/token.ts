/** Cuts a template into text and actions, and an action into tokens. */
import { failure } from '../../context.js'

export type TemplatePart =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'action'; readonly tokens: readonly Token[] }

export interface Token {
  readonly kind: 'space' | 'string' | 'number' | 'char' | 'field' | 'dot' | 'variable' | 'word' | 'symbol'
  readonly text: string
}

const TOKENS: readonly (readonly [kind: Token['kind'], pattern: RegExp])[] = [
  ['space', /[ \t\r\n]+/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['char', /'(?:[^'\\\n]|\\.[^']*)'/y],
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['number', /[+-]?(?:0[xXoObB])?(?:[0-9][0-9a-fA-F_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:(?<=[0-9._])[eE][+-]?[0-9]+)?/y],
  ['dot', /\./y],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['symbol', /:=|[=|(),]/y],
]

function withoutSpaceAfter(text: string): string {
  let end = text.length
  while (end > 0 && ' \t\r\n'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** Text and actions in turn; trim markers have done their work. */
export function templateParts(text: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let at = 0
  let trims = false
  while (at < text.length) {
    const open = text.indexOf('{{', at)
    const end = open === -1 ? text.length : open
    const trimsBefore = open !== -1 && /^\{\{-[ \t\r\n]/.test(text.slice(open, open + 4))
    let plain = text.slice(at, end)
    if (trims) plain = plain.replace(/^[ \t\r\n]+/, '')
    if (trimsBefore) plain = withoutSpaceAfter(plain)
    if (plain !== '') parts.push({ kind: 'text', text: plain })
    if (open === -1) break
    const action = readAction(text, open + (trimsBefore ? 3 : 2))
    at = action.end
    trims = action.trims
    if (action.tokens.length > 0 || !action.isComment) parts.push({ kind: 'action', tokens: action.tokens })
  }
  return parts
}

interface Action {
  readonly tokens: readonly Token[]
  readonly isComment: boolean
  readonly trims: boolean
  readonly end: number
}

function readAction(text: string, start: number): Action {
  const comment = /[ \t\r\n]*\/\*[\s\S]*?\*\/([ \t\r\n]+-)?\}\}/y
  comment.lastIndex = start
  const found = comment.exec(text)
  if (found !== null) return { tokens: [], isComment: true, trims: found[1] !== undefined, end: comment.lastIndex }
  const tokens: Token[] = []
  for (let at = start; ;) {
    const close = /(?:[ \t\r\n]+(-))?\}\}/y
    close.lastIndex = at
    const match = close.exec(text)
    if (match !== null) return { tokens: trimmed(tokens), isComment: false, trims: match[1] !== undefined, end: close.lastIndex }
    const token = readToken(text, at)
    if (token === undefined) {
      throw fault(at >= text.length ? 'unclosed action' : `unexpected ${JSON.stringify(text.charAt(at))} in command`)
    }
    tokens.push(token)
    at += token.text.length
  }
}

function readToken(text: string, at: number): Token | undefined {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) return { kind, text: found }
  }
  return undefined
}

function trimmed(tokens: readonly Token[]): readonly Token[] {
  const first = tokens[0]?.kind === 'space' ? 1 : 0
  const last = tokens.length > first && tokens.at(-1)?.kind === 'space' ? -1 : undefined
  return tokens.slice(first, last)
}

export function fault(message: string): Error {
  return failure(`template: template: ${message}`)
}
