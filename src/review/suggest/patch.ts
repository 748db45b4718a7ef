/** Changes of a policy, and what they make of its Rego text: only what changes is written anew, every other character stays. */
import type { JsonValue } from '../../cce/json-value.js'
import { compactJson, sortedJson } from '../../cce/rego-json.js'
import type { Term } from '../../syntax/ast.js'
import { type OpenedPolicy, openPolicy } from '../document.js'
import { type Step, termAt, whereOf } from '../place.js'

/** One change. The path is that of a structured policy, and the same in the names of a Rego text. */
export interface PolicyChange {
  readonly op: 'add' | 'replace'
  readonly path: readonly (Step | '-')[]
  readonly value: JsonValue
}

/** The change as an author of Rego writes it. */
export function snippetOf({ op, path, value }: PolicyChange): string {
  const text = sortedJson(value)
  const last = path.at(-1)
  if (path.length === 1) return `${String(last)} := ${text}`
  const owner = path.slice(0, -1)
  if (last === '-') return `# add to ${whereOf(owner)}\n${text}`
  const written = typeof last === 'number' ? text : `${compactJson(String(last))}: ${text}`
  return `# ${op === 'add' ? 'add to' : 'in'} ${whereOf(owner)}\n${written}`
}

/** A rule that a policy lacks, as a change of its text: structured policies have all of them. */
export interface RuleChange {
  readonly rule: string
  readonly text: string
}

/** The policy with a change made; undefined if what it changes is not written as a constant. */
export function withChange(opened: OpenedPolicy, change: PolicyChange | RuleChange): OpenedPolicy | undefined {
  const text = 'rule' in change ? withRule(opened, change) : changedText(opened, change)
  return text === undefined ? undefined : openPolicy({ kind: 'rego', text, declared: { computed: [] } })
}

function withRule({ text, module }: OpenedPolicy, { rule, text: line }: RuleChange): string {
  const known = module.rules.filter(({ head }) => head.name === rule)
  let rest = text
  for (const { span } of [...known].reverse()) rest = rest.slice(0, span.start) + rest.slice(span.end)
  return `${rest.trimEnd()}\n${line}\n`
}

function changedText({ text, module }: OpenedPolicy, { path: [name, ...path], value }: PolicyChange): string | undefined {
  const rules = module.rules.filter(({ head }) => head.name === name)
  const [rule] = rules
  if (rule === undefined) {
    const whole = path.length === 0 ? value : path.length === 1 && path[0] === '-' ? [value] : undefined
    return whole === undefined ? undefined : `${text.trimEnd()}\n\n${String(name)} := ${sortedJson(whole)}\n`
  }
  const root = rule.head.value
  if (rules.length > 1 || root === undefined || rule.bodies.length > 0) return undefined
  const last = path.at(-1)
  const owner = termAt(root, path.slice(0, -1) as readonly Step[])
  const at = last === undefined ? root : last === '-' ? undefined : termAt(root, path as readonly Step[])
  if (at !== undefined) return spliced(text, at.span.start, at.span.end, sortedJson(value))
  if (owner?.kind === 'array' && last === '-') return inserted(text, owner, owner.items, sortedJson(value))
  if (owner?.kind === 'object' && typeof last === 'string')
    return inserted(
      text,
      owner,
      owner.entries.map((entry) => entry.value),
      `${compactJson(last)}: ${sortedJson(value)}`,
    )
  return undefined
}

/** Puts an item at the end of a list or object. */
function inserted(text: string, owner: Term, items: readonly Term[], item: string): string {
  const last = items.at(-1)
  if (last === undefined) return spliced(text, owner.span.start + 1, owner.span.start + 1, item)
  return spliced(text, last.span.end, last.span.end, `, ${item}`)
}

function spliced(text: string, start: number, end: number, put: string): string {
  return text.slice(0, start) + put + text.slice(end)
}
