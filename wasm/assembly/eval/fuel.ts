/**
 * The work budget of an evaluation. Generated code takes one unit at each function entry and iteration; the runtime takes
 * more for work that grows with the values.
 */
import { isEvaluating } from '../memory/heap'
import { abortWith } from './abort'

/** Work left. */
export let fuel: i64 = 0x7fffffffffffffff

/** Takes so many units of work; loading data between evaluations is free. */
export function burn(units: i64): void {
  if (!isEvaluating()) return
  fuel -= units
  if (fuel < 0) outOfFuel()
}

/** Takes the work of looking at so many bytes of text, where that is worth counting. */
@inline export function burnForBytes(length: u32): void {
  if (length > 1024) burn(length >> 10)
}

/** Takes the work of reading so many digits, where that is worth counting. */
@inline export function burnForDigits(length: u32): void {
  if (length > 64) burn(length >> 5)
}

/** Takes the work of looking at so many entries next to each other, where that is worth counting. */
@inline export function burnForRow(length: u32): void {
  if (length > 16) burn(length >> 4)
}

export function outOfFuel(): void {
  abortWith('budget exceeded: work')
}
