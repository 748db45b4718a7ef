import { describe, expect, test } from 'vitest'
import { type Decision, RegoCompileError, createEnforcer } from '../../src/index.js'
import { POLICY, literalPolicy } from './fixture.js'

describe('evaluations that fail', () => {
  const policy = literalPolicy({
    mount_device:
      '{"allowed": allowed}\n\nallowed if input.n == 1\n\nallowed := false if input.n == 1\n\nallowed if input.n == 2',
    mount_overlay:
      '{"allowed": count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a == b + input.n]) > 0}',
    unmount_device: '{"allowed": count(concat("", [text | some _ in numbers.range(1, 60000); text := input.text])) > 0}',
    get_properties: '{"allowed": true}',
    dump_stacks: '{"allowed": 1 / input.n == 1}',
    scratch_mount: '{"allowed": false}',
    reason: '{"errors": [text]}\n\ntext := "one"\n\ntext := "other" if input.rule',
  })

  test('a conflict, an exhausted budget and a full memory are denials with codes; the enforcer goes on', async () => {
    const enforcer = await createEnforcer(policy, { budget: { work: 500_000, memoryBytes: 8 << 20 } })
    const text = 'x'.repeat(1000)
    const ask = (point: string, input: object): string => codeOf(enforcer.enforce(point, input))
    for (let round = 0; round < 3; round++) {
      expect(ask('mount_device', { n: 1 })).toBe('eval_conflict_error')
      expect(ask('mount_device', { n: 2 })).toBe('allowed')
      expect(ask('mount_overlay', { n: 3 })).toBe('eval_budget_error')
      expect(ask('unmount_device', { text })).toBe('eval_budget_error')
      expect(ask('unmount_device', { text: 'x'.repeat(16 << 20) })).toBe('eval_budget_error')
      expect(ask('unmount_device', { text: '' })).toBe('denied')
      expect(ask('dump_stacks', { n: 0 })).toBe('missing_rule')
      expect(ask('get_properties', {})).toBe('allowed')
    }
    expect(enforcer.state).toEqual({ operatingsystem: { ostype: 'linux' } })
  })

  test('a policy that runs for long is stopped by the default budget', async () => {
    const enforcer = await createEnforcer(policy)
    expect(codeOf(enforcer.enforce('mount_overlay', { n: -100000 }))).toBe('eval_budget_error')
    expect(codeOf(enforcer.enforce('get_properties', {}))).toBe('allowed')
  })

  test('with a budget that nothing fits into, everything is denied', async () => {
    const enforcer = await createEnforcer(POLICY, { budget: { work: 0 } })
    expect(codeOf(enforcer.getProperties())).toBe('eval_budget_error')
    expect(codeOf(enforcer.mountDevice({ target: '/run/mounts/scsi/m0', deviceHash: '1'.repeat(64) }))).toBe('eval_budget_error')
  })

  test('a reason that fails leaves the refusal as it is', async () => {
    const decision = (await createEnforcer(policy)).scratchMount({ target: '/s', encrypted: true })
    expect(decision.allowed ? 'allowed' : decision.reason).toMatchObject({
      code: 'denied',
      errors: [],
      document: undefined,
      reasonFailure: 'eval_conflict_error',
    })
  })
})

describe('points that no API knows', () => {
  test('are refused, but what the policy’s rule makes of the metadata stays', async () => {
    const policy = literalPolicy({
      launch_missiles: '{"allowed": true, "metadata": [{"name": "seen", "action": "add", "key": input.who, "value": 1}]}',
      not_an_object: '[1]',
      conflicting: 'x\n\nx := 1\n\nx := 2',
    })
    const enforcer = await createEnforcer(policy)
    expect(codeOf(enforcer.enforce('launch_missiles', { who: 'host' }))).toBe('unknown_point')
    expect(enforcer.state.seen).toEqual({ host: 1 })
    expect(codeOf(enforcer.enforce('launch_missiles', { who: 'host' }))).toBe('metadata_apply')
    expect(codeOf(enforcer.enforce('not_an_object', {}))).toBe('result_type')
    expect(codeOf(enforcer.enforce('conflicting', {}))).toBe('eval_conflict_error')
    expect(codeOf(enforcer.enforce('undefined_point', {}))).toBe('unknown_point')
    expect(codeOf(enforcer.enforce('__proto__', {}))).toBe('unknown_point')
    expect(codeOf(enforcer.enforce('constructor', {}))).toBe('unknown_point')
    expect(codeOf(enforcer.enforce('', {}))).toBe('unknown_point')
  })
})

describe('policies that do not load', () => {
  test.each([
    ['a rule without a value', 'package policy\nmount_device := {\n'],
    ['an unknown function', 'package policy\nmount_device := data.framework.no_such_function(1)\n'],
    [
      'containers without layers',
      'package policy\nframework_version := "0.5.0"\ncontainers := [{"command": []}]\nmount_device := data.framework.mount_device\n',
    ],
    ['recursion', 'package policy\nmount_device := mount_overlay\nmount_overlay := mount_device\n'],
  ])('%s', async (_title, text) => {
    await expect(createEnforcer(text)).rejects.toBeInstanceOf(RegoCompileError)
  })

  test('a policy in another package defines nothing', async () => {
    const enforcer = await createEnforcer('package elsewhere\n\nmount_device := {"allowed": true}\napi_version := "0.12.0"\n')
    expect(codeOf(enforcer.enforce('mount_device', {}))).toBe('no_api_version')
  })
})

function codeOf(decision: Decision): string {
  return decision.allowed ? 'allowed' : decision.reason.code
}
