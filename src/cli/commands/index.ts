/** Every command of `cce`, in the order of its help. */
import type { CommandMaker } from '../command.js'
import { checkCommand } from './check.js'
import { evalCommand } from './eval.js'
import { fmtCommand } from './fmt.js'
import { policyCommand } from './policy/index.js'

export const COMMANDS: readonly CommandMaker[] = [checkCommand, evalCommand, fmtCommand, policyCommand]
