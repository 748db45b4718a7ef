/** Rules: heads, bodies, branches. */
import type { Body, Else, Head, Rule, Term } from '../syntax/ast.js'
import { isInOneRow, writeBlock } from './body.js'
import { closingRow, copySource, type Layout, sourceText, writeOrCopy } from './layout.js'
import { writeTerms } from './list.js'
import { writeAlone, writeLiteral } from './literal.js'
import { isTrue } from './signature.js'
import { writeArgument, writeKey, writePath, writeTerm } from './term.js'

/** Write all rules; the page stands at the beginning of a line. */
export function writeRules(layout: Layout, rules: readonly Rule[]): void {
  const { page, rows } = layout
  let previous: { readonly row: number; readonly isSmall: boolean } | undefined
  for (const rule of rules) {
    const row = rows.of(rule)
    const isSmall = isSmallRule(layout, rule)
    if (previous !== undefined) {
      const isNext = row - previous.row === 1 && !page.hasCommentBefore(row)
      if (!isNext || !isSmall || !previous.isSmall) page.blankLine()
    }
    page.placeComments(row)
    if (layout.copied.has(sourceText(layout, rule.span))) copySource(layout, rule.span)
    else writeOrCopy(layout, rule.span, () => writeRule(layout, rule))
    page.endLine()
    previous = { row, isSmall }
  }
}

/** Whether a rule may stand directly below another. In texts without `if`, none does. */
function isSmallRule(layout: Layout, { default: isDefault, head, bodies, elses }: Rule): boolean {
  if (!layout.style.writesIf || isDefault || isOldSet(layout, head) || elses.length > 0) return false
  return (bodies[0]?.literals.length ?? 1) === 1
}

/** A set that is written as `p[x]`. */
function isOldSet({ style }: Layout, head: Head): boolean {
  return head.contains !== undefined && !style.writesContains
}

function writeRule(layout: Layout, rule: Rule): void {
  const { page } = layout
  if (rule.default) page.write('default ')
  const [first, ...more] = rule.bodies
  const isFact = first === undefined || (isTrue(first) && rule.elses.length === 0)
  writeHead(layout, rule, isFact)
  let above = isFact ? undefined : writeBody(layout, first, rule, layout.rows.endOf(rule.head))
  for (const branch of rule.elses) above = writeElse(layout, branch, above, branch === rule.elses.at(-1))
  for (const body of more) {
    page.endLine()
    page.blankLine()
    page.placeComments(layout.rows.of(body))
    writeHead(layout, rule, isTrue(body), true)
    if (!isTrue(body)) writeBody(layout, body, rule, layout.rows.of(body))
  }
}

/** `repeats` where a head is written again for a further body. */
function writeHead(around: Layout, rule: Rule, isFact: boolean, repeats = false): void {
  const layout = { ...around, repeats }
  const { page, style } = layout
  const { head } = rule
  writeName(around, head)
  if (head.args !== undefined) {
    const [first] = head.args as [Term]
    const span = { ...head.span, start: layout.source.text.lastIndexOf('(', first.span.start - 1) }
    writeTerms(layout, { open: '(', close: ')', items: head.args, write: writeArgument, span, isCall: false })
  }
  if (head.contains !== undefined) {
    if (style.writesContains) {
      page.write(' contains ')
      writeAlone(layout, head.contains)
    } else {
      page.write('[')
      writeTerm(layout, head.contains)
      page.write(']')
    }
    return
  }
  const assign = style.assigns ? ':=' : (head.assign ?? '=')
  const hasBody = rule.bodies.length > 0
  if (head.value !== undefined) {
    if (isTrueValue(head.value) && !isFact && !rule.default && !isKeyed(layout, head)) return
    page.write(` ${assign} `)
    writeAlone(layout, head.value)
  } else if (isFact && hasBody) page.write(` ${assign} true`)
}

/** `p[x]`: one entry of an object, which keeps its value `true`. */
function isKeyed({ style }: Layout, { path: [only, ...more], args }: Head): boolean {
  if (only === undefined || more.length > 0 || args !== undefined) return false
  return style.hasKeyedHeads || only.term.kind === 'var'
}

function isTrueValue(value: Term): boolean {
  return value.kind === 'boolean' && value.value
}

function writeName(layout: Layout, { name, path }: Head): void {
  const { page, style } = layout
  page.write(name)
  if (style.dottedHeads) return writePath(layout, path)
  for (const { term } of path) {
    page.write('[')
    writeKey(layout, term)
    page.write(']')
  }
}

/** Returns the body if it is laid out in lines of its own. */
function writeBody(layout: Layout, body: Body, owner: Rule | Else, row: number): Body | undefined {
  const { page, style } = layout
  const writesIf = owner.usesIf || (style.writesIf && !(owner.kind === 'rule' && isOldSet(layout, owner.head)))
  if (writesIf) page.write(' if')
  const [first] = body.literals
  if (writesIf && first !== undefined && body.literals.length === 1 && isInOneRow(layout, body, row)) {
    page.write(' ')
    writeOrCopy(layout, first.span, () => writeLiteral(layout, first))
    return undefined
  }
  page.write(' {')
  writeBlock(layout, body, endRowOfBody(layout, body, owner), writesIf && owner.kind === 'rule')
  page.write('}')
  return body
}

/** OPA looks for the first brace behind the key or arguments of the head, which is not always that of the body. */
function endRowOfBody(layout: Layout, body: Body, owner: Rule | Else): number | undefined {
  const { brackets, style } = layout
  const { end } = owner.span
  let { start } = owner.span
  if (owner.kind === 'rule') {
    const { head, bodies } = owner
    if (body !== bodies[0]) start = body.span.start
    else {
      const hasKey = head.contains !== undefined || (style.hasKeyedHeads && isKeyed(layout, head))
      const skipped = hasKey ? '[' : head.args === undefined ? undefined : '('
      const past = skipped === undefined ? start : brackets.closing(skipped, start, end)
      if (past === undefined) return undefined
      start = past
    }
  }
  return closingRow(layout, '{', { start, end })
}

/** `above` is the body that ends in the line above, if one does. Returns the like for the branch. */
function writeElse(layout: Layout, branch: Else, above: Body | undefined, isLast: boolean): Body | undefined {
  const { page, rows, style } = layout
  const row = rows.of(branch)
  const isBehindBrace = above !== undefined && rows.endOf(above) === row && rows.of(above) !== row
  if (isBehindBrace && !page.isHolding && !page.hasCommentBefore(row + 1)) page.write(' ')
  else {
    if (above !== undefined) page.holdComment(rows.endOf(above))
    page.endLine()
    page.blankLine()
    page.placeComments(row)
  }
  page.write('else')
  const isFact = branch.body === undefined || (isLast && isTrue(branch.body) && branch.value !== undefined)
  if (branch.value !== undefined && (isFact || !isTrueValue(branch.value))) {
    page.write(` ${style.assigns ? ':=' : (branch.assign ?? '=')} `)
    writeAlone(layout, branch.value)
  }
  return branch.body === undefined || isFact ? undefined : writeBody(layout, branch.body, branch, row)
}

