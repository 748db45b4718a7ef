/** What the compiler calls for `print` and template strings, and the functions that only observe. */
import { displayValue } from '../../value/text.js'
import { joinRawBytes } from '../../value/utf8.js'
import { RegoSet, type RegoValue } from '../../value/value.js'
import type { FunctionTable } from '../context.js'
import { arrayOperand, setOperand, stringOf } from '../operand.js'

export const PRINTING: FunctionTable = {
  // Each operand is a set of what an argument evaluated to: nothing or one value.
  'internal.print': (context, operands) => {
    const texts = arrayOperand(operands, 1).map((operand) => textOf(setOperand(operand, 1).items[0]))
    context.print?.(texts.join(' '))
    return true
  },
  'internal.template_string': (_, parts) =>
    joinRawBytes(
      arrayOperand(parts, 1)
        .map((part) => textOf(part instanceof RegoSet ? part.items[0] : part))
        .join(''),
    ),
  'internal.test_case': () => true,
  trace: (_, note) => {
    stringOf(note, 1)
    return true
  },
}

function textOf(value: RegoValue | undefined): string {
  return value === undefined ? '<undefined>' : displayValue(value)
}
