/** `cce completion`: scripts that let a shell complete commands, options and their values. */
import { Argument } from 'commander'
import { type CommandMaker, describeCommand } from '../command.js'
import { SHELLS, type Shell, completionScript } from '../completion-script.js'
import { EXIT } from '../exit-code.js'

export const completionCommand: CommandMaker = (context) =>
  describeCommand('completion', 'Print a script that lets a shell complete the commands and options of cce.', [
    { line: 'cce completion bash', does: 'for bash: source <(cce completion bash)' },
    { line: 'cce completion zsh', does: 'for zsh: source <(cce completion zsh)' },
    { line: 'cce completion fish', does: 'for fish: cce completion fish | source' },
  ])
    .addArgument(new Argument('<shell>', 'the shell that is to read it').choices([...SHELLS]))
    .action(
      context.run(async (shell: Shell) => {
        const { createProgram } = await import('../main.js')
        const { commandFacts } = await import('../command-tree.js')
        context.io.out(completionScript(shell, commandFacts(await createProgram(context))))
        return EXIT.ok
      }),
    )
