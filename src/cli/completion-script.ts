/** Completion scripts for shells, written from the tree of commands. */
import type { CommandFacts, OptionFacts } from './command-tree.js'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** A script to source. Words that are neither commands nor options are completed as files. */
export function completionScript(shell: Shell, tree: readonly CommandFacts[]): string {
  switch (shell) {
    case 'bash':
      return bashScript(tree)
    case 'zsh':
      return zshScript(tree)
    case 'fish':
      return fishScript(tree)
  }
}

function bashScript(tree: readonly CommandFacts[]): string {
  return `# bash completion for cce: source <(cce completion bash)
_cce() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${pathCases(tree, '      ')}
    esac
  done
  case "$at $prev" in
${valueCases(tree, '    ', (words) => `COMPREPLY=($(compgen -W ${quote(words.join(' '))} -- "$cur")); return`)}
  esac
  case "$at" in
${tree.map(bashCase(tree)).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _cce cce
`
}

function bashCase(tree: readonly CommandFacts[]): (facts: CommandFacts) => string {
  return ({ path, options }) => {
    const flags = quote(optionWords(options).join(' '))
    const others = quote(wordsOf(tree, path).join(' '))
    return `    ${quote(path.join(' '))}) [[ "$cur" == -* ]] && words=${flags} || words=${others} ;;`
  }
}

function zshScript(tree: readonly CommandFacts[]): string {
  return `#compdef cce
# zsh completion for cce: source <(cce completion zsh)
_cce() {
  local cur="\${words[CURRENT]}" prev="\${words[CURRENT-1]}" at="" i
  local -a found
  for ((i = 2; i < CURRENT; i++)); do
    case "$at \${words[i]}" in
${pathCases(tree, '      ')}
    esac
  done
  case "$at $prev" in
${valueCases(tree, '    ', (words) => `compadd -- ${words.map(quote).join(' ')}; return`)}
  esac
  case "$at" in
${tree.map((facts) => zshCase(facts, tree)).join('\n')}
  esac
  if (( \${#found} )); then _describe cce found; else _files; fi
}
compdef _cce cce
`
}

function zshCase({ path, options, commands }: CommandFacts, tree: readonly CommandFacts[]): string {
  const flags = options.flatMap(({ long, short, description }) =>
    [long, short].filter((flag) => flag !== undefined).map((flag) => quote(`${flag}:${description}`)),
  )
  const described = commands.map(({ name, summary }) => quote(`${name}:${summary}`))
  const others = wordsOf(tree, path).slice(commands.length).map(quote)
  const words = `then found=(${flags.join(' ')}); else found=(${[...described, ...others].join(' ')}); fi`
  return `    ${quote(path.join(' '))}) if [[ "$cur" == -* ]]; ${words} ;;`
}

function fishScript(tree: readonly CommandFacts[]): string {
  const lines = tree.flatMap((facts) => {
    const { path, commands, options } = facts
    const here = `-n ${quote(`test (__cce_at) = ${quote(path.join(' '))}`)}`
    return [
      ...commands.map(({ name, summary }) => `complete -c cce ${here} -f -a ${quote(name)} -d ${quote(summary)}`),
      ...facts.arguments
        .filter(({ choices }) => choices.length > 0)
        .map(({ choices }) => `complete -c cce ${here} -f -a ${quote(choices.join(' '))}`),
      ...options.map((option) => `complete -c cce ${here}${fishOption(option)}`),
    ]
  })
  const known = tree.filter(({ path }) => path.length > 0).map(({ path }) => quote(path.join(' ')))
  return `# fish completion for cce: cce completion fish | source
function __cce_at
  set -l at ""
  for word in (commandline -opc)[2..-1]
    set -l next (string trim -- "$at $word")
    contains -- $next ${known.join(' ')}; and set at $next
  end
  echo "$at"
end
${lines.join('\n')}
`
}

function fishOption({ short, long, description, takesValue, choices }: OptionFacts): string {
  const names = [short, long].filter((flag) => flag !== undefined)
  const parts = [
    // An option may have two names, both long.
    ...names.map((flag) => (flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`)),
    takesValue ? ' -r' : '',
    choices.length === 0 ? '' : ` -f -a ${quote(choices.join(' '))}`,
  ]
  return `${parts.join('')} -d ${quote(description)}`
}

/** Arms of a case that lead from a command to one below it. */
function pathCases(tree: readonly CommandFacts[], indent: string): string {
  return tree
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => `${indent}${quote(`${path.slice(0, -1).join(' ')} ${path.at(-1) ?? ''}`)}) at=${quote(path.join(' '))} ;;`)
    .join('\n')
}

/** Arms of a case for options whose values are known. */
function valueCases(tree: readonly CommandFacts[], indent: string, reply: (words: readonly string[]) => string): string {
  return tree
    .flatMap(({ path, options }) =>
      options
        .filter(({ choices }) => choices.length > 0)
        .map(({ short, long, choices }) => {
          const patterns = [short, long].filter((flag) => flag !== undefined).map((flag) => quote(`${path.join(' ')} ${flag}`))
          return `${indent}${patterns.join('|')}) ${reply(choices)} ;;`
        }),
    )
    .join('\n')
}

function optionWords(options: readonly OptionFacts[]): readonly string[] {
  return options.flatMap(({ short, long }) => [long, short].filter((flag) => flag !== undefined))
}

/** Commands below a command, then the words that its arguments may be. */
function wordsOf(tree: readonly CommandFacts[], path: readonly string[]): readonly string[] {
  const facts = tree.find((one) => one.path.join(' ') === path.join(' '))
  return [...(facts?.commands ?? []).map(({ name }) => name), ...(facts?.arguments ?? []).flatMap(({ choices }) => choices)]
}

/** In single quotes, as all three shells read it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
