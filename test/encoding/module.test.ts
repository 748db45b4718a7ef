import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CodeWriter } from '../../src/encoding/code-writer.js'
import { constantAddress, walkBody } from '../../src/encoding/instruction.js'
import type { WasmModule } from '../../src/encoding/module.js'
import { OP, TYPE } from '../../src/encoding/opcode.js'
import { readModule } from '../../src/encoding/read-module.js'
import { ByteReader, WasmFormatError } from '../../src/encoding/reader.js'
import { writeModule } from '../../src/encoding/write-module.js'
import { ByteWriter } from '../../src/encoding/writer.js'

const EMPTY: WasmModule = {
  types: [],
  imports: [],
  functions: [],
  tables: [],
  memories: [],
  globals: [],
  exports: [],
  start: undefined,
  elements: [],
  code: [],
  data: [],
  dataCount: false,
  customs: [],
}

function constant(value: number): Uint8Array {
  const code = new CodeWriter(new ByteWriter())
  code.i32Const(value)
  code.out.u8(OP.end)
  return code.out.toBytes()
}

function body(write: (code: CodeWriter) => void, locals = 0): Uint8Array {
  const out = new ByteWriter()
  out.bytes(locals === 0 ? Uint8Array.of(0) : Uint8Array.of(1, locals, TYPE.i32))
  write(new CodeWriter(out))
  out.u8(OP.end)
  return out.toBytes()
}

/** One of everything that the format has. */
const EVERYTHING: WasmModule = {
  types: [
    { params: [], results: [] },
    { params: [TYPE.i32], results: [TYPE.i32] },
  ],
  imports: [
    { module: 'env', name: 'f', desc: { kind: 'func', type: 1 } },
    { module: 'env', name: 'm', desc: { kind: 'memory', memory: { min: 1, max: 4, shared: false } } },
    { module: 'env', name: 'g', desc: { kind: 'global', global: { type: TYPE.i64, mutable: true } } },
    {
      module: 'env',
      name: 't',
      desc: { kind: 'table', table: { element: TYPE.funcref, limits: { min: 2, max: undefined, shared: false } } },
    },
  ],
  functions: [0, 1],
  tables: [{ element: TYPE.externref, limits: { min: 0, max: 3, shared: false } }],
  memories: [],
  globals: [{ global: { type: TYPE.i32, mutable: false }, init: constant(7) }],
  exports: [
    { name: 'run', kind: 'func', index: 2 },
    { name: 'ünï', kind: 'global', index: 1 },
  ],
  start: 1,
  elements: [
    { mode: 'active', table: 0, offset: constant(0), elementType: TYPE.funcref, items: { kind: 'functions', functions: [1, 2] } },
    { mode: 'passive', table: 0, offset: undefined, elementType: TYPE.funcref, items: { kind: 'functions', functions: [2] } },
    { mode: 'declared', table: 0, offset: undefined, elementType: TYPE.funcref, items: { kind: 'functions', functions: [0] } },
    {
      mode: 'active',
      table: 1,
      offset: constant(1),
      elementType: TYPE.externref,
      items: { kind: 'expressions', expressions: [Uint8Array.of(0xd0, TYPE.externref, OP.end)] },
    },
  ],
  code: [
    body((code) => {
      code.i32Const(0)
      code.i32Const(0)
      code.i32Const(3)
      code.memoryInit(1)
      code.dataDrop(1)
    }),
    body((code) => {
      const outer = code.block(TYPE.i32)
      code.localGet(0)
      code.call(0)
      code.localTee(1)
      code.brIf(outer)
      code.localGet(1)
      code.end()
    }, 1),
  ],
  data: [
    { active: { memory: 0, offset: constant(8) }, bytes: Uint8Array.of(1, 2) },
    { active: undefined, bytes: Uint8Array.of(3, 4, 5) },
  ],
  dataCount: true,
  customs: [
    { name: 'first', bytes: Uint8Array.of(1), after: 0 },
    { name: 'last', bytes: Uint8Array.of(), after: 11 },
  ],
}

