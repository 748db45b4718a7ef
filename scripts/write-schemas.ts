/**
 * `tsx scripts/write-schemas.ts [<folder>]`: writes `schemas/`, a JSON Schema for structured policies and one for the input
 * of each hook, as an agent gives it.
 *
 * Shapes come from the tables that the library validates with, words from the docstrings of the input types.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { POLICY_SCHEMA } from '../src/cce/schema.js'
import { hookInputSchema } from '../src/enforce/input-schema.js'
import { HOOK_NAMES, type HookName, POINTS } from '../src/enforce/points.js'

type Schema = Readonly<Record<string, unknown>>

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = process.argv[2] ?? join(root, 'schemas')

/** A documented type of `inputs.ts`. */
interface DocumentedType {
  readonly text: string | undefined
  readonly members: ReadonlyMap<string, { readonly text: string | undefined; readonly type: string }>
}

const documented = readTypes(join(root, 'src/enforce/inputs.ts'))

rmSync(folder, { recursive: true, force: true })
mkdirSync(join(folder, 'inputs'), { recursive: true })
write('policy.schema.json', POLICY_SCHEMA)
for (const hook of HOOK_NAMES) {
  const [linux, windows] = (['linux', 'windows'] as const).map((os) => inputSchema(hook, os))
  const { wire } = POINTS[hook]
  if (JSON.stringify(linux) === JSON.stringify(windows)) write(`inputs/${wire}.schema.json`, linux as Schema)
  else {
    write(`inputs/${wire}.linux.schema.json`, linux as Schema)
    write(`inputs/${wire}.windows.schema.json`, windows as Schema)
  }
}

function write(name: string, schema: Schema): void {
  writeFileSync(join(folder, name), `${JSON.stringify(schema, undefined, 2)}\n`)
}

function inputSchema(hook: HookName, os: 'linux' | 'windows'): Schema {
  const type = typeOf(hook, os)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Input of ${POINTS[hook].wire}`,
    ...(documented.get(type)?.text === undefined ? {} : { description: documented.get(type)?.text }),
    ...withWords(hookInputSchema(hook, os), type),
  }
}

/** The schema with the docstrings of the type's members, and of the types of these. */
function withWords(schema: Schema, type: string): Schema {
  const members = documented.get(type)?.members
  if (schema.type === 'array') return { ...schema, items: withWords(schema.items as Schema, type) }
  if (members === undefined || schema.properties === undefined) return schema
  const properties = Object.entries(schema.properties as Readonly<Record<string, Schema>>).map(([name, property]) => {
    const member = members.get(name)
    const worded = member === undefined ? property : withWords(property, member.type)
    return [name, member?.text === undefined ? worded : { ...worded, description: member.text }] as const
  })
  return { ...schema, properties: Object.fromEntries(properties) }
}

/** The name of a hook's input type: `HookTypes` has it, or it is a union of one type for each system. */
function typeOf(hook: HookName, os: 'linux' | 'windows'): string {
  const type = documented.get('HookTypes')?.members.get(hook)?.type ?? ''
  const input = /input: (\w+)/.exec(type)?.[1] ?? ''
  return documented.has(input) ? input : input.replace(/Container/, os === 'linux' ? 'LinuxContainer' : 'WindowsContainer')
}

function readTypes(path: string): ReadonlyMap<string, DocumentedType> {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true)
  return new Map(
    source.statements.filter(ts.isInterfaceDeclaration).map((declaration) => [
      declaration.name.text,
      {
        text: wordsOf(declaration),
        members: new Map(
          declaration.members
            .filter(ts.isPropertySignature)
            .map((member) => [
              member.name.getText(source),
              { text: wordsOf(member), type: nameOf(member.type?.getText(source) ?? '') },
            ]),
        ),
      },
    ]),
  )
}

function nameOf(type: string): string {
  return /^(?:readonly )?(\w+)\[\]$/.exec(type)?.[1] ?? type
}

function wordsOf(node: ts.Node): string | undefined {
  const comment = ts.getJSDocCommentsAndTags(node).at(-1)
  const text = comment === undefined ? undefined : ts.getTextOfJSDocComment(comment.comment)
  return text?.replace(/\*\*/g, '').replace(/\s+/g, ' ')
}
