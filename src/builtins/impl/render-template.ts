/** `strings.render_template`: Go's `text/template`. */
import type { FunctionTable } from '../context.js'
import { executeTemplate } from '../go/template/execute.js'
import { parseTemplate } from '../go/template/parse.js'
import { templateValue } from '../go/template/value.js'
import { objectOperand, stringOf } from '../operand.js'

export const RENDER_TEMPLATE: FunctionTable = {
  'strings.render_template': (context, template, variables) => {
    const text = stringOf(template, 1)
    const values = templateValue(objectOperand(variables, 2))
    return executeTemplate(parseTemplate(text), values, context).replaceAll('<no value>', '<undefined>')
  },
}
