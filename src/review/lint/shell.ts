/** Commands that run whatever they are told: shells and interpreters. */
import type { JsonValue } from '../../cce/json-value.js'

const SHELLS = new Set([
  'sh',
  'bash',
  'dash',
  'ash',
  'zsh',
  'ksh',
  'mksh',
  'csh',
  'tcsh',
  'fish',
  'rbash',
  'cmd',
  'powershell',
  'pwsh',
])
const INTERPRETERS = /^(?:python(?:[23](?:\.[0-9]+)?)?|node|nodejs|perl|ruby|irb|lua|deno|bun|gdb|lldb|sqlite3)$/
/** Programs that start another one, named after their options. */
const STARTERS = new Set(['env', 'busybox', 'sudo', 'tini', 'dumb-init', 'nohup', 'exec', 'setsid', 'stdbuf'])

/** A shell or interpreter in a command. */
export interface ShellUse {
  /** How the command names it. */
  readonly name: string
  /** `input`: it reads commands from its standard input; `script`: it runs a script that stands in the command. */
  readonly takes: 'input' | 'script'
}

/** What shell a command starts; undefined if none, or if it runs a program or script of the image. */
export function shellIn(command: JsonValue | undefined): ShellUse | undefined {
  if (!Array.isArray(command)) return undefined
  const words = (command as readonly JsonValue[]).filter((word): word is string => typeof word === 'string')
  let at = 0
  while (at < words.length && STARTERS.has(baseName(words[at] as string))) {
    at++
    while (/^-|=/.test(words[at] ?? '')) at++
  }
  const name = words[at]
  if (name === undefined) return undefined
  const base = baseName(name)
  const isShell = SHELLS.has(base)
  if (!isShell && !INTERPRETERS.test(base)) return undefined
  const rest = words.slice(at + 1)
  const script = isShell
    ? /^-[a-zA-Z]*c$|^\/[cC]$|^-[cC]ommand$|^-[fF]ile$|^-[eE]ncodedCommand$/
    : /^-[a-zA-Z]*[cemp]$|^--eval$|^-m/
  const isInteractive = rest.some((word) => /^(?:-[a-zA-Z]*[is]|-)$/.test(word))
  if (rest.some((word) => script.test(word)) && !isInteractive) return isShell ? { name, takes: 'script' } : undefined
  if (isInteractive || rest.every((word) => word.startsWith('-'))) return { name, takes: 'input' }
  return undefined
}

function baseName(path: string): string {
  return path
    .replace(/^.*[\\/]/, '')
    .replace(/\.exe$/i, '')
    .toLowerCase()
}
