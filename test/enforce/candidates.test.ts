/** Where a policy's lists are looked at, and what becomes of lists that are none. */
import { describe, expect, test } from 'vitest'
import { createEnforcer } from '../../src/index.js'
import { CONTAINER, CONTAINER_ID, LAYERS, LAYER_PATHS, ROOTFS } from './fixture.js'

const NO_FRAGMENT = { namespace: 'n', fragment_loaded: false, has_header_svn: false, header_svn: null, receipts: [] }

const INPUTS = {
  mount_overlay: { containerID: CONTAINER_ID, layerPaths: LAYER_PATHS, target: ROOTFS },
  mount_cims: { containerID: CONTAINER_ID, layerHashes: [], mountedCim: [] },
  load_fragment: { issuer: 'i', feed: 'f', ...NO_FRAGMENT },
  exec_external: { argList: [], envList: [], workingDir: '/' },
  load_transparency_trust_list: { issuer: 'i', subject: 's', svn: 1, ledgers: [] },
}

/** A policy that leaves these points to the framework. */
function policyOf(lines: readonly string[]): string {
  const forwarded = [...Object.keys(INPUTS), 'reason'].map((point) => `${point} := data.framework.${point}`)
  return ['package policy', '', 'api_version := "0.12.0"', ...lines, ...forwarded, ''].join('\n')
}

describe('two framework versions that differ are a fault wherever the version is read', () => {
  const DENIED = Object.fromEntries(Object.keys(INPUTS).map((point) => [point, 'denied']))
  const READ = { ...DENIED, exec_external: 'eval_conflict_error' }
  test.each<[string, object]>([
    ['api_svn := "0.12.0"', {}],
    ['containers := []', { mount_overlay: 'eval_conflict_error', mount_cims: 'eval_conflict_error' }],
    ['platform_rules := []', { mount_overlay: 'eval_conflict_error', mount_cims: 'eval_conflict_error' }],
    ['fragments := []', { load_fragment: 'eval_conflict_error' }],
    ['transparency_trust_lists := []', {}],
  ])('with `%s`', async (line, more) => {
    const enforcer = await createEnforcer(policyOf([line, 'framework_version := "0.5.0"', 'framework_svn := "0.4.0"']))
    const reasons = Object.entries(INPUTS).map(([point, input]) => {
      const decision = enforcer.enforce(point, input)
      if (decision.allowed) throw new Error(`${point} is allowed`)
      // A refusal reads the version for its reason, too.
      if (decision.reason.code === 'denied') expect(decision.reason.reasonFailure).toBe('eval_conflict_error')
      return [point, decision.reason.code]
    })
    expect(Object.fromEntries(reasons)).toEqual({ ...READ, ...more })
  })
})

describe('containers that are no list', () => {
  const issuers = { i: { feeds: { f: [{ containers: [CONTAINER] }] } } }
  const devices = { [LAYER_PATHS[0] as string]: LAYERS[1], [LAYER_PATHS[1] as string]: LAYERS[0] }
  const state = JSON.parse(JSON.stringify({ issuers, devices, operatingsystem: { ostype: 'linux' } })) as object

  test.each([
    ['false', '0.5.0', false],
    ['null', '0.5.0', false],
    ['{}', '0.5.0', false],
    ['[]', '0.5.0', true],
    ['false', '0.4.0', true],
    ['{}', '0.4.0', true],
    ['false', '0.6.0', true],
  ])('%s of version %s: those of fragments are candidates: %s', async (containers, version, allowed) => {
    // Computed, so that the type checker does not know.
    const lines = [`framework_version := "${version}"`, `containers := json.unmarshal(${JSON.stringify(containers)})`]
    const enforcer = await createEnforcer(policyOf(lines), { state: state as never })
    expect(enforcer.enforce('mount_overlay', INPUTS.mount_overlay).allowed).toBe(allowed)
  })
})
