/** `json.marshal_with_options`: JSON text over several lines, as Go's encoder indents it. */
import { writeHtmlSafeJson } from '../../value/json.js'
import type { RegoObject, RegoValue } from '../../value/value.js'
import { BuiltinError } from '../context.js'

export function marshalWithOptions(value: RegoValue, options: RegoObject): string {
  const { pretty, indent, prefix } = readOptions(options)
  const text = writeHtmlSafeJson(value)
  return pretty ? prefix + indentJson(text, indent, prefix) : text
}

interface MarshalOptions {
  readonly pretty: boolean
  readonly indent: string
  readonly prefix: string
}

function readOptions(options: RegoObject): MarshalOptions {
  let pretty: boolean | undefined
  let indent: string | undefined
  let prefix: string | undefined
  for (const [key, value] of options.entries) {
    if (key === 'pretty' && typeof value === 'boolean') pretty = value
    else if (key === 'indent' && typeof value === 'string') indent = value
    else if (key === 'prefix' && typeof value === 'string') prefix = value
    else throw optionFault(key)
  }
  // Asking for an indent or a prefix is asking for lines.
  return { pretty: pretty ?? (indent !== undefined || prefix !== undefined), indent: indent ?? '\t', prefix: prefix ?? '' }
}

function optionFault(key: RegoValue): BuiltinError {
  const isKnown = key === 'pretty' || key === 'indent' || key === 'prefix'
  const message = isKnown
    ? `operand 2 key "${String(key)}" failed cast to ${key === 'pretty' ? 'bool' : 'string'}`
    : `operand 2 object contained unknown key ${typeof key === 'string' ? JSON.stringify(key) : 'of another type'}`
  return new BuiltinError('eval_type_error', message)
}

/** Breaks compact JSON into lines; empty collections stay together. */
function indentJson(text: string, indent: string, prefix: string): string {
  const out: string[] = []
  let depth = 0
  const newLine = (): number => out.push('\n', prefix, indent.repeat(depth))
  for (const token of text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^"[\]{},:]+/g) ?? []) {
    const last = out.at(-1)
    if (token === ']' || token === '}') {
      depth--
      if (last !== '[' && last !== '{') newLine()
      out.push(token)
      continue
    }
    if (last === '[' || last === '{' || last === ',') newLine()
    out.push(token === ':' ? ': ' : token)
    if (token === '[' || token === '{') depth++
  }
  return out.join('')
}
