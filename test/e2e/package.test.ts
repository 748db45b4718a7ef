/**
 * The package as a stranger gets it: packed, installed into an empty folder, used from `import` and from `require`.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string

const PROGRAM = `
const policy = { containers: [], allow_properties_access: true }
module.exports = async ({ compileRego, createEnforcer, loadRego, parsePolicy }) => {
  const compiled = compileRego({ modules: { 'p.rego': 'package p\\nx := regex.match("^a+$", input)' }, entrypoints: ['p/x'] })
  const rego = await loadRego(compiled)
  const enforcer = await createEnforcer(parsePolicy(policy))
  return [rego.evaluate('p/x', 'aaa'), enforcer.getProperties().allowed, enforcer.dumpStacks().allowed]
}
`

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cce-policy-package-'))
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, maxBuffer: 1 << 26 })
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[\n'))) as [{ filename: string }]
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true }))
  await run('npm', ['install', '--no-audit', '--no-fund', join(folder, filename)], { cwd: folder })
  writeFileSync(join(folder, 'program.cjs'), PROGRAM)
}, 600_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the packed package', () => {
  test('works from `import`', async () => {
    writeFileSync(join(folder, 'main.mjs'), "import * as library from 'cce-policy'\nimport program from './program.cjs'\nconsole.log(JSON.stringify(await program(library)))\n")
    expect(JSON.parse((await run('node', ['main.mjs'], { cwd: folder })).stdout)).toEqual([true, true, false])
  })

  test('works from `require`', async () => {
    writeFileSync(join(folder, 'main.cjs'), "require('./program.cjs')(require('cce-policy')).then((result) => console.log(JSON.stringify(result)))\n")
    expect(JSON.parse((await run('node', ['main.cjs'], { cwd: folder })).stdout)).toEqual([true, true, false])
  })

  test('has the program `cce`', async () => {
    writeFileSync(join(folder, 'policy.rego'), '# METADATA\n# entrypoint: true\npackage p\n\nx if input.y == data.z\n')
    const cce = async (...argv: string[]): Promise<string> => (await run('npx', ['--no-install', 'cce', ...argv], { cwd: folder })).stdout
    expect(await cce('check', 'policy.rego')).toBe('1 module checked: nothing is wrong\n')
    expect(await cce('eval', '-d', 'policy.rego', 'data.p.x with input.y as 1 with data.z as 1')).toBe('true\n')
    await cce('build', 'policy.rego', '-e', 'p/x')
    expect(await cce('inspect', 'bundle.tar.gz')).toContain('/policy.wasm')
    expect(await cce('version')).toMatch(/^version: +\d/)
    expect(await cce('completion', 'bash')).toContain('complete -o default -F _cce cce')
  })

  test('has types for both', async () => {
    const source = "import { createEnforcer, type Decision } from 'cce-policy'\nexport const decide = async (text: string): Promise<Decision> => (await createEnforcer(text)).getProperties()\n"
    for (const name of ['types.mts', 'types.cts']) writeFileSync(join(folder, name), source)
    const options = { strict: true, noEmit: true, module: 'nodenext', moduleResolution: 'nodenext', target: 'es2022', lib: ['es2023', 'dom'], types: [] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['types.mts', 'types.cts'] }))
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    expect((await run('node', [compiler, '-p', folder], { cwd: folder })).stdout).toBe('')
  })

  test('adds matchers with types to vitest', async () => {
    symlinkSync(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'))
    const source = `import { createEnforcer } from 'cce-policy'
import { regoSuite, regoTests } from 'cce-policy/vitest'
import { expect } from 'vitest'

regoSuite('policies', { strict: true })
export const plugin = regoTests({ paths: ['policies'] })
const enforcer = await createEnforcer('package policy')
expect({}).toAllow(enforcer, 'createContainer')
expect({}).not.toDenyWith(enforcer, 'create_container', /invalid/)
// @ts-expect-error there is no such point
expect({}).toAllow(enforcer, 'createContaner')
`
    writeFileSync(join(folder, 'matchers.mts'), source)
    const options = { strict: true, noEmit: true, module: 'nodenext', moduleResolution: 'nodenext', target: 'es2022', lib: ['es2023', 'dom'], types: [], skipLibCheck: true }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['matchers.mts'] }))
    expect((await run('node', [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { cwd: folder })).stdout).toBe('')
  })

  test('is found well made by publint', async () => {
    const installed = join(folder, 'node_modules/cce-policy')
    expect((await run('node', [join(root, 'node_modules/publint/src/cli.js'), installed], { cwd: root })).stdout).toContain('All good!')
  })

  test('holds what it says, and nothing of the machine it was made on', () => {
    const installed = join(folder, 'node_modules/cce-policy')
    for (const file of ['README.md', 'LICENSE', 'dist/index.js', 'dist/index.cjs', 'dist/index.d.ts', 'dist/cce.js', 'schemas/policy.schema.json', 'schemas/inputs/mount_device.schema.json']) expect(existsSync(join(installed, file)), file).toBe(true)
    expect(readFileSync(join(installed, 'dist/index.js'), 'utf8')).not.toContain(root)
  })
})
