/** `cce policy`: CCE policies for people. */
import { Command } from 'commander'
import type { CommandMaker } from '../../command.js'
import { convertCommand } from './convert.js'
import { diffCommand } from './diff.js'
import { digestCommand } from './digest.js'
import { enforceCommand } from './enforce.js'
import { explainCommand } from './explain.js'
import { lintCommand } from './lint.js'
import { showCommand } from './show.js'

const COMMANDS: readonly CommandMaker[] = [
  showCommand,
  digestCommand,
  diffCommand,
  lintCommand,
  convertCommand,
  enforceCommand,
  explainCommand,
]

export const policyCommand: CommandMaker = (context) => {
  const group = new Command('policy').description(
    'Show, compare, lint, convert and try CCE policies, and explain refused deployments.',
  )
  for (const make of COMMANDS) group.addCommand(make(context))
  return group
}
