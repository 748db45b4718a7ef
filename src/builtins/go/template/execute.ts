/** Runs a template over its variables. */
import { type Budget, BuiltinLimitError } from '../../context.js'
import type { Command, Operand, Pipe, Template, TemplateNode } from './node.js'
import { callFunction } from './functions.js'
import { fault } from './token.js'
import { TemplateMap, type TemplateValue, isTrue, printedText, typeOfValue } from './value.js'

/** Steps that a template may take, and calls of templates within each other; more is taken for an attack. */
const MAX_STEPS = 1_000_000
const MAX_CALLS = 500
/** Characters of the result that are a unit of work. */
const CHARACTERS_PER_UNIT = 8

/** The text that a template gives. */
export function executeTemplate(template: Template, data: TemplateValue, budget: Budget): string {
  const out: string[] = []
  new Executor(template, out, budget).run(template.main, data)
  return out.join('')
}

/** A variable and its value; the list of them is the scope, the last of a name counts. */
interface Variable {
  readonly name: string
  value: TemplateValue
}

/** How a list of nodes ended: at its end, or for the loop around it. */
type Flow = 'on' | 'break' | 'continue'

class Executor {
  readonly #template: Template
  readonly #out: string[]
  #scope: Variable[] = []
  #steps = 0
  #calls = 0

  constructor(
    template: Template,
    out: string[],
    readonly budget: Budget,
  ) {
    this.#template = template
    this.#out = out
  }

  run(nodes: readonly TemplateNode[], data: TemplateValue): void {
    const outer = this.#scope
    this.#scope = [{ name: '$', value: data }]
    if (this.#list(nodes, data) !== 'on') throw fault('break or continue outside of a range')
    this.#scope = outer
  }

  #list(nodes: readonly TemplateNode[], dot: TemplateValue): Flow {
    for (const node of nodes) {
      this.#step()
      switch (node.kind) {
        case 'text':
          this.#print(node.text)
          continue
        case 'action': {
          const value = this.#pipe(node.pipe, dot)
          if (node.pipe.variables.length === 0) this.#print(printedText(value))
          continue
        }
        case 'template':
          this.#call(node.name, node.pipe === undefined ? undefined : this.#pipe(node.pipe, dot))
          continue
        case 'break':
        case 'continue':
          return node.kind
      }
      const flow = this.#control(node, dot)
      if (flow !== 'on') return flow
    }
    return 'on'
  }

  #step(): void {
    this.budget.spend?.(1)
    if (++this.#steps > MAX_STEPS) throw new BuiltinLimitError('the template takes too many steps')
  }

