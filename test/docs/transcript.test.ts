/** The sessions in the documentation are what `cce` prints; `npm run docs:sessions` brings them up to date. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT, documentsWithSessions, replay, withoutFigures } from './transcript.js'

test.each(documentsWithSessions())('%s', async (name) => {
  const document = readFileSync(join(ROOT, name), 'utf8')
  const folder = mkdtempSync(join(tmpdir(), 'cce-session-'))
  try {
    expect(withoutFigures(await replay(document, folder))).toBe(withoutFigures(document))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
