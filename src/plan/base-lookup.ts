/**
 * Look-ups in base documents. They are JSON, where keys are strings; a reference that begins at `data` finds a key also by
 * the number it spells, and an element of an array also by the text of its index (rego-language 11).
 *
 * Keys that are known, and are no numbers, need nothing special. For keys that are not known there is one function in the
 * plan, called where the plain look-up has failed.
 */
import type { CoreTerm } from '../check/core.js'
import type { IrFunc, IrOperand } from '../ir/plan.js'
import { num } from '../value/value.js'
import { callBuiltin } from './call.js'
import { planConstant } from './constant.js'
import { type Frame, bool, firstOf, local, text } from './frame.js'
import { lookUp } from './lookup.js'
import { DATA, INPUT } from './program.js'

const BASE_LOOKUP = 'base_lookup'

/** The value in a base document under a key that has been computed; `term` is the key as written. */
export function lookUpBase(frame: Frame, source: IrOperand, key: IrOperand, term: CoreTerm): IrOperand {
  const other = otherSpelling(frame, key, term)
  if (other === undefined) return lookUp(frame, source, key)
  return local(firstOf(frame, [() => lookUp(frame, source, key), () => other(source)]))
}

/** How else a key may be found; undefined where it may not. */
function otherSpelling(frame: Frame, key: IrOperand, term: CoreTerm): ((source: IrOperand) => IrOperand) | undefined {
  if (term.kind === 'const') {
    const { value } = term
    if (typeof value === 'string') {
      const index = indexSpelledBy(value)
      return index === undefined ? undefined : (source) => lookUp(frame, source, planConstant(frame, num(index)))
    }
    const isNumber = typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'number'
    return isNumber ? (source) => lookUp(frame, source, text(frame, value.text)) : undefined
  }
  return (source) => {
    frame.program.usesBaseLookup = true
    const result = frame.out.fresh()
    frame.out.emit('CallStmt', { func: BASE_LOOKUP, args: [local(INPUT), local(DATA), source, key], result })
    return local(result)
  }
}

/** The index that a text is read as: decimal digits, perhaps with a sign, leading zeros, and zeros behind a point. */
function indexSpelledBy(key: string): number | undefined {
  if (!/^[+-]?([0-9]+\.?0*|\.0+)$/.test(key)) return undefined
  // Zero has no sign as an index.
  const index = Number(key) + 0
  return Number.isSafeInteger(index) && index >= 0 ? index : undefined
}

/** The function that looks up by the other spelling of a key: numbers by their text, texts by the number they spell. */
export function planBaseLookup(frame: Frame): IrFunc {
  const { out } = frame
  const source = out.fresh()
  const key = out.fresh()
  const result = out.fresh()
  const answer = (value: IrOperand): void => {
    if (value.type === 'local') out.emit('ReturnLocalStmt', { source: value.value })
  }
  const requireTrue = (builtin: string): void =>
    out.emit('EqualStmt', { a: local(callBuiltin(frame, builtin, [local(key)])), b: bool(true) })
  const byText = out.block(() => {
    out.emit('IsObjectStmt', { source: local(source) })
    requireTrue('is_number')
    answer(lookUp(frame, local(source), local(callBuiltin(frame, 'json.marshal', [local(key)]))))
  })
  const byNumber = out.block(() => {
    out.emit('IsArrayStmt', { source: local(source) })
    requireTrue('is_string')
    requireTrue('json.is_valid')
    const index = local(callBuiltin(frame, 'json.unmarshal', [local(key)]))
    // White space around it is no part of a number.
    out.emit('EqualStmt', { a: local(callBuiltin(frame, 'json.marshal', [index])), b: local(key) })
    answer(lookUp(frame, local(source), index))
  })
  const none = out.block(() => {
    out.emit('ResetLocalStmt', { target: result })
    out.emit('ReturnLocalStmt', { source: result })
  })
  const blocks = [byText, byNumber, none]
  return { name: BASE_LOOKUP, params: [INPUT, DATA, source, key], return: result, blocks, path: [BASE_LOOKUP] }
}
