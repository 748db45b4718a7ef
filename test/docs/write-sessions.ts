/** Brings what the sessions in documents print up to date. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, documentsWithSessions, replay, withoutFigures } from './transcript.js'

for (const name of documentsWithSessions()) {
  const document = readFileSync(join(ROOT, name), 'utf8')
  const folder = mkdtempSync(join(tmpdir(), 'cce-session-'))
  const today = await replay(document, folder)
  rmSync(folder, { recursive: true, force: true })
  if (withoutFigures(today) !== withoutFigures(document)) writeFileSync(join(ROOT, name), today)
}
