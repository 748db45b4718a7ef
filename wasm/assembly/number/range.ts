/**
 * The bounds of what `to_number` makes of a text: a double above, OPA's own limit below.
 */
import { bigFromU64, bigShiftLeft } from './big'
import { Float } from './float'

/** The smallest value that rounds to infinity as a double: (2^54 - 1) × 2^970. */
const OVERFLOW_MANTISSA: u64 = 0x3fffffffffffff
const OVERFLOW_EXPONENT: i32 = 970

/** OPA refuses numbers below this power of two. */
export const LEAST_EXPONENT: i32 = -100000

/** The order of a magnitude and the first that is too large; 1 also for those that are too small. */
export function compareToOverflow(float: Float): i32 {
  if (float.isZero()) return -1
  if (float.exponent + 64 < LEAST_EXPONENT) return 1
  const exponent = OVERFLOW_EXPONENT - 10
  if (float.exponent != exponent) return float.exponent < exponent ? -1 : 1
  const mantissa = OVERFLOW_MANTISSA << 10
  return float.mantissa == mantissa ? 0 : float.mantissa < mantissa ? -1 : 1
}

/** The smallest magnitude that is too large, as a big. */
export function overflowLimit(): usize {
  return bigShiftLeft(bigFromU64(OVERFLOW_MANTISSA), OVERFLOW_EXPONENT)
}
