/**
 * `internal.template_string`: what template strings are compiled to.
 */
import { abortAt, writeText } from '../eval/abort'
import { openWriter, writeWord } from '../json/writer'
import { arrayAt, arrayLength } from '../value/array'
import { itemAt, setItems, setLength } from '../value/set'
import { TYPE_ARRAY, TYPE_SET, UNDEFINED, typeOf, Value } from '../value/type'
import { writeDisplay } from './display'
import { hasType, writePlace } from './failure'
import { finishString } from './text'

/** Each part is literal text, a scalar, or the set of what an expression gave: nothing, one value, or too many. */
export function templateString(parts: Value): Value {
  if (!hasType('internal.template_string', 1, TYPE_ARRAY, parts)) return UNDEFINED
  openWriter(0)
  for (let i: u32 = 0; i < arrayLength(parts); i++) {
    const part = arrayAt(parts, i)
    if (typeOf(part) != TYPE_SET) writeDisplay(part)
    else if (setLength(part) == 0) writeWord('<undefined>')
    else if (setLength(part) == 1) writeDisplay(itemAt(setItems(part), 0))
    else abortAt(writeText(writePlace(), 'template-strings must not produce multiple outputs'))
  }
  return finishString()
}
