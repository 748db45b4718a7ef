/** Compile time per 1000 lines of Rego, of sources that differ in kind and in size. */
import { ENFORCEMENT_POINTS, compileRego } from 'cce-policy'
import { FRAMEWORK_SOURCES } from '../../src/cce/framework-sources.generated.js'
import { buildWithOpa, checkWithOpa, findOpa } from '../opa-wasm.js'
import { cpuMilliseconds, printRows } from '../support.js'
import { BENCH_POLICIES } from './policies.js'

interface Sources {
  readonly name: string
  readonly modules: Readonly<Record<string, string>>
  readonly entrypoints: readonly string[]
}

export function benchFrontEnd(): void {
  const opa = findOpa()
  console.log('Compiling Rego (ms for 1000 lines: processor time of ours, warm; what opa reports; a whole process `opa build`)')
  const rows = sources().map(({ name, modules, entrypoints }) => {
    const texts = Object.values(modules)
    const lines = texts.reduce((sum, text) => sum + text.split('\n').filter((line) => /^\s*[^\s#]/.test(line)).length, 0)
    const perThousand = (ms: number | undefined): string => (ms === undefined ? '-' : ((ms * 1000) / lines).toFixed(1))
    const ours = cpuMilliseconds(() => compileRego({ modules, entrypoints }), 9)
    const checked = opa === undefined ? undefined : checkWithOpa(opa, modules)
    const built = opa === undefined ? undefined : buildWithOpa(opa, modules, entrypoints).buildMs
    return [name, String(lines), perThousand(ours), perThousand(checked), perThousand(built)]
  })
  printRows(['source', 'lines', 'to wasm', 'opa parse + compile', 'opa build -t wasm'], rows)
}

function sources(): readonly Sources[] {
  const separate = BENCH_POLICIES.map(({ text }, place) => [`p${place}.rego`, text.replace('package bench', `package bench.p${place}`)] as const)
  const copies = (count: number): Sources => ({
    name: `${count} policies of 15 lines`,
    modules: Object.fromEntries(Array.from({ length: count }, (_none, place) => [`c${place}.rego`, TYPICAL.replace('package bench', `package bench.c${place}`)])),
    entrypoints: Array.from({ length: count }, (_none, place) => ['allow', 'deny', 'names'].map((rule) => `bench/c${place}/${rule}`)).flat(),
  })
  return [
    {
      name: 'the CCE framework',
      modules: FRAMEWORK_SOURCES,
      entrypoints: ENFORCEMENT_POINTS.map((point) => `framework/${point}`),
    },
    {
      name: 'the policies below',
      modules: Object.fromEntries(separate),
      entrypoints: BENCH_POLICIES.map(({ entrypoint }, place) => entrypoint.replace('bench/', `bench/p${place}/`)),
    },
    copies(20),
    copies(80),
    copies(320),
  ]
}

const TYPICAL = `package bench
import data.shared.roles
default allow := false
allow if {
  some role in roles[input.user]
  role.action == input.action
  startswith(input.path, role.prefix)
}
deny contains message if {
  some container in input.containers
  not container.limits.memory
  message := sprintf("%s has no limits", [container.name])
}
names := {name | some container in input.containers; name := lower(container.name)}
named if input.name in names`
