import { expect, test } from 'vitest'
import { PolicyMemory } from '../../src/load/policy-memory.js'

test('text beyond two gigabytes is written and read at the address that the module means', () => {
  const memory = new PolicyMemory(new WebAssembly.Memory({ initial: 0x8001 }))
  const address = 0x80000000 | 0
  expect(memory.write(address, 'grün', 2 ** 32)).toBe(5)
  expect(memory.read(address)).toBe('grün')
})

test('text that does not fit below the limit is not written', () => {
  const memory = new PolicyMemory(new WebAssembly.Memory({ initial: 1 }))
  expect(memory.write(65530, 'seven!!', 65536)).toBeUndefined()
  expect(memory.write(65530, 'ä€', 65536)).toBe(5)
})
