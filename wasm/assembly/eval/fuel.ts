/**
 * The work budget of an evaluation. Generated code takes one unit at each function entry and iteration; the runtime takes
 * more for work that grows with the values.
 */
import { abortWith } from './abort'

/** Work left. */
export let fuel: i64 = 0x7fffffffffffffff

/** Takes so many units of work. */
export function burn(units: i64): void {
  fuel -= units
  if (fuel < 0) outOfFuel()
}

export function outOfFuel(): void {
  abortWith('budget exceeded: work')
}
