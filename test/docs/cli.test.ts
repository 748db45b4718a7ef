/** The reference of the command line says what the commands say. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cliReference } from '../../scripts/cli-reference.js'

test('docs/cli.md is up to date: `npm run docs:cli` writes it', async () => {
  const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')
  expect(page).toBe(await cliReference())
})
