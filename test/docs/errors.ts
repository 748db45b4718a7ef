/**
 * The text of `docs/errors.md`: every code with what it means, an example that causes it, and the example put right. What is
 * printed there is what the examples say when they are run.
 */
import { CHECK_MESSAGES } from '../../src/diagnostics/catalogue/check.js'
import { FORMAT_MESSAGES } from '../../src/diagnostics/catalogue/format.js'
import { PLAN_MESSAGES } from '../../src/diagnostics/catalogue/plan.js'
import { POLICY_MESSAGES } from '../../src/diagnostics/catalogue/policy.js'
import { SYNTAX_MESSAGES } from '../../src/diagnostics/catalogue/syntax.js'
import { TARGET_MESSAGES } from '../../src/diagnostics/catalogue/target.js'
import { WARNING_MESSAGES } from '../../src/diagnostics/catalogue/warnings.js'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js'
import { renderDiagnostic } from '../../src/diagnostics/render.js'
import { makeVisible } from '../../src/diagnostics/text-width.js'
import { DENIALS, type DenialEntry, ERRORS } from './code-entries.js'
import { type CodeExample, type GuardExample, type RegoExample, compileExample, modulesOf, readExamples, sourcesOf } from './error-examples.js'
import { TEST_ENTRIES, type TestEntry, testsOf } from './test-entries.js'
import { type PolicyExample, type WarningExample, decisionOf, faultsOf, warningsOf } from './policy-examples.js'

export interface CatalogueSection {
  /** Of the file with the examples, and of the anchor. */
  readonly name: string
  readonly title: string
  readonly about: string
  readonly catalogue: Readonly<Record<string, { readonly explain: string }>>
}

/** The messages about Rego. */
export const REGO_SECTIONS: readonly CatalogueSection[] = [
  {
    name: 'syntax',
    title: 'The text is not well formed',
    about: 'Where OPA has a sentence, it is the same, letter for letter; the hint below it is ours.',
    catalogue: SYNTAX_MESSAGES,
  },
  {
    name: 'check',
    title: 'The text is well formed, and does not make sense',
    about: 'Names, declarations, calls, `with`, safety, types, metadata. The sentences are OPA’s here, too.',
    catalogue: CHECK_MESSAGES,
  },
  {
    name: 'plan',
    title: 'The policy cannot be compiled as it is asked for',
    about: 'Entrypoints, and policies that would grow beyond measure.',
    catalogue: { ...PLAN_MESSAGES, ...TARGET_MESSAGES },
  },
  {
    name: 'format',
    title: 'The text cannot be formatted',
    about: 'What `cce fmt` and `formatRego` say about a text that is well formed.',
    catalogue: FORMAT_MESSAGES,
  },
]

export type AnyExample = RegoExample | GuardExample | CodeExample

/** The whole page. */
export async function errorsPage(): Promise<string> {
  const parts = [INTRODUCTION]
  for (const section of REGO_SECTIONS) {
    const entries = [...readExamples<AnyExample>(section.name)].map(([code, example]) => {
      return entry(code, explainOf(section.catalogue, code), regoEntry(example))
    })
    parts.push(`## ${section.title}`, section.about, ...entries)
  }
  parts.push('## Tests are refused, or end without a result', 'What `cce test` says beside all of the above.')
  for (const [code, one] of Object.entries(TEST_ENTRIES)) parts.push(entry(code, one.explain, await testEntry(one)))
  parts.push('## The document is no CCE policy', 'Codes of the faults of a `PolicyError`, and what is passed to `parsePolicy`.')
  for (const [code, example] of readExamples<PolicyExample>('policy')) {
    parts.push(entry(code, explainOf(POLICY_MESSAGES, code), policyEntry(example)))
  }
  parts.push('## The policy says what its author may not mean', ABOUT_WARNINGS)
  for (const [code, example] of readExamples<WarningExample>('warnings')) {
    parts.push(entry(code, explainOf(WARNING_MESSAGES, code), warningEntry(example)))
  }
  parts.push('## A request is denied', ABOUT_DENIALS)
  for (const [code, one] of Object.entries(DENIALS)) {
    parts.push(entry(code, one.explain, 'guard' in one ? one.guard : await denialEntry(one)))
  }
  parts.push('## Errors that are thrown', 'Every error has a `code`. What a policy decides is never an error.')
  for (const [code, { explain, bad, fixed }] of Object.entries(ERRORS)) parts.push(entry(code, explain, codeEntry(bad, fixed)))
  return `${parts.join('\n\n')}\n`
}

const INTRODUCTION = `# Errors, warnings, denials

Every message of this library has a code of its own, and every code is on this page: what it means, a text that causes it with
the message as it is printed, and the text put right. The examples are run by the tests; \`npm run docs:errors\` writes the page.

\`\`\`text
error: var admin is unsafe [rego_unsafe_var_error]          the message, and OPA's class of it
 --> policy.rego:5:24                                       file, row, column
  |
5 | allow if input.user in admin                            the line, with what is meant marked
  |                        ^^^^^
  = hint: nothing gives \`admin\` a value; did you mean \`admins\`?
\`\`\`

In a program the code of a diagnostic is its \`rule\`:

\`\`\`ts
import { tryCompileRego } from 'cce-policy'

const modules = { 'policy.rego': 'package policy\\n\\nallow if input.user in admin\\n' }
const result = tryCompileRego({ modules, entrypoints: ['policy/allow'] })
const rules = result.ok ? [] : result.diagnostics.map(({ rule }) => rule)
rules // ["unsafe-var"]
\`\`\`

Rows and columns count from 1, and columns count characters; a byte-order mark is one. Under the line the marks stand where a
terminal shows the characters: a tab goes to the next multiple of four, wide characters and emoji take two columns, what
combines with the character before takes none. Of a line of more than 100 characters the part around the fault is shown.`

