/** Rego apart from CCE: compiling, evaluating our own policies, evaluating the public conformance cases. */
import { benchConformance } from './conformance.js'
import { benchFrontEnd } from './compile.js'
import { benchEvaluation } from './evaluate.js'

export async function benchRego(): Promise<void> {
  benchFrontEnd()
  await benchEvaluation()
  await benchConformance()
}
