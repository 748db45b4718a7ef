/** The sessions in the documentation are what `cce` prints; `npm run docs:sessions` brings them up to date. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { hasSession, replay, withoutTimes } from './transcript.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const documents = ['README.md', 'examples/unit-testing/README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
const withSessions = documents.filter((name) => hasSession(readFileSync(join(root, name), 'utf8')))

test.each(withSessions)('%s', async (name) => {
  const document = readFileSync(join(root, name), 'utf8')
  const folder = mkdtempSync(join(tmpdir(), 'cce-session-'))
  try {
    expect(withoutTimes(await replay(document, folder))).toBe(withoutTimes(document))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
