/**
 * `docs/semantics.md`: every example is run, every code of a warning occurs in one.
 */
import { describe, expect, test } from 'vitest'
import { type Decision, type Enforcer, type HookName, type JsonObject, createEnforcer, policyWarnings } from '../../src/index.js'
import { WARNING_MESSAGES } from '../../src/diagnostics/catalogue/warnings.js'
import { type Answer, CONTAINER, REQUESTS, SEMANTICS_EXAMPLES, textOf } from './semantics-example.js'

/** Mounts the layers once, and stacks them for an ID that comes up for the first time. */
function prepare(enforcer: Enforcer, containerID: string): void {
  for (const [at, deviceHash] of (CONTAINER.layers as readonly string[]).entries())
    enforcer.mountDevice({ target: `/run/mounts/scsi/m${at}`, deviceHash })
  enforcer.mountOverlay({
    containerID,
    layerPaths: ['/run/mounts/scsi/m1', '/run/mounts/scsi/m0'],
    target: `/run/gcs/c/${containerID}/rootfs`,
  })
}

function check(decision: Decision, expected: Answer): void {
  const { refused, fails, keeps, stdio } = expected
  if (fails !== undefined) {
    expect(decision).toMatchObject({ allowed: false, reason: { policyError: expect.stringContaining(fails) } })
  } else if (refused !== undefined) {
    expect(decision.allowed ? 'allowed' : { code: decision.reason.code, errors: decision.reason.errors }).toEqual({
      code: 'denied',
      errors: refused,
    })
  } else {
    expect(expected.answer).toBe('allowed')
    expect(decision.allowed ? 'allowed' : decision.reason).toBe('allowed')
  }
  if (keeps !== undefined) expect('envList' in decision ? [...(decision.envList as string[])].sort() : undefined).toEqual(keeps)
  if (stdio !== undefined) expect('allowStdioAccess' in decision ? decision.allowStdioAccess : undefined).toBe(stdio)
}

describe('docs/semantics.md', () => {
  test.each(SEMANTICS_EXAMPLES)('the example in line %i', async (_line, example) => {
    const text = textOf(example)
    expect(Object.fromEntries(policyWarnings(text).map(({ where, code }) => [where, code]))).toEqual(example.warns ?? {})

    const refusal = example['does not load']
    if (refusal !== undefined) return expect(createEnforcer(text)).rejects.toThrow(refusal)
    const enforcer = await createEnforcer(text, { os: example.os ?? 'linux' })
    expect(enforcer.warnings).toEqual(policyWarnings(text))
    for (const fragment of example.fragments ?? []) {
      const { issuer, feed, module, headerSvn } = fragment
      const decision = await enforcer.loadFragmentModule({
        issuer,
        feed,
        module,
        ...(headerSvn === undefined ? {} : { headerSvn }),
      })
      if (fragment.answer ?? fragment.refused ?? fragment.fails) check(decision, fragment)
    }
    prepare(enforcer, 'c1')
    const seen = new Set(['c1'])
    for (const request of example.requests ?? []) {
      const [hook, change] = Object.entries(request).find(([name]) => Object.hasOwn(enforcer, name)) as [HookName, JsonObject]
      const input = { ...REQUESTS[hook], ...change }
      if (hook === 'createContainer' && !seen.has(input.containerID as string)) prepare(enforcer, input.containerID as string)
      seen.add(input.containerID as string)
      check(enforcer[hook](input as never), request)
    }
    enforcer.close()
  })

  test('shows every warning there is', () => {
    const shown = new Set(SEMANTICS_EXAMPLES.flatMap(([, { warns }]) => Object.values(warns ?? {})))
    expect(Object.keys(WARNING_MESSAGES).filter((code) => !shown.has(code))).toEqual([])
  })
})
