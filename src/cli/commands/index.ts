/** Every command of `cce`, in the order of its help. */
import type { CommandMaker } from '../command.js'

export const COMMANDS: readonly CommandMaker[] = []
