/**
 * What is printed for people, at the front door: what a caller passes is looked at first.
 */
import type { Diagnostic } from './diagnostics/diagnostic.js'
import { type RenderOptions, renderDiagnostic as render } from './diagnostics/render.js'
import { OptionError } from './errors.js'
import type { IrPolicy } from './ir/plan.js'
import { printPlan as print } from './ir/print.js'
import { checkForm } from './ir/validate.js'
import { checkOptions, flag, listOf, oneOf, optionsOf, position, text, withMembers } from './options.js'
import { Source } from './source/source.js'

/** A text, and what diagnostics call it. */
export interface NamedText {
  readonly name: string
  readonly text: string
}

/**
 * Render one diagnostic, without a line break at the end.
 *
 * The line of code is shown if the text that the diagnostic names is among `sources`. Columns are those of a terminal:
 * tabs go to the next multiple of four, wide characters take two columns. Control characters are replaced, so that a
 * hostile text cannot write to the terminal.
 *
 * Errors: `OptionError` for an argument that is not what it must be.
 *
 * @example
 * const result = tryCompileRego({ modules, entrypoints })
 * const sources = Object.entries(modules).map(([name, text]) => ({ name, text }))
 * if (!result.ok) console.error(result.diagnostics.map((one) => renderDiagnostic(one, sources)).join('\n\n'))
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  sources: readonly NamedText[] = [],
  options: RenderOptions = {},
): string {
  DIAGNOSTIC(diagnostic, 'diagnostic')
  SOURCES(sources, 'sources')
  checkOptions(options, RENDER_OPTIONS)
  const named = sources.find(({ name }) => name === diagnostic.location?.file)
  return render(diagnostic, named === undefined ? [] : [new Source(named.name, named.text)], options)
}

/**
 * A plan as text: one line for each statement, blocks indented. Ends with a newline.
 *
 * Errors: `OptionError` if the document has not the form of a plan. What its numbers refer to is for `validatePlan` to tell.
 */
export function printPlan(plan: IrPolicy): string {
  const [fault] = checkForm(plan)
  if (fault !== undefined) throw new OptionError('plan', 'a plan', plan, `is no plan: ${fault.where}: ${fault.message}`)
  return print(plan)
}

const PLACE = { row: position, col: position, endRow: position, endCol: position }
const DIAGNOSTIC = withMembers(
  { severity: oneOf('error', 'warning'), code: text, message: text },
  { location: withMembers({ file: text, ...PLACE }), hint: text },
)
const SOURCES = listOf(withMembers({ name: text, text }))
const RENDER_OPTIONS = optionsOf({ color: flag })
