/**
 * The model's view of a policy text or a fragment's module: rules that are the framework's are recognised by their text, and
 * everything else is computed, as it depends on nothing.
 */
import { RegoEvalError, compileRego, loadRegoSync, tryCompileRego } from '../../src/index.js'
import { writeJson } from '../../src/value/json.js'
import { readValue } from '../../src/value/reader.js'
import { RegoObject, type RegoValue } from '../../src/value/value.js'
import { API } from './api-table.js'
import type { ModelPolicy, ModelRule } from './enforcer.js'
import { at, membersOf } from './rego.js'

const FRAMEWORK_RULE = /^([a-z0-9_]+) *:= *data\.framework\.\1$/gm

/** The policy, or undefined where its rules depend on more than themselves and the framework's. */
export function readPolicy(text: string): ModelPolicy | undefined {
  const rules = new Map<string, ModelRule>()
  const rest = text
    .replace(FRAMEWORK_RULE, (_, name: string) => {
      rules.set(name, { kind: 'framework' })
      return ''
    })
    .replace('\nreason := {"errors": data.framework.errors}\n', () => {
      rules.set('reason', { kind: 'framework-errors' })
      return '\n'
    })
  if (/\bdata\.|\binput\b/.test(rest.replaceAll(/"(?:[^"\\]|\\.)*"/g, ''))) return undefined
  const documents = evaluate(rest, 'policy')
  if (documents === undefined) return undefined
  for (const [name, value] of documents.entries)
    if (name === 'reason' || API.has(name as string)) rules.set(name as string, { kind: 'fixed', value })
  return { documents, rules }
}

/** What a fragment's module exports under parameters; undefined if it does not compile or contradicts itself. */
export function readFragment(module: string, namespace: string, parameters: RegoValue): RegoObject | undefined {
  const prologue = [
    '',
    `__model_parameters := ${writeJson(parameters)}`,
    'parameter(name) := __model_parameters[name]',
    `parameter(name) := data.${namespace}.parameters_api[name]["default"] if not name in object.keys(__model_parameters)`,
  ].join('\n')
  return evaluate(module + prologue, namespace)
}

/** The value of a package; undefined if it does not compile or contradicts itself. */
function evaluate(text: string, name: string): RegoObject | undefined {
  const options = { modules: { 'module.rego': text }, entrypoints: [name] }
  if (!tryCompileRego(options).ok) return undefined
  try {
    const found = readValue(loadRegoSync(compileRego(options)).evaluateValueText(name), 'text')
    return at(membersOf(found)?.[0], 'result') as RegoObject
  } catch (error) {
    if (error instanceof RegoEvalError) return undefined
    throw error
  }
}
