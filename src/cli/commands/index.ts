/**
 * Every command of `cce`, in the order of its help. A command is loaded when it is asked for: what one of them needs, the
 * others do not wait for.
 */
import type { CommandMaker } from '../command.js'

export interface CommandEntry {
  readonly name: string
  /** What the help of `cce` says of it. */
  readonly summary: string
  readonly load: () => Promise<CommandMaker>
}

export const COMMANDS: readonly CommandEntry[] = [
  { name: 'test', summary: 'run the tests of modules', load: async () => (await import('./test.js')).testCommand },
  {
    name: 'check',
    summary: 'tell everything that is wrong with modules',
    load: async () => (await import('./check.js')).checkCommand,
  },
  { name: 'fmt', summary: 'format modules', load: async () => (await import('./fmt.js')).fmtCommand },
  { name: 'eval', summary: 'evaluate a query', load: async () => (await import('./eval.js')).evalCommand },
  {
    name: 'build',
    summary: 'compile modules to a bundle, a WebAssembly module or a plan',
    load: async () => (await import('./build.js')).buildCommand,
  },
  {
    name: 'inspect',
    summary: 'tell what is in a bundle, a WebAssembly policy, modules, or a CCE policy',
    load: async () => (await import('./inspect.js')).inspectCommand,
  },
  { name: 'parse', summary: 'print the syntax tree of a module', load: async () => (await import('./parse.js')).parseCommand },
  { name: 'deps', summary: 'list what a query depends on', load: async () => (await import('./deps.js')).depsCommand },
  {
    name: 'policy',
    summary: 'show, compare, lint, convert and try CCE policies',
    load: async () => (await import('./policy/index.js')).policyCommand,
  },
  {
    name: 'completion',
    summary: 'print a completion script for a shell',
    load: async () => (await import('./completion.js')).completionCommand,
  },
  { name: 'version', summary: 'print versions', load: async () => (await import('./version.js')).versionCommand },
]
