/** Modules: the package, imports, rules, and the comments around them. */
import type { Source } from '../source/source.js'
import type { Module, Rule } from '../syntax/ast.js'
import { RESERVED, V1_KEYWORDS } from '../syntax/token.js'
import { Brackets } from './closing.js'
import { placeComments } from './comments.js'
import { printPath, writeImports } from './imports.js'
import type { Layout, Style } from './layout.js'
import type { FormatOptions } from './options.js'
import { Page } from './page.js'
import { Rows } from './rows.js'
import { writeRules } from './rule.js'

/**
 * The formatted text of a module, once through: the result may still change when it is formatted again. Rules whose texts
 * are in `copied` are left as they are.
 */
export function writeModule(source: Source, module: Module, options: FormatOptions, copied: ReadonlySet<string>): string {
  const rows = new Rows(source)
  const page = new Page(placeComments(module.comments, rows))
  const style = styleOf(module, options)
  const layout: Layout = { page, rows, brackets: new Brackets(source), source, style, copied, repeats: false }

  page.placeComments(rows.of(module.package))
  page.write(`package ${printPath(layout, module.package)}`)
  page.endLine()

  writeImports(layout, module, options)
  if (module.rules.length > 0) {
    page.blankLine()
    writeRules(layout, module.rules)
  }
  if (page.hasCommentBefore(Infinity)) {
    page.blankLine()
    page.placeComments(Infinity)
  }
  return page.text()
}

function styleOf(module: Module, { upgrade, regoVersion }: FormatOptions): Style {
  const isV1 = upgrade === true || regoVersion !== 'v0'
  const imported = new Set(module.imports.filter(({ path }) => path[0] === 'future').map(({ path }) => path[2] ?? ''))
  const keywords = isV1 || module.version === 'v1' || imported.has('')
  return {
    writesIf: keywords || imported.has('if'),
    writesContains: keywords || imported.has('contains'),
    assigns: isV1,
    dottedHeads: module.rules.some(hasDottedHead),
    keywords: new Set([...RESERVED, ...(isV1 ? V1_KEYWORDS : imported)]),
    hasKeyedHeads: module.version === 'v0',
  }
}

function hasDottedHead({ head }: Rule): boolean {
  return head.path.length > (head.contains === undefined ? 1 : 0)
}
