/** `sprintf`: Go's formatting, with Rego values turned into what Go would be given. */
import { writeValueText } from '../../value/text.js'
import { joinRawBytes } from '../../value/utf8.js'
import type { RegoValue } from '../../value/value.js'
import type { FunctionTable } from '../context.js'
import { type GoArgument, formatGo } from '../go/format.js'
import { arrayOperand, isNumber, stringOf } from '../operand.js'

export const SPRINTF: FunctionTable = {
  sprintf: (context, format, values) => {
    const text = stringOf(format, 1)
    return joinRawBytes(formatGo(text, arrayOperand(values, 2).map(argumentOf), context))
  },
}

/** Numbers written as integers are integers, others floats if a double can hold them; everything else is text. */
function argumentOf(value: RegoValue): GoArgument {
  if (typeof value === 'string') return { kind: 'string', value }
  if (!isNumber(value)) return { kind: 'string', value: writeValueText(value) }
  if (/^-?[0-9]+$/.test(value.text)) {
    const integer = BigInt(value.text)
    return { kind: BigInt.asIntN(64, integer) === integer ? 'int64' : 'big', value: integer }
  }
  const double = Number(value.text)
  return Number.isFinite(double) ? { kind: 'float64', value: double } : { kind: 'string', value: value.text }
}
