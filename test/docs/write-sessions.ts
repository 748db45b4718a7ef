/** Brings what sessions in documents print up to date: `tsx test/docs/write-sessions.ts docs/authoring.md`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replay, withoutTimes } from './transcript.js'

for (const name of process.argv.slice(2)) {
  const document = readFileSync(name, 'utf8')
  const folder = mkdtempSync(join(tmpdir(), 'cce-session-'))
  const today = await replay(document, folder)
  rmSync(folder, { recursive: true, force: true })
  if (withoutTimes(today) !== withoutTimes(document)) writeFileSync(name, today)
}
