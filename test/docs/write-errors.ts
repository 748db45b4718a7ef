/** Writes `docs/errors.md`. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { errorsPage } from './errors.js'

writeFileSync(fileURLToPath(new URL('../../docs/errors.md', import.meta.url)), await errorsPage())
