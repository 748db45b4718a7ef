/**
 * Imports: each group of adjacent ones is put in order.
 */
import type { Import, Module } from '../syntax/ast.js'
import { printString } from '../syntax/print.js'
import { type Layout, sourceText } from './layout.js'
import type { FormatOptions } from './options.js'
import { isDotted } from './term.js'

/** One line to be written. */
interface Entry {
  readonly text: string
  readonly path: readonly string[]
  readonly alias: string
  readonly row: number
}

/** Write the imports that stay, below a blank line and with one between groups. */
export function writeImports(layout: Layout, module: Module, options: FormatOptions): void {
  const { page } = layout
  for (const group of groupEntries(entriesOf(layout, module, options))) {
    const [first] = group as [Entry]
    page.blankLine()
    page.placeComments(first.row)
    // A comment behind an import goes where the import goes.
    const lines = group.map((entry) => ({ entry, comment: page.takeComment(entry.row) }))
    lines.sort((a, b) => compareEntries(a.entry, b.entry))
    for (const { entry, comment } of lines) {
      page.write(comment === undefined ? entry.text : `${entry.text} ${comment}`)
      page.endLine()
    }
  }
}

function entriesOf(layout: Layout, module: Module, options: FormatOptions): readonly Entry[] {
  const { imports } = module
  const upgrades = options.upgrade === true
  const hasV1 = imports.some(isRegoV1)
  const drops = upgrades || hasV1 || options.dropV0Imports === true
  const kept = imports.filter((one) => {
    if (isRegoV1(one)) return options.dropV0Imports !== true
    return one.path[0] !== 'future' || isLasting(one) || !drops
  })
  const entries = kept.map((one) => entryOf(layout, one))
  return upgrades && !hasV1 ? addRegoV1(layout, module, entries) : entries
}

/**
 * `import rego.v1` comes in below the last import that it replaces, or else at the top; there also if a rule follows that
 * import at once.
 */
function addRegoV1({ rows }: Layout, { imports, rules }: Module, entries: readonly Entry[]): readonly Entry[] {
  const replaced = imports.filter((one) => one.path[0] === 'future' && !isLasting(one)).at(-1)
  const row = replaced === undefined ? 0 : rows.of(replaced) + 1
  const added: Entry = { text: 'import rego.v1', path: ['rego', 'v1'], alias: '', row }
  const [rule] = rules
  const goesFirst = replaced === undefined || (rule !== undefined && rows.of(rule) === row)
  const below = goesFirst ? 0 : entries.findIndex((entry) => entry.row > row)
  return below === -1 ? [...entries, added] : [...entries.slice(0, below), added, ...entries.slice(below)]
}

function groupEntries(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const groups: Entry[][] = []
  let previous: Entry | undefined
  for (const entry of entries) {
    if (previous !== undefined && isNextRow(previous.row, entry.row)) (groups.at(-1) as Entry[]).push(entry)
    else groups.push([entry])
    previous = entry
  }
  return groups
}

function isNextRow(row: number, next: number): boolean {
  return next === row || next === row + 1
}

function entryOf(layout: Layout, one: Import): Entry {
  const { rows } = layout
  const alias = one.alias === undefined ? '' : ` as ${one.alias}`
  return {
    text: `import ${printPath(layout, one)}${alias}`,
    path: one.path,
    alias: one.alias ?? '',
    row: rows.of(one),
  }
}

function compareEntries(a: Entry, b: Entry): number {
  for (let index = 0; index < Math.min(a.path.length, b.path.length); index++) {
    const order = compareText(a.path[index] as string, b.path[index] as string)
    if (order !== 0) return order
  }
  return a.path.length - b.path.length || compareText(a.alias, b.alias)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function isRegoV1({ path }: Import): boolean {
  return path[0] === 'rego'
}

/** An import of a keyword that no version has by itself. */
function isLasting({ path }: Import): boolean {
  return ['and', 'or', 'not'].includes(path[2] ?? '')
}

/** The path of a package or import. A keyword is written with a dot only if it was. */
export function printPath(layout: Layout, { path, span }: Pick<Import, 'path' | 'span'>): string {
  const [root = '', ...parts] = path
  const opening = /#[^\n]*|\.|\[\s*(?:"(?:[^"\\]|\\.)*"|`[^`]*`)/g
  const openings = (sourceText(layout, span).match(opening) ?? []).filter((one) => !one.startsWith('#'))
  const printed = parts.map((part, index) => {
    return isDotted(layout, part, openings[index]?.startsWith('.') === true) ? `.${part}` : `[${printString(part)}]`
  })
  return root + printed.join('')
}
