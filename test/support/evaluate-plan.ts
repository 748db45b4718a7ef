/** Evaluates plans with the builtins of the language, for tests. */
import { BuiltinError, createBuiltinContext } from '../../src/builtins/context.js'
import { hostFunction, prepareBuiltins } from '../../src/builtins/host.js'
import { evaluatePlan } from '../../src/ir/interpreter/evaluate.js'
import type { IrPolicy, IrStmt } from '../../src/ir/plan.js'
import { RegoObject, type RegoValue } from '../../src/value/value.js'

export interface Documents {
  readonly input?: RegoValue | undefined
  readonly data?: RegoValue
  readonly onStatement?: (stmt: IrStmt) => void
}

/** The result set of a plan. Builtins that fail are undefined. */
export async function resultsOf(plan: IrPolicy, name: string, documents: Documents = {}): Promise<readonly RegoValue[]> {
  await prepareBuiltins((plan.static.builtin_funcs ?? []).map((one) => one.name))
  const context = createBuiltinContext()
  return evaluatePlan(plan, name, {
    input: documents.input,
    data: documents.data ?? RegoObject.of([]),
    callBuiltin: (builtin, args) => {
      try {
        return hostFunction(builtin)?.(context, ...args)
      } catch (error) {
        if (error instanceof BuiltinError) return undefined
        throw error
      }
    },
    ...(documents.onStatement === undefined ? {} : { onStatement: documents.onStatement }),
  })
}
