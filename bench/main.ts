/**
 * `npm run bench [-- decisions|compile|scaling|rego|tests …]`: prints figures and ratios of things measured in the same run. What needs
 * an `opa` binary is left out where there is none.
 */
import { benchCompile } from './compile.js'
import { benchDecisions } from './decisions.js'
import { benchRego } from './rego/main.js'
import { benchRegoTests } from './rego-tests.js'
import { benchScaling } from './scaling.js'

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  decisions: benchDecisions,
  compile: benchCompile,
  scaling: benchScaling,
  rego: benchRego,
  tests: benchRegoTests,
}

const wanted = process.argv.slice(2)
for (const [name, bench] of Object.entries(BENCHES)) if (wanted.length === 0 || wanted.includes(name)) await bench()
