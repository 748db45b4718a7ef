/**
 * Imports: the aliases of a module and what is wrong with them.
 */
import type { Import, Module } from '../syntax/ast.js'
import type { CheckContext } from './context.js'
import type { Alias, ModuleNames } from './definitions.js'
import { pathText } from './names.js'

/** The aliases that the imports of `module` bind. Of repeated names the last wins, where they are allowed at all. */
export function collectAliases(module: Module, cx: CheckContext): ReadonlyMap<string, Alias> {
  const aliases = new Map<string, Alias>()
  const refuseRepeated = cx.isStrictFor(module.version)
  for (const one of module.imports) {
    if (!bindsAlias(one)) continue
    const name = one.alias ?? (one.path.at(-1) as string)
    const earlier = aliases.get(name)
    if (earlier !== undefined && refuseRepeated) cx.refuse('import-shadowed', one.span, pathText(earlier.path))
    aliases.set(name, { path: one.path, import: one, used: false })
  }
  return aliases
}

/** Strict mode: every import is of use. */
export function reportUnusedImports({ aliases }: ModuleNames, cx: CheckContext): void {
  for (const alias of aliases.values()) {
    if (!alias.used) cx.refuse('import-unused', alias.import.span, importText(alias.import))
  }
}

/** `import future.keywords.in` and `import rego.v1` turn things on and bind no name. */
function bindsAlias({ path }: Import): boolean {
  return path[0] === 'data' || path[0] === 'input'
}

function importText({ path, alias }: Import): string {
  return `import ${pathText(path)}${alias === undefined ? '' : ` as ${alias}`}`
}
