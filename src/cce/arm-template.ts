/**
 * Finding CCE policies in deployment templates: ARM templates carry the base64 of a policy as `ccePolicy`, inside a
 * container group's `confidentialComputeProperties`.
 */
import { escapePointer } from './pointer.js'

/** A policy found in a template. */
export interface TemplatePolicy {
  /** JSON pointer of the `ccePolicy` member. */
  readonly pointer: string
  /** Base64 of the Rego text, as it stands in the template; may be empty or a placeholder. */
  readonly base64: string
}

/** Every `ccePolicy` of a parsed template, in document order. */
export function policiesInTemplate(template: unknown): readonly TemplatePolicy[] {
  const found: TemplatePolicy[] = []
  const seen = new Set<object>()
  const open: { readonly value: unknown; readonly pointer: string }[] = [{ value: template, pointer: '' }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, pointer } = next
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    const members = Object.entries(value as Record<string, unknown>).map(([name, member]) => ({
      name,
      value: member,
      pointer: `${pointer}/${escapePointer(name)}`,
    }))
    for (const member of members) {
      if (member.name === 'ccePolicy' && typeof member.value === 'string') {
        found.push({ pointer: member.pointer, base64: member.value })
      }
    }
    for (const member of members.reverse()) open.push(member)
  }
  return found
}
