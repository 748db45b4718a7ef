/** Files are written whole or not at all. */
import { chmodSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeWhole } from '../../src/cli/write.js'
import { createFolder } from '../support/run-cli.js'

const folder = createFolder({ 'old.txt': 'old', 'target.txt': 'old' })
afterAll(folder.remove)
const at = (name: string): string => join(folder.path, name)

test('a new file has what is written, and nothing is left beside it', () => {
  writeWhole(at('new.txt'), 'text')
  writeWhole(at('new.bin'), Uint8Array.of(0, 255))
  expect([readFileSync(at('new.txt'), 'utf8'), [...readFileSync(at('new.bin'))]]).toEqual(['text', [0, 255]])
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('the mode of a file stays', () => {
  chmodSync(at('old.txt'), 0o751)
  writeWhole(at('old.txt'), 'new')
  expect([readFileSync(at('old.txt'), 'utf8'), statSync(at('old.txt')).mode & 0o777]).toEqual(['new', 0o751])
})

test('a link stays a link', () => {
  symlinkSync('target.txt', at('link.txt'))
  writeWhole(at('link.txt'), 'new')
  expect([lstatSync(at('link.txt')).isSymbolicLink(), readFileSync(at('target.txt'), 'utf8')]).toEqual([true, 'new'])
})

test('what cannot be written is told, and leaves nothing behind', () => {
  mkdirSync(at('folder'))
  expect(() => writeWhole(at('folder'), 'x')).toThrow(`${at('folder')}: cannot be written: is a directory`)
  expect(() => writeWhole(at('none/x'), 'x')).toThrow(`${at('none/x')}: cannot be written: there is no such file or directory`)
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

// Whoever may write everything is refused nothing.
test.skipIf(process.getuid?.() === 0)('a file that is read-only is left alone, though its folder lets it be replaced', () => {
  writeWhole(at('fixed.txt'), 'old')
  chmodSync(at('fixed.txt'), 0o444)
  expect(() => writeWhole(at('fixed.txt'), 'new')).toThrow(`${at('fixed.txt')}: cannot be written: permission is denied`)
  expect(readFileSync(at('fixed.txt'), 'utf8')).toBe('old')
})
