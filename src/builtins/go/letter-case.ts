/**
 * Upper and lower case as Go has it: one character becomes one character, and no language or context plays a part. So `ß`
 * stays `ß`, and a sigma is never a final one.
 */
import { hasNewCharacter } from '../../value/unicode.js'

export function upperText(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text.toUpperCase() : Array.from(text, upperChar).join('')
}

export function lowerText(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text.toLowerCase() : Array.from(text, lowerChar).join('')
}

function upperChar(char: string): string {
  const code = char.codePointAt(0) as number
  if (isRaw(code)) return '\ufffd'
  // Greek letters with a iota below have a capital of one character, which JavaScript writes as two.
  if ((code >= 0x1f80 && code <= 0x1faf && (code & 8) === 0) || code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) {
    return String.fromCodePoint(code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3 ? code + 9 : code + 8)
  }
  return oneChar(char.toUpperCase(), char)
}

function lowerChar(char: string): string {
  const code = char.codePointAt(0) as number
  if (isRaw(code)) return '\ufffd'
  return code === 0x130 ? 'i' : oneChar(char.toLowerCase(), char)
}

function isRaw(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff
}

function oneChar(mapped: string, char: string): string {
  const isOne = mapped.length === ((mapped.codePointAt(0) as number) > 0xffff ? 2 : 1)
  return isOne && (mapped === char || !hasNewCharacter(mapped + char)) ? mapped : char
}
