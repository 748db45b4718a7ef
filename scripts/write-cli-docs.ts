/** Writes `docs/cli.md` from the tree of commands. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cliReference } from './cli-reference.js'

writeFileSync(fileURLToPath(new URL('../docs/cli.md', import.meta.url)), await cliReference())
