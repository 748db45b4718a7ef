/** What `cce inspect` finds, for a person. */
import { makeVisible } from '../../diagnostics/text-width.js'
import { writeJson } from '../../value/json.js'
import type { RegoValue } from '../../value/value.js'
import type { Bundle } from '../bundle-files.js'
import type { FoundAnnotations } from '../annotations.js'
import { countDiagnostics } from '../print-diagnostics.js'
import { table } from '../table.js'
import type { PolicyInShort } from './policy.js'
import type { RegoFacts } from './rego.js'
import type { WasmFacts } from './wasm.js'

export function wasmText({ abi, entrypoints, builtins, imports, memoryPages, bytes, sections, isOurs }: WasmFacts): string {
  const made = isOurs ? 'by this compiler: it counts its work and knows places' : 'by another compiler'
  const wanted = builtins.map(({ name, calls }) => (calls === 'json' ? name : `${name} (exact)`))
  const lines = [
    `WebAssembly policy, ABI ${abi}, ${bytes} bytes, made ${made}`,
    `memory      ${memoryPages} ${memoryPages === 1 ? 'page' : 'pages'} of 64 KiB at least`,
    `imports     ${imports.map((one) => one.replace(/: .*/, '')).join(', ')}`,
    `builtins    ${builtins.length === 0 ? 'none from the host' : wanted.join(', ')}`,
  ]
  const names = Object.entries(entrypoints).sort(([, a], [, b]) => a - b)
  return [
    `${lines.map(makeVisible).join('\n')}\n`,
    table(
      ['ENTRYPOINT', 'ID'],
      names.map(([name, id]) => [name, String(id)]),
    ),
    table(
      ['SECTION', 'BYTES'],
      sections.map(({ name, bytes: size }) => [name, String(size)]),
    ),
  ].join('')
}

export function policiesText(policies: readonly PolicyInShort[]): string {
  return policies
    .map((policy) =>
      table(
        ['CCE POLICY', policy.pointer ?? ''],
        Object.entries(policy)
          .filter(([name]) => name !== 'pointer')
          .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
      ),
    )
    .join('')
}

export interface BundleContents {
  readonly bundle?: Bundle
  readonly wasm?: readonly { readonly file: string; readonly facts: WasmFacts }[]
}

export interface Inspection {
  readonly facts: RegoFacts
  readonly namespaces: readonly (readonly [string, readonly string[]])[]
  readonly annotations: readonly FoundAnnotations[]
  readonly contents: BundleContents
}

export function inspectText({ facts, namespaces, annotations, contents: { bundle } }: Inspection): string {
  const parts: string[] = []
  if (bundle?.manifest !== undefined) {
    const fields = bundle.manifest.entries.filter(([name]) => name !== 'wasm')
    parts.push(
      'MANIFEST:\n',
      table(
        ['FIELD', 'VALUE'],
        fields.map(([name, value]) => [plain(name), plain(value)]),
      ),
    )
  }
  const rows = namespaces.flatMap(([name, files]) => files.map((file) => [name, file]))
  parts.push('NAMESPACES:\n', table(['NAMESPACE', 'FILE'], rows))
  const rules = facts.packages.map(({ name, rules: all }) => [name, all.join(', ')])
  if (rules.length > 0) parts.push('RULES:\n', table(['PACKAGE', 'RULES'], rules, MAX_CELL))
  if (facts.builtins === undefined)
    parts.push(`BUILTINS: unknown, for there are ${countDiagnostics(facts.diagnostics)}: see \`cce check\`\n`)
  else parts.push(`BUILTINS: ${facts.builtins.length === 0 ? 'none' : facts.builtins.join(', ')}\n`)
  if (annotations.length > 0) parts.push('ANNOTATIONS:\n', annotations.map(annotationText).join('\n'))
  return parts.join('')
}

const MAX_CELL = 100

function annotationText({ path, scope, value, location: { file, row } }: FoundAnnotations): string {
  const title = value.get('title')
  const head = typeof title === 'string' ? title : path.join('.')
  const lines = [
    head,
    '='.repeat([...head].length),
    `Path:     data.${path.join('.')}`,
    `Location: ${file}:${row}`,
    `Scope:    ${scope}`,
  ]
  for (const [name, field] of value.entries) {
    if (name !== 'title' && name !== 'scope') lines.push(`${plain(name)}: ${plain(field)}`)
  }
  return `${lines.map((line) => makeVisible(line)).join('\n')}\n`
}

function plain(value: RegoValue): string {
  if (typeof value === 'string') return value.trimEnd()
  return writeJson(value)
}