test('an empty module is eight bytes', () => {
  expect([...writeModule(EMPTY)]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
})

test('a module with one of everything comes back as it was', () => {
  expect(readModule(writeModule(EVERYTHING))).toEqual(EVERYTHING)
})

test('a written module runs', () => {
  const double = body((code) => {
    const done = code.block()
    const again = code.loop()
    code.localGet(0)
    code.i32Const(100)
    code.op(OP.i32GtU)
    code.brIf(done)
    code.localGet(0)
    code.localGet(0)
    code.op(OP.i32Add)
    code.localSet(0)
    code.br(again)
    code.end()
    code.end()
    code.localGet(0)
  })
  const bytes = writeModule({
    ...EMPTY,
    types: [{ params: [TYPE.i32], results: [TYPE.i32] }],
    functions: [0],
    exports: [{ name: 'double', kind: 'func', index: 0 }],
    code: [double],
  })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  expect((instance.exports['double'] as (value: number) => number)(3)).toBe(192)
})

test('what a body mentions', () => {
  const mentioned: string[] = []
  const code = body((code) => {
    code.i32Const(70_000)
    code.memory(OP.i32Load, 2, 12_300)
    code.call(5)
    code.i32Const(-1)
    code.i64Const(7n)
  })
  walkBody(code, { func: (index) => mentioned.push(`func ${index}`), address: (value) => mentioned.push(`address ${value}`) })
  expect(mentioned).toEqual(['address 70000', 'address 12300', 'func 5', 'address 4294967295'])
})

test('the address of a constant expression', () => {
  expect(constantAddress(constant(70_000))).toBe(70_000)
  expect(constantAddress(constant(-(2 ** 31)))).toBe(2 ** 31)
  expect(constantAddress(Uint8Array.of(OP.globalGet, 0, OP.end))).toBe(undefined)
})

test('a branch to a label that is closed is a mistake of the caller', () => {
  const code = new CodeWriter(new ByteWriter())
  const label = code.block()
  code.end()
  expect(() => code.br(label)).toThrow(new RangeError('label 0 is not open'))
})

describe('modules of other compilers', () => {
  const modulesRoot = dirname(dirname(createRequire(import.meta.url).resolve('vitest/package.json')))
  const files = [...wasmFilesIn(join(modulesRoot, 'source-map')), ...wasmFilesIn(join('wasm', 'build'))]

  test.skipIf(files.length === 0)('are the same after being read and written', () => {
    for (const file of files) {
      const bytes = new Uint8Array(readFileSync(file))
      const module = readModule(bytes)
      const again = writeModule(module)
      expect(readModule(again)).toEqual(module)
      expect(WebAssembly.validate(again)).toBe(true)
      const functions = module.imports.length + module.functions.length
      for (const code of module.code) walkBody(code, { func: (func) => expect(func).toBeLessThan(functions) })
    }
  })
})

describe('bytes that are no module', () => {
  const valid = writeModule(EVERYTHING)

  test.each([
    ['nothing', [], 'unexpected end at byte 0'],
    ['text', [...Buffer.from('package x')], 'not a WebAssembly module of version 1 at byte 0'],
    ['an unknown section', [...valid.subarray(0, 8), 30, 0], 'unknown section 30 at byte 10'],
    ['a section that ends late', [...valid.subarray(0, 8), 1, 2, 0, 0], 'section 1 is longer than its content at byte 11'],
    ['a section that ends early', [...valid.subarray(0, 8), 1, 1, 1], 'unexpected end at byte 11'],
    [
      'functions without bodies',
      [...valid.subarray(0, 8), 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
      'functions and bodies differ in number at byte 18',
    ],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => readModule(Uint8Array.from(bytes))).toThrow(message)
  })

  test('every truncation is refused, or is a module that ends at a section', () => {
    for (let length = 0; length < valid.length; length++) {
      try {
        readModule(valid.subarray(0, length))
      } catch (error) {
        expect(error).toBeInstanceOf(WasmFormatError)
      }
    }
  })

  test('an unknown instruction is refused', () => {
    expect(() => walkBody(Uint8Array.of(0, 0xff), { func: () => undefined })).toThrow('unknown instruction at byte 1')
  })

  test('malformed UTF-8 in a name is refused', () => {
    expect(() => new ByteReader(Uint8Array.of(0xff)).utf8(1)).toThrow('malformed UTF-8 at byte 0')
  })
})

function wasmFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.wasm'))
      .map((file) => join(folder, file))
  } catch {
    return []
  }
}
