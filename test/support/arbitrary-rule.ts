/**
 * Random rules in the forms that each version has.
 */
import fc from 'fast-check'
import type { Body, Else, Head, RefPart, RegoVersion, Rule, Term } from '../../src/syntax/ast.js'
import { NOWHERE, arbitraryName, arbitraryPart } from './arbitrary-basics.js'
import { arbitrarySyntax } from './arbitrary-term.js'

const span = NOWHERE

type Kind = 'value' | 'entry' | 'set' | 'function' | 'default'

/** A rule of a module in which these keywords are in force. */
export function arbitraryRule(version: RegoVersion, keywords: ReadonlySet<string>): fc.Arbitrary<Rule> {
  const syntax = arbitrarySyntax(keywords, version === 'v1')
  const constantPart = arbitraryPart.map((value): RefPart => ({ dot: true, term: { kind: 'string', value, raw: false, span } }))
  const value = fc.record({ value: syntax.alone, assign: fc.constantFrom(':=' as const, '=' as const) })
  const parts = fc.record({
    kind: fc.constantFrom<Kind>('value', 'entry', 'set', 'function', 'default'),
    name: arbitraryName,
    constantPath: fc.array(constantPart, { maxLength: 2 }),
    path: fc.array(syntax.part, { minLength: 1, maxLength: 2 }),
    args: fc.array(syntax.item, { minLength: 1, maxLength: 2 }),
    value,
    member: syntax.alone,
    item: syntax.item,
    hasValue: fc.boolean(),
    usesIf: keywords.has('if') ? (version === 'v1' ? fc.constant(true) : fc.boolean()) : fc.constant(false),
    first: syntax.body,
    calmFirst: syntax.calmBody,
    more: fc.array(syntax.body, { maxLength: 1 }),
    hasBody: fc.boolean(),
    elses: fc.array(fc.record({ value: fc.option(value, { nil: undefined }), body: syntax.body }), { maxLength: 2 }),
  })
  return parts.map((given): Rule => {
    const none = { args: undefined, contains: undefined, value: undefined, assign: undefined }
    const headOf = (fields: Partial<Head>): Head => ({
      kind: 'head',
      name: given.name,
      path: given.constantPath,
      ...none,
      ...fields,
      span,
    })
    const ruleOf = (head: Head, bodies: readonly Body[], elses: readonly Else[]): Rule => {
      return { kind: 'rule', default: false, head, bodies, elses, usesIf: bodies.length > 0 && given.usesIf, span }
    }
    const first = given.usesIf && given.first.literals.length > 1 ? given.calmFirst : given.first
    const bodies = given.hasBody ? [first, ...given.more] : []
    const elses = bodies.length === 1 ? given.elses.map((one) => elseOf(one, given.usesIf)) : []
    switch (given.kind) {
      case 'default':
        return { ...ruleOf(headOf({ ...GROUND_VALUE }), [], []), default: true }
      case 'function':
        return ruleOf(headOf({ args: given.args, ...(given.hasValue ? given.value : {}) }), bodies, elses)
      case 'set':
        if (keywords.has('contains')) return ruleOf(headOf({ path: given.path, contains: given.member }), bodies, [])
        return ruleOf(headOf({ path: [], contains: given.item }), given.usesIf ? [] : bodies, [])
      case 'entry':
        return ruleOf(headOf({ path: given.path, ...given.value }), bodies, [])
      case 'value': {
        // Without a value, a body is needed; one part behind the name would be a v0 set, and takes no `else`.
        const path = given.usesIf ? given.constantPath : given.constantPath.slice(0, given.constantPath.length === 2 ? 2 : 0)
        return ruleOf(headOf({ path, ...(given.hasValue || bodies.length === 0 ? given.value : {}) }), bodies, elses)
      }
    }
  })
}

const GROUND: Term = {
  kind: 'object',
  entries: [{ key: { kind: 'string', value: 'a', raw: false, span }, value: { kind: 'set', items: [], span } }],
  span,
}
const GROUND_VALUE = { value: GROUND, assign: ':=' } as const

function elseOf({ value, body }: { value: { value: Term; assign: ':=' | '=' } | undefined; body: Body }, usesIf: boolean): Else {
  return { kind: 'else', value: value?.value, assign: value?.assign, body, usesIf, span }
}
