/**
 * One metadata block: its YAML brought into the form in which policies see it.
 */
import { parseDocument } from 'yaml'
import type { Span } from '../../source/source.js'
import type { AnnotationBlock } from '../../syntax/ast.js'
import { RegoObject, type RegoValue } from '../../value/value.js'
import type { CheckContext } from '../context.js'
import { FIELDS } from './fields.js'
import { FieldFault } from './yaml-value.js'

export type AnnotationScope = 'rule' | 'document' | 'package' | 'subpackages'

/** A well-formed block. */
export interface Annotations {
  readonly block: AnnotationBlock
  readonly scope: AnnotationScope
  /** As `rego.metadata.rule()` gives it. */
  readonly value: RegoObject
}

/** What a block of each scope has to stand before. */
const TARGETS: ReadonlyMap<string, 'rule' | 'package'> = new Map([
  ['rule', 'rule'],
  ['document', 'rule'],
  ['package', 'package'],
  ['subpackages', 'package'],
])

/** Read a block; undefined if something about it was reported. */
export function readAnnotations(block: AnnotationBlock, cx: CheckContext): Annotations | undefined {
  const { target, span } = block
  const fields = readYaml(block.text, span, cx)
  if (fields === undefined) return undefined
  try {
    const entries = readFields(fields)
    const scope = scopeOf(fields.get('scope'), entries, target?.kind)
    const wanted = TARGETS.get(scope)
    if (wanted === undefined) cx.report('annotation-scope', span, scope)
    else if (target?.kind !== wanted) cx.report('annotation-target', span, scope, wanted, target?.kind ?? 'nothing')
    else return { block, scope: scope as AnnotationScope, value: RegoObject.of([...entries, ['scope', scope]]) }
  } catch (fault) {
    if (!(fault instanceof FieldFault)) throw fault
    cx.report('annotation-field', span, fault.message)
  }
  return undefined
}

function readYaml(text: string, span: Span, cx: CheckContext): ReadonlyMap<unknown, unknown> | undefined {
  if (text.trim() === '') return void cx.report('annotation-empty', span)
  try {
    const document = parseDocument(text, { version: '1.2', intAsBigInt: true, prettyErrors: false, customTags: ['timestamp'] })
    const [error] = document.errors
    if (error !== undefined) return void cx.report('annotation-yaml', span, error.message)
    const fields: unknown = document.toJS({ mapAsMap: true })
    if (fields instanceof Map) return fields
    return void cx.report('annotation-yaml', span, 'a metadata block is a map from field names to values')
  } catch (fault) {
    // Aliases that expand without end are refused by an exception.
    return void cx.report('annotation-yaml', span, fault instanceof Error ? fault.message : String(fault))
  }
}

type Entries = readonly (readonly [string, RegoValue])[]

function readFields(fields: ReadonlyMap<unknown, unknown>): Entries {
  const entries: (readonly [string, RegoValue])[] = []
  for (const [name, read] of FIELDS) {
    const raw = fields.get(name)
    const value = raw === undefined || raw === null ? undefined : read(raw)
    if (value !== undefined) entries.push([name, value])
  }
  return entries
}

/** The scope as written; otherwise that of what the block stands before, where an entry point is a whole document. */
function scopeOf(written: unknown, entries: Entries, target: 'rule' | 'package' | 'import' | undefined): string {
  if (typeof written === 'string' && written !== '') return written
  const isEntrypoint = entries.some(([name]) => name === 'entrypoint')
  return target === 'rule' && isEntrypoint ? 'document' : (target ?? '')
}
