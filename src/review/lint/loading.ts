/** Whether the guest would take the text: it is compiled as Rego v1 together with the framework, as far as checking goes. */
import { checkModules } from '../../check/check.js'
import { FRAMEWORK_SOURCES } from '../../cce/framework-sources.generated.js'
import { type Diagnostic, DiagnosticSink } from '../../diagnostics/diagnostic.js'
import { withParameters } from '../../enforce/fragment.js'
import { Source } from '../../source/source.js'
import type { Module } from '../../syntax/ast.js'
import { parseModule } from '../../syntax/parse/module.js'
import type { OpenedPolicy } from '../document.js'

/** A fault that keeps the policy from loading. */
export type LoadFault = Pick<Diagnostic, 'code' | 'message' | 'hint' | 'location'>

/** As many are told; the first ones usually bring the others about. */
const MOST_TOLD = 20

let framework: readonly Module[] | undefined

/** Every error of compiling the policy or fragment; none if it loads. */
export function loadFaults({ text, module }: OpenedPolicy): readonly LoadFault[] {
  const sink = new DiagnosticSink()
  const isPolicy = module.package.path.join('.') === 'policy'
  const source = new Source(module.span.source.name, isPolicy ? text : withParameters(text, '{}'))
  const asV1 = parseModule(source, { version: 'v1' }, sink)
  if (asV1 !== undefined && !sink.hasErrors) checkModules([...frameworkModules(), asV1], CHECKED, sink)
  return sink
    .sorted()
    .filter(({ severity }) => severity === 'error')
    .slice(0, MOST_TOLD)
}

const CHECKED = { strict: false, print: false, hostBuiltins: new Set<string>(), customBuiltins: new Map<string, never>() }

function frameworkModules(): readonly Module[] {
  framework ??= Object.entries(FRAMEWORK_SOURCES).flatMap(([name, text]) => {
    const module = parseModule(new Source(name, text), { version: 'v1' }, new DiagnosticSink())
    return module === undefined ? [] : [module]
  })
  return framework
}
