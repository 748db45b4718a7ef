/**
 * Features of the language that the capabilities of a target may leave out.
 */
import type { Span } from '../source/source.js'
import type { Module, RefPart } from '../syntax/ast.js'
import { RESERVED, V1_KEYWORDS } from '../syntax/token.js'
import { nodesOf } from '../syntax/walk.js'
import type { CheckContext } from './context.js'

/** Report what `module` uses beyond the capabilities. Builtins are looked at where they are called. */
export function reportMissingFeatures(module: Module, cx: CheckContext): void {
  const features = cx.options.capabilities?.features
  if (features === undefined) return
  const told = new Set<string>()
  const need = (oneOf: readonly string[], span: Span): void => {
    const feature = oneOf[0] as string
    if (told.has(feature) || oneOf.some((one) => features.has(one))) return
    told.add(feature)
    cx.refuse('missing-feature', span, feature)
  }
  if (module.version === 'v1') need(saysV1(module) ? ['rego_v1', 'rego_v1_import'] : ['rego_v1'], module.package.span)
  for (const { path, span } of module.imports) {
    const keyword = path[0] === 'future' ? path[2] : undefined
    if (keyword !== undefined) need(V1_KEYWORDS.has(keyword) ? [keyword, 'rego_v1'] : [keyword], span)
  }
  for (const { head } of module.rules) {
    const isConstant = head.path.every(({ term }) => term.kind === 'string')
    const wide = ['rule_head_refs', 'rego_v1']
    if (head.path.length > 0) need(isConstant ? ['rule_head_ref_string_prefixes', ...wide] : wide, head.span)
  }
  for (const node of module.rules.flatMap((rule) => [...nodesOf(rule)])) {
    if (node.kind === 'template') need(['template_strings'], node.span)
    else if ((node.kind === 'ref' || node.kind === 'head') && node.path.some(isKeyword)) need(['keywords_in_refs'], node.span)
  }
}

function saysV1({ imports }: Module): boolean {
  return imports.some(({ path }) => path[0] === 'rego' && path[1] === 'v1')
}

function isKeyword({ dot, term }: RefPart): boolean {
  return dot && term.kind === 'string' && (RESERVED.has(term.value) || V1_KEYWORDS.has(term.value))
}
