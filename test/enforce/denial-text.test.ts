import { describe, expect, test } from 'vitest'
import { type Denied, type JsonObject, deny } from '../../src/enforce/decision.js'
import { decodeDenial, encodeDenial } from '../../src/enforce/denial-text.js'

function refused(point: string, document: JsonObject): Denied {
  const denial = deny(point, 'denied', 'denied by policy')
  return { ...denial, reason: { ...denial.reason, document, policyError: undefined } }
}

const mountDevice = { deviceHash: 'zz', mountPathRegex: '/run/mounts/scsi/m[0-9]+', target: '/run/mounts/scsi/m0' }

describe('encodeDenial', () => {
  test('is the text of the reference, byte for byte', () => {
    const text = encodeDenial(refused('mount_device', { errors: ['deviceHash not found'], error_objects: null }), mountDevice)
    expect(text).toBe(
      'policyDecision< eyJkZWNpc2lvbiI6ImRlbnkiLCJpbnB1dCI6eyJkZXZpY2VIYXNoIjoienoiLCJtb3VudFBhdGhSZWdleCI6Ii9ydW4vbW91bnRzL3Njc2kvbVswLTldKyIsInJ1bGUiOiJtb3VudF9kZXZpY2UiLCJ0YXJnZXQiOiIvcnVuL21vdW50cy9zY3NpL20wIn0sInJlYXNvbiI6eyJlcnJvcl9vYmplY3RzIjpudWxsLCJlcnJvcnMiOlsiZGV2aWNlSGFzaCBub3QgZm91bmQiXX19 >policyDecision',
    )
    expect(text.length).toBe(312)
  })

  test('masks environment values and names default capability sets', () => {
    const input = { envList: ['A=secret', 'NOVALUE'], capabilities: { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] } }
    expect(decodeDenial(encodeDenial(refused('create_container', { errors: [] }), input))).toEqual({
      decision: 'deny',
      input: { ...input, rule: 'create_container', envList: ['A=<<redacted>>', 'NOVALUE=<<redacted>>'] },
      reason: { errors: [] },
    })
  })

  test('leaves out its largest parts until it fits, and says which', () => {
    const denial = refused('create_container', { errors: ['invalid command'], error_objects: [{ command: ['x'.repeat(600)] }] })
    const input = { argList: ['y'.repeat(600)] }
    expect(decodeDenial(encodeDenial(denial, input, { maxLength: 700 }))).toEqual({
      decision: 'deny',
      reason: { errors: ['invalid command'] },
      truncated: ['reason.error_objects', 'input'],
    })
    const least = encodeDenial(denial, input, { maxLength: 100 })
    expect(decodeDenial(least)).toEqual({ decision: 'deny', truncated: ['reason.error_objects', 'input', 'reason'] })
    expect(least.length).toBe(132)
  })

  test('an error keeps its text to the last', () => {
    const denial = deny('get_properties', 'result_type', 'unable to load results object from Rego query')
    expect(decodeDenial(encodeDenial(denial, {}, { maxLength: 100 }))).toEqual({
      decision: 'deny',
      policyError: 'unable to load results object from Rego query',
      truncated: ['input', 'reason'],
    })
  })

  test('a refusal without a reason document says so', () => {
    const denial = { ...refused('mount_device', {}) }
    expect(decodeDenial(encodeDenial(denial, {}))?.reason).toMatch(/did not provide a reason/)
  })
})

describe('decodeDenial', () => {
  test('finds the decision inside a longer text', () => {
    const text = `container creation denied due to policy: ${encodeDenial(refused('mount_device', { errors: ['é<'] }), mountDevice)}: unknown`
    expect(decodeDenial(text)?.reason).toEqual({ errors: ['é<'] })
  })

  test('a decision is found where the error tells it twice, and in long texts without one soon', () => {
    const text = encodeDenial(refused('mount_device', { errors: ['e'] }), mountDevice)
    expect(decodeDenial(`${text}: ${text}`)?.reason).toEqual({ errors: ['e'] })
    expect(decodeDenial('policyDecision< '.repeat(200_000))).toBeUndefined()
  })

  test.each([
    ['no decision', 'some other error'],
    ['damaged base64', 'policyDecision< eyJkZWNpc2lv! >policyDecision'],
    ['no JSON', 'policyDecision< AAAA >policyDecision'],
    ['bytes that are no UTF-8', 'policyDecision< /w== >policyDecision'],
    ['another document', 'policyDecision< e30= >policyDecision'],
  ])('%s is undefined', (_what, text) => {
    expect(decodeDenial(text)).toBeUndefined()
  })
})
