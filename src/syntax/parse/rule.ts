/**
 * Rules: a head, bodies, `else` branches; and the forms that only one of the versions has.
 *
 * The form that v1 has given up, `p[x] { … }` for a set, becomes `p contains x` here. What v1 refuses is noted while
 * parsing and reported at the end, because `import rego.v1` may stand below a rule.
 */
import type { Body, Else, Head, Rule, Term } from '../ast.js'
import { adviceOnName } from './advice.js'
import { parseBracedBody, parseLiteral } from './body.js'
import { checkDefault, isConstant } from './default.js'
import { parseKeyedExpr } from './expr.js'
import { parseHead } from './head.js'
import { bracesBeginLiteral } from './lookahead.js'
import { missingRuleImport } from './missing-import.js'
import type { ParseState } from './state.js'

/** A rule; the next token begins it. */
export function parseRule(state: ParseState): Rule {
  const { start } = state.token
  const isDefault = state.takeKeyword('default')
  const { head, isDetached, isOperator } = parseHead(state, isDefault)
  if (isDefault) {
    const span = state.spanFrom(start)
    checkDefault(state, head, span)
    return { kind: 'rule', default: true, head: withoutEmptyArgs(head), bodies: [], elses: [], usesIf: false, span }
  }
  const usesIf = !isOperator && state.isKeyword('if')
  const bodies = isOperator ? [] : parseBodies(state, head, usesIf)
  if (isDetached && bodies.length === 0) failBareName(state, head)
  const finished = finishHead(state, head, bodies.length > 0, usesIf)
  const elses = bodies.length === 1 ? parseElses(state, finished, usesIf) : []
  return { kind: 'rule', default: false, head: finished, bodies, elses, usesIf, span: state.spanFrom(start) }
}

/** `if body` or `{ body }`, and further braced bodies. */
function parseBodies(state: ParseState, head: Head, usesIf: boolean): readonly Body[] {
  if (!usesIf && !state.is('{')) return []
  const bodies = [usesIf ? parseIfBody(state) : parseBracedBody(state)]
  while (state.is('{')) bodies.push(parseBracedBody(state))
  if (!usesIf) {
    const what = head.args === undefined || head.args.length === 0 ? 'rule' : 'function'
    for (const [index, body] of bodies.entries()) state.reportStrict('if-required', index === 0 ? head.span : body.span, what)
  }
  return bodies
}

/** From `if` on. */
function parseIfBody(state: ParseState): Body {
  state.advance()
  if (state.is('{') && !bracesBeginLiteral(state)) return parseBracedBody(state)
  const literal = parseLiteral(state)
  return { kind: 'body', literals: [literal], span: literal.span }
}

/** From `if` on. Unlike in the first body, braces are always a body here. */
function parseElseIfBody(state: ParseState): Body {
  if (state.peek(1).kind !== '{') return parseIfBody(state)
  state.advance()
  return parseBracedBody(state)
}

/** Checks the head against what came after it, and brings a v0 set into the form of `contains`. */
function finishHead(state: ParseState, head: Head, hasBody: boolean, usesIf: boolean): Head {
  if (head.value !== undefined || head.contains !== undefined) return withoutEmptyArgs(head)
  if (head.args !== undefined) {
    if (head.args.length === 0 && !hasBody) state.report('no-arguments', head.span)
    return withoutEmptyArgs(head)
  }
  const [only] = head.path
  if (only === undefined) {
    if (!hasBody) failBareName(state, head)
    return head
  }
  if (usesIf) return head
  if (head.path.length > 1) {
    if (!hasBody) state.reportStrict('value-or-body-required', head.span)
    return head
  }
  state.reportStrict('contains-required', head.span, hasBody ? undefined : adviceOnName(state))
  return { ...head, path: [], contains: only.term }
}

/** A name without anything. */
function failBareName(state: ParseState, head: Head): never {
  const missing = missingRuleImport(state)
  if (missing !== undefined) state.fail('rule-without-import', head.span, missing.keyword, missing.form)
  state.fail('rule-without-content', head.span, head.name, adviceOnName(state))
}

/** `f() := 1` is the same as `f := 1`. */
function withoutEmptyArgs(head: Head): Head {
  return head.args?.length === 0 ? { ...head, args: undefined } : head
}

function parseElses(state: ParseState, head: Head, usesIf: boolean): readonly Else[] {
  const elses: Else[] = []
  // In v0, a head such as `p["x"] = 1` counts as one with several values unless `if` follows.
  const isMultiValue = head.contains !== undefined || (!usesIf && head.args === undefined && head.path.length === 1)
  while (state.isKeyword('else')) {
    if (isMultiValue) state.fail('else-on-set', state.spanOf(state.token))
    if (!head.path.every((part) => isConstant(part.term))) state.fail('else-on-variables', state.spanOf(state.token))
    const branch = parseElse(state)
    elses.push(branch)
    if (branch.body === undefined) break
  }
  if (elses.length > 0 && state.is('{')) state.fail('unexpected-body', state.spanOf(state.token))
  return elses
}

function parseElse(state: ParseState): Else {
  const word = state.advance()
  let assign: ':=' | '=' | undefined
  let value: Term | undefined
  if (state.is(':=') || state.is('=')) {
    assign = state.advance().kind as ':=' | '='
    value = parseKeyedExpr(state)
  }
  const usesIf = state.isKeyword('if')
  let body: Body | undefined
  if (usesIf) body = parseElseIfBody(state)
  else if (state.is('{')) {
    state.reportStrict('if-required', state.spanOf(word), 'rule')
    body = parseBracedBody(state)
  } else if (value === undefined) {
    if (state.is('invalid')) state.failUnexpected()
    state.fail('else-without-content', state.spanOf(state.token), state.describe(state.token))
  }
  return { kind: 'else', value, assign, body, usesIf, span: state.spanFrom(word.start) }
}