const ABOUT_WARNINGS = `Codes of \`policyWarnings\` and \`enforcer.warnings\`; no decision depends on them. \`docs/semantics.md\` shows what the
enforcer makes of each. The examples are parts of a policy, and \`…\` stands for the other fields of a container.`

const ABOUT_DENIALS = `Codes of \`decision.reason.code\`. Each example is a policy below \`package policy\` and a question to its enforcer.`

function entry(code: string, explain: string, body: string): string {
  return `### ${code}\n\n${explain}\n\n${body}`
}

function explainOf(catalogue: CatalogueSection['catalogue'], code: string): string {
  const row = catalogue[code]
  if (row === undefined) throw new Error(`there is an example for ${code}, but no message`)
  return row.explain
}

function regoEntry(example: AnyExample): string {
  if ('guard' in example) return example.guard
  if ('ts' in example) return codeEntry(example.ts.bad, example.ts.fixed)
  const { with: options, fixedWith } = example
  const modules = modulesOf(example.bad, example.repeat)
  const sources = sourcesOf(modules)
  const messages = compileExample(modules, options).diagnostics.map((one: Diagnostic) => renderDiagnostic(one, sources))
  const repeated = example.repeat === undefined ? '' : `, with \`${example.repeat[0].trim()}\` ${example.repeat[1]} times`
  return [
    `${optionsText(options)}${regoBlocks(example.bad, repeated)}`,
    fence('text', messages.join('\n')),
    `Put right${fixedWith === undefined ? '' : ` (${optionsText(fixedWith).trim().replace(/^W(.*):$/s, 'w$1')})`}:`,
    regoBlocks(example.fixed),
  ].join('\n\n')
}

function optionsText(options: RegoExample['with']): string {
  const shown = Object.entries(options ?? {}).filter(([name]) => name !== 'annotations')
  if (shown.length === 0) return ''
  return `With ${shown.map(([name, value]) => `\`${name}: ${JSON.stringify(value)}\``).join(', ')}:\n\n`
}

function regoBlocks(text: RegoExample['bad'], note = ''): string {
  if (typeof text === 'string') return `${note === '' ? '' : `A text${note}:\n\n`}${fence('rego', makeVisible(text))}`
  return Object.entries(text)
    .map(([name, one]) => `\`${name}\`:\n\n${fence('rego', one)}`)
    .join('\n\n')
}

async function testEntry({ options, bad, fixed }: TestEntry): Promise<string> {
  const { text } = await testsOf(bad, options)
  const session = fence('text', `$ cce test ${[...options, '.'].join(' ')}\n${text}`)
  return [filesText(bad), session, 'Put right:', filesText(fixed)].join('\n\n')
}

function filesText(files: TestEntry['bad']): string {
  return Object.entries(files)
    .map(([name, text]) => `\`${name}\`:\n\n${fence(name.endsWith('.rego') ? 'rego' : 'json', text)}`)
    .join('\n\n')
}

function policyEntry({ bad, fixed }: PolicyExample): string {
  const messages = faultsOf(bad).map(({ pointer, location, message, hint }) => {
    const place = location === undefined ? (pointer ?? '') : `${location.row}:${location.col}`
    return `${place === '' ? '' : `${place}: `}${message}${hint === undefined ? '' : `\n  = hint: ${hint}`}`
  })
  return [fence('js', bad), fence('text', messages.join('\n')), 'Put right:', fence('js', fixed)].join('\n\n')
}

function warningEntry({ bad, fixed, without }: WarningExample): string {
  const messages = warningsOf(bad, without).map(({ where, message }) => `${where}: ${message}`)
  return [fence('rego', bad), fence('text', messages.join('\n')), 'Put right:', fence('rego', fixed)].join('\n\n')
}

async function denialEntry({ policy, ask, fixedPolicy, fixedAsk }: DenialEntry): Promise<string> {
  const decision = await decisionOf(policy, ask)
  return [
    `${fence('rego', policy)}\n\n${fence('js', ask)}`,
    fence('text', decision.allowed ? 'allowed' : decision.reason.message),
    'Put right:',
    [...(fixedPolicy === undefined ? [] : [fence('rego', fixedPolicy)]), ...(fixedAsk === undefined ? [] : [fence('js', fixedAsk)])].join('\n\n'),
  ].join('\n\n')
}

/** Names of the library that examples use. */
const IMPORTABLE = [
  'compilePlan',
  'compileRego',
  'convertPolicy',
  'createEnforcer',
  'formatRego',
  'loadRego',
  'parsePolicy',
  'policyToRego',
  'protect',
  'readTrace',
]

function codeEntry(bad: string, fixed: string): string {
  return [typescript(bad), 'Put right:', typescript(fixed)].join('\n\n')
}

function typescript(code: string): string {
  const names = IMPORTABLE.filter((name) => new RegExp(`\\b${name}\\(`).test(code))
  return fence('ts', `import { ${names.join(', ')} } from 'cce-policy'\n\n${code}`)
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}
