/**
 * Taking a number's text apart: sign, digits, exponent. Besides JSON's spelling it reads a leading point, which a literal
 * may have.
 */

/** Exponents beyond this are cut to it: nothing as large or as small can be computed or told apart anyway. */
const EXPONENT_BOUND: i32 = 1 << 29

/** What `readSpelling` found: whether there is a minus sign, … */
export let spelledNegative: bool = false
/** … the address of the first digit that is not 0 (0 if there is none: the number is zero) and that after the last one, … */
export let spelledFirst: usize = 0
export let spelledAfter: usize = 0
/** … and the power of ten that the last one of them counts. */
export let spelledExponent: i32 = 0
/** All digits, zeros included, and the power of ten that the very last one counts. */
export let spelledStart: usize = 0
export let spelledEnd: usize = 0
export let spelledLastExponent: i32 = 0

/** Takes the well-formed text between two addresses apart. */
export function readSpelling(start: usize, end: usize): void {
  const first = <u32>load<u8>(start)
  spelledNegative = first == 0x2d
  let at = start + usize(spelledNegative)
  spelledStart = at
  spelledFirst = 0
  // Digits after the point so far, and at the last digit that is not 0.
  let fraction: i32 = 0
  let whole: i32 = 0
  let lastFraction: i32 = 0
  let lastWhole: i32 = 0
  let inFraction = false
  for (; at < end; at++) {
    const unit = <u32>load<u8>(at)
    if ((unit | 0x20) == 0x65) break
    if (unit == 0x2e) inFraction = true
    if (unit - 0x30 > 9) continue
    if (inFraction) fraction++
    else whole++
    if (unit == 0x30) continue
    if (spelledFirst == 0) spelledFirst = at
    spelledAfter = at + 1
    lastFraction = fraction
    lastWhole = whole
  }
  spelledEnd = at
  const exponent = at < end ? readExponent(at + 1, end) : 0
  spelledLastExponent = exponent - fraction
  spelledExponent = exponent - lastFraction + (lastFraction == 0 ? whole - lastWhole : 0)
}

/** The signed integer between two addresses, cut to the bound. */
export function readExponent(at: usize, end: usize): i32 {
  let exponent: i32 = 0
  const negative = load<u8>(at) == 0x2d
  for (; at < end; at++) {
    const digit = <u32>load<u8>(at) - 0x30
    if (digit <= 9) exponent = min(exponent * 10 + <i32>digit, EXPONENT_BOUND / 10)
  }
  return negative ? -exponent : exponent
}

/** Writes an exponent without its underscores; returns the address after it, or 0 if it is malformed. */
export function copyExponent(at: usize, end: usize, out: usize): usize {
  store<u8>(out++, load<u8>(at++))
  if (at < end && (load<u8>(at) == 0x2b || load<u8>(at) == 0x2d)) store<u8>(out++, load<u8>(at++))
  let afterDigit = false
  for (; at < end; at++) {
    const unit = <u32>load<u8>(at)
    if (unit == 0x5f) {
      if (!afterDigit) return 0
      afterDigit = false
    } else if (unit - 0x30 <= 9) {
      afterDigit = true
      store<u8>(out++, unit)
    } else return 0
  }
  return afterDigit ? out : 0
}
