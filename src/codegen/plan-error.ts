/**
 * A plan that cannot be compiled, with the place that it gives as its origin. Thrown inside this room only: `compile.ts`
 * makes a diagnostic of it.
 */
import type { IrLocation } from '../ir/plan.js'

export class PlanError extends Error {
  override readonly name = 'PlanError'

  constructor(
    message: string,
    readonly location?: IrLocation,
  ) {
    super(message)
  }
}