  #print(text: string): void {
    this.budget.spend?.(text.length / CHARACTERS_PER_UNIT)
    this.#out.push(text)
  }

  #call(name: string, data: TemplateValue): void {
    const nodes = this.#template.named.get(name)
    if (nodes === undefined) throw fault(`template ${JSON.stringify(name)} not defined`)
    if (++this.#calls > MAX_CALLS) throw new BuiltinLimitError('templates call each other too deeply')
    this.run(nodes, data)
    this.#calls--
  }

  #control(node: Extract<TemplateNode, { kind: 'if' | 'with' | 'range' }>, dot: TemplateValue): Flow {
    const depth = this.#scope.length
    try {
      const value = this.#pipe(node.pipe, dot, node.kind === 'range')
      if (node.kind === 'range') return this.#range(node, value, dot)
      if (!isTrue(value)) return this.#list(node.otherwise, dot)
      return this.#list(node.body, node.kind === 'with' ? value : dot)
    } finally {
      this.#scope.length = depth
    }
  }

  #range(node: Extract<TemplateNode, { kind: 'if' | 'with' | 'range' }>, value: TemplateValue, dot: TemplateValue): Flow {
    const { variables, declares } = node.pipe
    let isEmpty = true
    for (const [key, item] of entriesOf(value)) {
      this.#step()
      isEmpty = false
      const depth = this.#scope.length
      const [first, second] = variables
      if (first !== undefined) this.#bind(first, second === undefined ? item : key, declares)
      if (second !== undefined) this.#bind(second, item, declares)
      const flow = this.#list(node.body, item)
      this.#scope.length = depth
      if (flow === 'break') break
    }
    return isEmpty ? this.#list(node.otherwise, dot) : 'on'
  }

  #bind(name: string, value: TemplateValue, declares: boolean): void {
    if (declares) {
      this.#scope.push({ name, value })
      return
    }
    this.#variable(name).value = value
  }

  #variable(name: string): Variable {
    const variable = this.#scope.findLast((one) => one.name === name)
    if (variable === undefined) throw fault(`undefined variable ${JSON.stringify(name)}`)
    return variable
  }

  /** The value of a pipe; the variables of a `range` are bound by the loop instead. */
  #pipe(pipe: Pipe, dot: TemplateValue, isRange = false): TemplateValue {
    let value: TemplateValue
    for (const [at, command] of pipe.commands.entries()) value = this.#command(command, dot, at === 0 ? [] : [value])
    if (!isRange) for (const name of pipe.variables) this.#bind(name, value, pipe.declares)
    return value
  }

  #command(command: Command, dot: TemplateValue, piped: readonly TemplateValue[]): TemplateValue {
    const [first, ...rest] = command as readonly [Operand, ...Operand[]]
    if (first.kind !== 'function') {
      if (rest.length > 0 || piped.length > 0) throw fault("can't give argument to non-function")
      if (first.kind === 'nil') throw fault('nil is not a command')
      return this.#operand(first, dot)
    }
    if (first.name === 'and' || first.name === 'or') return this.#shortCircuit(first.name === 'or', rest, dot, piped)
    return callFunction(first.name, [...rest.map((operand) => this.#operand(operand, dot)), ...piped])
  }

  #shortCircuit(
    stopsAt: boolean,
    operands: readonly Operand[],
    dot: TemplateValue,
    piped: readonly TemplateValue[],
  ): TemplateValue {
    if (operands.length + piped.length === 0) {
      throw fault(`wrong number of args for ${stopsAt ? 'or' : 'and'}: want at least 1 got 0`)
    }
    let value: TemplateValue
    for (const operand of operands) {
      value = this.#operand(operand, dot)
      if (isTrue(value) === stopsAt) return value
    }
    return piped.length > 0 ? piped[0] : value
  }

  #operand(operand: Operand, dot: TemplateValue): TemplateValue {
    switch (operand.kind) {
      case 'dot':
        return dot
      case 'nil':
        return null
      case 'literal':
        return operand.value
      case 'field':
        return fieldOf(dot, operand.path)
      case 'variable':
        return fieldOf(this.#variable(operand.name).value, operand.path)
      case 'chain':
        return fieldOf(this.#pipe(operand.pipe, dot), operand.path)
      case 'function':
        return this.#command([operand], dot, [])
    }
  }
}

function fieldOf(value: TemplateValue, path: readonly string[]): TemplateValue {
  let at = value
  for (const name of path) {
    if (at === undefined) return undefined
    if (at === null) throw fault(`nil pointer evaluating interface {}.${name}`)
    if (!(at instanceof TemplateMap)) throw fault(`can't evaluate field ${name} in type ${typeOfValue(at)}`)
    at = at.entries.get(name)
  }
  return at
}

function* entriesOf(value: TemplateValue): Iterable<readonly [key: TemplateValue, item: TemplateValue]> {
  if (value === undefined || value === null) return
  if (value instanceof TemplateMap) yield* value.entries
  else if (Array.isArray(value)) for (const [at, item] of value.entries()) yield [BigInt(at), item as TemplateValue]
  else if (typeof value === 'bigint') for (let at = 0n; at < value; at++) yield [at, at]
  else throw fault(`range can't iterate over ${printedText(value)}`)
}
