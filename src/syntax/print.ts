/**
 * The syntax tree as text that parses to the same tree.
 *
 * This is a plain rendering, not a formatter: only comments that are metadata are kept, and line breaks are placed by
 * rule. A module that no parser made may have all its spans in one place; its parts are then printed in the order
 * package, imports, rules.
 */
import type { AnnotationBlock, Body, Else, Head, Import, Module, PackageDecl, Rule } from './ast.js'
import { printBodyInline, printBraced, printLiteral } from './print-body.js'
import { isIdentifier, printItems, printPath, printString, printTerm } from './print-term.js'

export { printLiteral } from './print-body.js'
export { printString, printTerm } from './print-term.js'

/** A module; ends with a line break. */
export function printModule(module: Module): string {
  const waiting = [...module.annotations]
  const parts = [
    withBlocks(
      takeBlocks(waiting, (block) => block.target?.kind === 'package'),
      printPackage(module.package),
    ),
  ]
  for (const { statement, index } of statementsOf(module)) {
    if (statement.kind === 'import') {
      const isBefore = (block: AnnotationBlock): boolean =>
        block.target?.kind === 'import' && block.span.start <= statement.span.start
      parts.push(withBlocks(takeBlocks(waiting, isBefore), printImport(statement)))
    } else {
      const isOfRule = (block: AnnotationBlock): boolean => block.target?.kind === 'rule' && block.target.index === index
      parts.push(withBlocks(takeBlocks(waiting, isOfRule), printRule(statement, module)))
    }
  }
  return `${[...parts, ...waiting.map(printBlock)].join('\n\n')}\n`
}

/** Imports and rules in the order of the text, rules with their index. */
function statementsOf({ imports, rules }: Module): readonly { readonly statement: Import | Rule; readonly index: number }[] {
  const all = [...imports, ...rules].map((statement, place) => ({ statement, index: place - imports.length }))
  return all.sort((a, b) => a.statement.span.start - b.statement.span.start)
}

/** Takes the blocks at the front of the list that belong here; blocks are in the order of what they apply to. */
function takeBlocks(waiting: AnnotationBlock[], belongs: (block: AnnotationBlock) => boolean): readonly AnnotationBlock[] {
  const end = waiting.findIndex((block) => !belongs(block))
  return waiting.splice(0, end === -1 ? waiting.length : end)
}

function withBlocks(blocks: readonly AnnotationBlock[], printed: string): string {
  return [...blocks.map(printBlock), printed].join('\n')
}

function printBlock({ text }: AnnotationBlock): string {
  return ['# METADATA', ...(text === '' ? [] : text.split('\n').map((line) => `#${line}`))].join('\n')
}

function printPackage({ path }: PackageDecl): string {
  return `package ${printNames(path)}`
}

function printImport({ path, alias }: Import): string {
  return `import ${printNames(path)}${alias === undefined ? '' : ` as ${alias}`}`
}

/** `a.b["c d"]` */
function printNames(path: readonly string[]): string {
  return path.map((part, index) => (index === 0 ? part : isIdentifier(part) ? `.${part}` : `[${printString(part)}]`)).join('')
}

/** A rule as it is written in `module`: whether `contains` is a keyword there decides about the form of sets. */
export function printRule(rule: Rule, module: Pick<Module, 'keywords'>): string {
  const head = printHead(rule.head, module.keywords.has('contains'))
  const [first, ...more] = rule.bodies
  const parts = [rule.default ? `default ${head}` : head]
  if (first !== undefined) parts.push(rule.usesIf ? `if ${printFirstBody(first)}` : printBraced(first, ''))
  parts.push(...more.map((body) => printBraced(body, '')), ...rule.elses.map(printElse))
  return parts.join(' ')
}

function printHead({ name, path, args, contains, value, assign }: Head, hasContains: boolean): string {
  const reference = name + printPath(path)
  if (args !== undefined) return `${reference}(${printItems(args)})${printValue(value, assign)}`
  if (contains === undefined) return reference + printValue(value, assign)
  return hasContains ? `${reference} contains ${printTerm(contains, 'alone')}` : `${reference}[${printTerm(contains)}]`
}

function printValue(value: Head['value'], assign: Head['assign']): string {
  return value === undefined ? '' : ` ${assign ?? ':='} ${printTerm(value, 'alone')}`
}

/** Behind `if`: a set alone would be taken for a body, and must be in one. */
function printFirstBody(body: Body): string {
  const [only] = body.literals
  if (only === undefined || body.literals.length > 1) return printBraced(body, '')
  const isSet = !only.negated && only.expr.kind === 'term' && only.expr.term.kind === 'set'
  return isSet ? printBraced(body, '') : printLiteral(only, '')
}

function printElse({ value, assign, body, usesIf }: Else): string {
  const start = `else${printValue(value, assign)}`
  if (body === undefined) return start
  if (!usesIf) return `${start} ${printBraced(body, '')}`
  const [only] = body.literals
  const alone = only !== undefined && body.literals.length === 1 ? printLiteral(only, '') : undefined
  // Behind `else if`, braces are a body whatever is in them.
  return `${start} if ${alone === undefined || alone.startsWith('{') ? printBraced(body, '') : alone}`
}

/** A query on one line. */
export function printQuery(body: Body): string {
  return printBodyInline(body)
}
