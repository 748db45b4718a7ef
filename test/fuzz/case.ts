/** A policy and what is asked of it as one text, so that mutations may reach everything. Sections begin with `=== name`. */

export interface FuzzCase {
  readonly version: 'v0' | 'v1'
  readonly modules: readonly string[]
  readonly query: string
  readonly data: string
  /** Value text; absent: there is no input. */
  readonly input?: string
}

export function writeCase({ version, modules, query, data, input }: FuzzCase): string {
  const sections = [
    ...modules.map((text) => ['module', text]),
    ['query', query],
    ['data', data],
    ...(input === undefined ? [] : [['input', input]]),
  ]
  return sections.map(([name, text]) => `=== ${name}${name === 'module' ? ` ${version}` : ''}\n${text}\n`).join('')
}

/** Whatever the text is, some case comes out. */
export function readCase(text: string): FuzzCase {
  const parts = text.split(/^=== (.*)\n/m)
  const modules: string[] = []
  const others = new Map<string, string>()
  for (let at = 1; at + 1 < parts.length; at += 2) {
    const [name = '', body = ''] = [parts[at], parts[at + 1]?.replace(/\n$/, '')]
    if (name.startsWith('module')) modules.push(body)
    else others.set(name, body)
  }
  const input = others.get('input')
  return {
    version: text.startsWith('=== module v0') ? 'v0' : 'v1',
    modules: modules.length === 0 ? [text] : modules,
    query: others.get('query') ?? 'x = data',
    data: others.get('data') ?? '{}',
    ...(input === undefined ? {} : { input }),
  }
}
