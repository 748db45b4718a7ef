/** One scalar as YAML text: plain where it would be read back as what it is, else in quotes or as a literal block. */
import type { RegoNumber } from '../../value/number.js'
import { toWellFormed } from '../../value/utf8.js'
import { type RegoValue, typeNameOf } from '../../value/value.js'
import { formatFloat } from '../go/float-text.js'
import { plainValue } from './read-yaml.js'

/** `blockIndent`: blanks in front of the lines of a literal block; undefined where there may be none, in keys. */
export function scalarText(value: RegoValue, blockIndent: number | undefined): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return stringText(toWellFormed(value), blockIndent)
  return numberText(value as RegoNumber)
}

function numberText({ text }: RegoNumber): string {
  if (/^-?[0-9]+$/.test(text) && isMachineInteger(BigInt(text))) return String(BigInt(text))
  const double = Number(text)
  return Number.isFinite(double) ? formatFloat(double, 'g', undefined) : text
}

function stringText(text: string, blockIndent: number | undefined): string {
  const facts = analyse(text)
  if (text.includes('\n')) {
    const isBlock = blockIndent !== undefined && !facts.hasSpecial && !facts.hasSpaceBreak && !/ $/.test(text)
    return isBlock ? literal(text, blockIndent) : doubleQuoted(text)
  }
  if (BREAK.test(text)) {
    const isSingle = !facts.hasSpecial && !facts.hasTab && !facts.hasSpaceBreak && !BREAK_SPACE.test(text)
    return isSingle ? `'${indented(text.replaceAll("'", "''"), blockIndent ?? 0)}'` : doubleQuoted(text)
  }
  if (!isReadBackAsString(text)) return doubleQuoted(text)
  if (!facts.isIndicated && !facts.hasSpecial && !facts.hasTab && !/^[ \t]|[ \t]$/.test(text)) return text
  return facts.hasSpecial || facts.hasTab ? doubleQuoted(text) : `'${text.replaceAll("'", "''")}'`
}

interface Facts {
  /** Characters that mean something to YAML where they stand. */
  readonly isIndicated: boolean
  /** Characters that do not print, the tab excepted. */
  readonly hasSpecial: boolean
  readonly hasTab: boolean
  /** A blank right before a line break. */
  readonly hasSpaceBreak: boolean
}

const BREAK = /[\n\u2028\u2029]/
const BREAK_SPACE = /[\n\u2028\u2029] /
const PRINTABLE = /^[\n\t\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/u

function analyse(text: string): Facts {
  return {
    isIndicated:
      /^(?:---|\.\.\.)/.test(text) ||
      /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
      /^[-?:](?:\s|$)/.test(text) ||
      /:(?:\s|$)/.test(text) ||
      /\s#/.test(text),
    hasSpecial: !PRINTABLE.test(text),
    hasTab: text.includes('\t'),
    hasSpaceBreak: / [\n\u2028\u2029]/.test(text),
  }
}

/** Whether the text, written plain, would be read as this string, by old readers too. */
function isReadBackAsString(text: string): boolean {
  if (/^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/.test(text)) return false
  if (/^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text)) return false
  if (/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt \t])/.test(text)) return false
  try {
    return typeNameOf(plainValue(text)) === 'string'
  } catch {
    return false
  }
}

function literal(text: string, indent: number): string {
  const lead = /^[ \n\u2028\u2029]/.test(text) ? '2' : ''
  const chomp = !/[\n\u2028\u2029]$/.test(text) ? '-' : /(?:^|[\n\u2028\u2029])[\n\u2028\u2029]$/.test(text) ? '+' : ''
  return `|${lead}${chomp}${indented(`\n${text}`, indent)}`
}

/** Puts blanks before the lines after the first, empty ones excepted. */
function indented(text: string, blanks: number): string {
  return text.replace(/[\n\u2028\u2029](?=[^\n\u2028\u2029])/g, (end) => end + ' '.repeat(blanks))
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u2028': '\\L',
  '\u2029': '\\P',
}

function doubleQuoted(text: string): string {
  const escaped = text.replace(/["\\]|[^\u0020-\u007e\u0085\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu, (char) => {
    const short = ESCAPES[char]
    if (short !== undefined) return short
    const code = char.codePointAt(0) as number
    const hex = (width: number): string => code.toString(16).toUpperCase().padStart(width, '0')
    return code <= 0xff ? `\\x${hex(2)}` : code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`
  })
  return `"${escaped}"`
}

/** Whether an integer fits 64 bits, with or without a sign. */
function isMachineInteger(value: bigint): boolean {
  return value >= -(2n ** 63n) && value < 2n ** 64n
}
