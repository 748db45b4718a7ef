/**
 * From text to decision in a real browser: the built package, bundled for the web, served to headless Chromium.
 */
import { existsSync } from 'node:fs'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const browserPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
)

const PAGE = `
import { compileRego, createEnforcer, loadRego, parsePolicy } from 'cce-policy'

window.decide = async (source) => {
  const enforcer = await createEnforcer(parsePolicy(source))
  const rego = await loadRego(compileRego({ modules: { 'p.rego': 'package p\\nx := sprintf("%d-%v", [count(input), {1, 2}])' }, entrypoints: ['p/x'] }))
  const denied = enforcer.mountDevice({ target: '/run/mounts/scsi/m0', deviceHash: 'no such layer' })
  return [rego.evaluate('p/x', [1, 2, 3]), enforcer.getProperties().allowed, denied.reason.errors, enforcer.policyDigest.length]
}
`

describe.skipIf(browserPath === undefined)('in a browser (skipped where there is no Chromium)', () => {
  let server: Server
  let browser: Browser

  beforeAll(async () => {
    const bundled = await build({
      stdin: { contents: PAGE, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
      alias: { 'cce-policy': fileURLToPath(new URL('../../src/index.ts', import.meta.url)) },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      logLevel: 'silent',
    })
    const script = bundled.outputFiles[0]?.text ?? ''
    server = createServer((request, response) => {
      const isScript = request.url === '/page.js'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    browser = await chromium.launch({
      executablePath: browserPath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    })
  })

  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  test('a policy is compiled, loaded and decides', async () => {
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction('window.decide !== undefined', undefined, { timeout: 30_000 }).catch((error: unknown) => {
      throw new Error(`the page did not start: ${faults.join('; ')} ${String(error)}`)
    })
    const result = await page.evaluate('window.decide({ containers: [], allow_properties_access: true })')
    expect(result).toEqual(['3-{1, 2}', true, ['deviceHash not found'], 64])
  })
})
