/**
 * Compiles the runtime (`wasm/assembly`) and writes its image as a module that the compiler can import:
 *
 *   wasm/build/runtime.wasm                     the image
 *   src/codegen/runtime-image.generated.ts      the image as base64, and where its static data end
 *
 * With `--debug` it also writes `wasm/build/runtime.debug.wasm`, which keeps the names of functions, and its text form.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const SOURCES = join(ROOT, 'wasm/assembly')
const BUILD = join(ROOT, 'wasm/build')
const IMAGE_MODULE = join(ROOT, 'src/codegen/runtime-image.generated.ts')

/** Entry files; each export of theirs is an export of the image. */
const ENTRIES = ['index.ts', 'builtins/index.ts'].filter((entry) => existsSync(join(SOURCES, entry)))

/** Where the static data begin; the first line of `memory/layout.ts` that matters here. */
const STATIC_BASE = Number(/STATIC_BASE: usize = (\d+)/.exec(readFileSync(join(SOURCES, 'memory/layout.ts'), 'utf8'))?.[1])

const OPTIONS = [
  '--runtime', 'stub', '--importMemory', '--noExportMemory', '--use', 'abort=',
  '--memoryBase', String(STATIC_BASE), '--zeroFilledMemory',
  '--optimizeLevel', '3', '--shrinkLevel', '1', '--noAssert',
  // Addresses are 32 bits wide here and will stay so.
  '--disableWarning', '201',
]

const image = await compile([])
check(image)
mkdirSync(BUILD, { recursive: true })
writeFileSync(join(BUILD, 'runtime.wasm'), image)
writeIfChanged(IMAGE_MODULE, imageModule(image))
if (process.argv.includes('--debug')) {
  const debug = await compile(['--debug', '--textFile', 'runtime.debug.wat'], (name, text) => {
    if (name.endsWith('.wat')) writeFileSync(join(BUILD, name), text)
  })
  writeFileSync(join(BUILD, 'runtime.debug.wasm'), debug)
}
console.log(`runtime.wasm: ${image.byteLength} bytes`)

/** Compiles all entries with more options; `onFile` receives every file that is not the binary. */
async function compile(more, onFile = () => {}) {
  let binary
  const errors = asc.createMemoryStream()
  const { error } = await asc.main([...ENTRIES, ...OPTIONS, ...more, '--baseDir', SOURCES, '--outFile', 'runtime.wasm'], {
    stdout: asc.createMemoryStream(),
    stderr: errors,
    writeFile: (name, content) => {
      if (name.endsWith('.wasm')) binary = content
      else onFile(name, content)
    },
  })
  const messages = errors.toString()
  if (messages !== '') process.stderr.write(messages)
  if (error !== null || binary === undefined) {
    console.error(`the runtime does not compile: ${error?.message ?? 'no output'}`)
    process.exit(1)
  }
  return binary
}

/** What the compiler relies on. */
function check(binary) {
  const module = new WebAssembly.Module(binary)
  for (const section of ['name', 'producers', 'sourceMappingURL']) {
    if (WebAssembly.Module.customSections(module, section).length > 0) fail(`the image has a ${section} section`)
  }
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const isKnown = from === 'env' && /^(memory|opa_abort|opa_println|opa_builtin[0-4])$/.test(name)
    if (!isKnown) fail(`the image imports ${from}.${name}`)
  }
  if (hasStartSection(binary)) fail('the image has a start function: give module variables literal initial values')
}

function hasStartSection(binary) {
  const START = 8
  let at = 8
  while (at < binary.length) {
    const id = binary[at++]
    let size = 0
    for (let shift = 0; ; shift += 7) {
      size |= (binary[at] & 0x7f) << shift
      if (binary[at++] < 0x80) break
    }
    if (id === START) return true
    at += size
  }
  return false
}

/** First address after the static data, as the image itself knows it. */
function staticEnd(binary) {
  const nothing = () => 0
  const env = { memory: new WebAssembly.Memory({ initial: 1 }), opa_abort: nothing, opa_println: nothing }
  for (let arity = 0; arity <= 4; arity++) env[`opa_builtin${arity}`] = nothing
  return new WebAssembly.Instance(new WebAssembly.Module(binary), { env }).exports.rt_static_end()
}

function imageModule(binary) {
  return [
    '/** Written by `scripts/build-runtime.mjs`: the runtime that every policy module links. */',
    `export const RUNTIME_IMAGE = '${Buffer.from(binary).toString('base64')}'`,
    '',
    '/** First address after the static data of the runtime. */',
    `export const RUNTIME_STATIC_END = ${staticEnd(binary)}`,
    '',
  ].join('\n')
}

/** Leaves the file alone when nothing changed, so that watchers stay quiet. */
function writeIfChanged(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
