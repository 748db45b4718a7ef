/** `rand.intn`. */
import { num } from '../../value/value.js'
import type { FunctionTable } from '../context.js'
import { indexOperand, stringOf } from '../operand.js'
import { randomBelow } from '../random.js'

export const RANDOM: FunctionTable = {
  'rand.intn': (context, key, limit) => {
    const [name, bound] = [stringOf(key, 1), BigInt(indexOperand(limit, 2))]
    if (bound === 0n) return num(0)
    // A negative bound means its magnitude, as in OPA.
    return num(randomBelow(context, `intn\u0000${bound}\u0000${name}`, bound < 0n ? -bound : bound))
  },
}
