/** Decisions in error texts, after what portals, shells and tickets make of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeBase64 } from '../../src/value/base64.js'
import { encodeUtf8 } from '../../src/value/utf8.js'
import { findDenials } from '../../src/review/denial/find-denial.js'
import { recoverJson } from '../../src/review/denial/recover-json.js'

const document = {
  decision: 'deny',
  input: {
    argList: ['/app', 'ä"\\<>?~é'],
    containerID: 'c',
    envList: ['A=<<redacted>>'],
    rule: 'create_container',
    workingDir: '/>>>???',
  },
  reason: { error_objects: null, errors: ['invalid command'] },
}
const base64 = encodeBase64(encodeUtf8(JSON.stringify(document)))
const text = `Failed to create container group: container creation denied due to policy: policyDecision< ${base64} >policyDecision: unknown`

const html = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const wrap = (value: string, width: number, end: string): string =>
  (value.match(new RegExp(`.{1,${width}}`, 'gs')) ?? []).join(end)

describe('the whole decision is found', () => {
  test.each([
    ['as it is', text],
    ['escaped for HTML', html(text)],
    ['escaped for HTML twice', html(html(text))],
    [
      'with numbers for signs',
      text.replaceAll('<', '&#60;').replaceAll('>', '&#x3E;').replaceAll('=', '&#61;').replaceAll('+', '&#43;'),
    ],
    ['inside of JSON', JSON.stringify({ error: { code: 'Failed', message: text } })],
    ['inside of JSON as Go writes it', JSON.stringify({ message: text }).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')],
    [
      'inside of JSON inside of JSON',
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify(text).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e') }) }),
    ],
    ['in a URL', encodeURIComponent(text)],
    ['wrapped into lines', wrap(text, 40, '\n')],
    ['wrapped into lines with an indent', wrap(text, 61, '\r\n      ')],
    ['in a box', wrap(text, 50, ' │\n│ ')],
    ['wrapped, inside of JSON', JSON.stringify(wrap(text, 76, '\n'))],
    ['with colours', text.replace('policyDecision<', 'policyDecision<\u001b[31m')],
    ['with breaks of HTML', wrap(html(text), 64, '<br/>')],
    ['as base64 alone', base64],
    ['as base64 of the whole text', encodeBase64(encodeUtf8(text))],
    ['as the document alone', JSON.stringify(document)],
    ['without its marks', `error: ${base64} (see above)`],
  ])('%s', (_what, mangled) => {
    expect(findDenials(mangled)).toEqual([{ document, isCut: false, point: 'create_container' }])
  })

  test('each once', () => {
    const other = { decision: 'deny', reason: { errors: [] } }
    const second = `policyDecision< ${encodeBase64(encodeUtf8(JSON.stringify(other)))} >policyDecision`
    expect(findDenials(`${text}\n${text}\noverlay creation denied by policy: ${second}`)).toEqual([
      { document, isCut: false, point: 'create_container' },
      { document: other, isCut: false, point: 'mount_overlay' },
    ])
  })
})

describe('a decision that was cut off', () => {
  test('is read as far as it goes', () => {
    const found = findDenials(text.slice(0, text.indexOf('>policyDecision') - 40))
    expect(found).toMatchObject([
      {
        isCut: true,
        point: 'create_container',
        document: { decision: 'deny', input: { argList: ['/app', 'ä"\\<>?~é'], containerID: 'c' } },
      },
    ])
  })

  test('is never read wrongly, wherever it was cut', () => {
    const subset = (part: unknown, whole: unknown): boolean =>
      typeof part !== 'object' || part === null
        ? part === whole
        : Object.entries(part).every(([name, value]) => subset(value, (whole as Record<string, unknown>)[name]))
    const start = text.indexOf('policyDecision<')
    for (let end = start; end < text.length; end++) {
      for (const found of findDenials(text.slice(0, end))) expect(subset(found.document, document)).toBe(true)
    }
  })

  test.each([
    ['{"a":1,"b":[1,2', { a: 1, b: [1] }],
    ['{"a":"x', {}],
    ['{"a":"x"', { a: 'x' }],
    ['{"a":{"b":tru', { a: {} }],
    ['{"a":[{"b":null},', { a: [{ b: null }] }],
    ['{"a":1}', { a: 1 }],
    ['{"a":1} and more', { a: 1 }],
    ['{"a":12', {}],
    ['', undefined],
    ['x', undefined],
  ])('as %s', (cut, value) => {
    expect(recoverJson(cut)).toEqual(value)
  })

  test('becomes JSON from wherever it was cut', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, at) => {
        const whole = JSON.stringify(value)
        const recovered = recoverJson(whole.slice(0, Math.max(1, at % (whole.length + 1))))
        expect(recovered).toBeDefined()
        expect(recoverJson(whole)).toEqual(JSON.parse(whole))
      }),
    )
  })
})

describe('nothing is found', () => {
  test.each([
    ['in nothing', ''],
    ['in other errors', 'ContainerGroupQuotaReached'],
    ['in an empty decision', 'policyDecision<  >policyDecision'],
    ['in a decision that is none', `policyDecision< ${encodeBase64(encodeUtf8('{"decision":"allow"}'))} >policyDecision`],
    ['in noise', 'policyDecision< !!!! >policyDecision'],
    ['in base64 of something else', 'aGVsbG8gd29ybGQhISEhISE='],
  ])('%s', (_what, noise) => {
    expect(findDenials(noise)).toEqual([])
  })

  test('whatever the text, and nothing is thrown', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('policyDecision<', '>policyDecision', '&lt;', base64.slice(0, 40), base64, ' ', '\\u003c'),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        for (const { document: found } of findDenials(parts.join(''))) expect(found.decision).toBe('deny')
      }),
    )
  })

  test('in a long text in no time', () => {
    const start = process.cpuUsage().user
    findDenials('policyDecision< '.repeat(50_000))
    findDenials(`policyDecision< ${'A'.repeat(4_000_000)}`)
    findDenials('>policyDecision'.repeat(100_000))
    expect(process.cpuUsage().user - start).toBeLessThan(5_000_000)
  })
})
