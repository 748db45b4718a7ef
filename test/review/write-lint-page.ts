/** Writes `docs/lint.md`. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lintPage } from './lint-page.js'

writeFileSync(fileURLToPath(new URL('../../docs/lint.md', import.meta.url)), lintPage())
