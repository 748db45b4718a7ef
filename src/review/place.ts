/**
 * Places in a policy: `containers[0].command[1]` in its own names, the JSON pointer `/containers/0/command/1`, and the
 * stretch of Rego text that it stands for.
 */
import { escapePointer } from '../cce/pointer.js'
import { type Location, type Span, locate } from '../source/source.js'
import type { Module, Term } from '../syntax/ast.js'

/** A step from an object or list to a part of it. */
export type Step = string | number

/** The steps of a place in the policy's own names. Names that are no identifiers stand in brackets, as JSON strings. */
export function stepsOf(where: string): readonly Step[] {
  const steps: Step[] = []
  for (const [, name, index, quoted] of where.matchAll(/\.?([^.[\]"]+)|\[([0-9]+)\]|\[("(?:[^"\\]|\\.)*")\]/g)) {
    if (name !== undefined) steps.push(name)
    else if (index !== undefined) steps.push(Number(index))
    else if (quoted !== undefined) steps.push(JSON.parse(quoted) as string)
  }
  return steps
}

export function pointerOf(steps: readonly Step[]): string {
  return steps.map((step) => `/${typeof step === 'number' ? step : escapePointer(step)}`).join('')
}

/** The place in the policy's own names. */
export function whereOf(steps: readonly Step[]): string {
  return steps
    .map((step, at) => {
      if (typeof step === 'number') return `[${step}]`
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(step)) return at === 0 ? step : `[${JSON.stringify(step)}]`
      return at === 0 ? step : `.${step}`
    })
    .join('')
}

/** The row and column of a place, or of the part of it that is written in the text; undefined if nothing of it is. */
export function locationOf(module: Module, steps: readonly Step[]): Location | undefined {
  const span = spanOf(module, steps)
  return span === undefined ? undefined : locate(span)
}

/** The stretch of text of a place, or of the nearest thing around it that is written. */
export function spanOf(module: Module, [name, ...path]: readonly Step[]): Span | undefined {
  if (name === 'package') return module.package.span
  const rule = module.rules.find(({ head }) => head.name === name)
  if (rule === undefined) return undefined
  const value = rule.head.value
  return value === undefined || path.length === 0 ? rule.span : innermost(value, path).span
}

/** The term at a path below a term; undefined if there is none. */
export function termAt(term: Term, path: readonly Step[]): Term | undefined {
  let at: Term | undefined = term
  for (const step of path) at = at === undefined ? undefined : partOf(at, step)
  return at
}

function innermost(term: Term, path: readonly Step[]): Term {
  let at = term
  for (const step of path) {
    const next = partOf(at, step)
    if (next === undefined) return at
    at = next
  }
  return at
}

function partOf(term: Term, step: Step): Term | undefined {
  if (term.kind === 'array') return typeof step === 'number' ? term.items[step] : undefined
  if (term.kind !== 'object') return undefined
  return term.entries.findLast(({ key }) => key.kind === 'string' && key.value === String(step))?.value
}
