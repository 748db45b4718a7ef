/** One argument of a format by its verb: integers, big integers, floats and strings, each as Go prints it. */
import { hasRawBytes, encodeUtf8 } from '../../value/utf8.js'
import { quoteAsciiText, quoteText } from '../../value/text.js'
import { codePointCount, sliceCodePoints } from '../code-points.js'
import { bytesToHex } from '../hex.js'
import { type FloatVerb, formatFloat } from './float-text.js'
import { type Flags, pad } from './format-flags.js'
import type { GoArgument } from './format.js'

export function typeOfArgument(argument: GoArgument): string {
  return argument.type ?? (argument.kind === 'big' ? '*big.Int' : argument.kind)
}

export function formatArgument(argument: GoArgument, verb: string, flags: Readonly<Flags>): string {
  if (verb === 'T') return formatString(typeOfArgument(argument), 's', flags) ?? ''
  // `%+v` and `%#v` ask for another syntax of structures; strings are all that has one here.
  const isSyntax = verb === 'v' || verb === 'w'
  const generic = isSyntax && flags.sharp && argument.kind === 'string' ? 'q' : 'v'
  const usual = isSyntax && argument.kind !== 'big' ? { ...flags, plus: false, sharp: false } : flags
  const text = formatByKind(argument, verb === 'v' ? generic : verb, usual)
  if (text !== undefined) return text
  if (argument.kind === 'big') return `%!${verb}(big.Int=${argument.value})`
  return `%!${verb}(${typeOfArgument(argument)}=${formatByKind(argument, generic, usual) ?? ''})`
}

function formatByKind(argument: GoArgument, verb: string, flags: Readonly<Flags>): string | undefined {
  switch (argument.kind) {
    case 'int64':
      return formatInteger(argument.value, verb, flags)
    case 'big':
      return formatBig(argument.value, verb, flags)
    case 'float64':
      return formatDouble(argument.value, verb, flags)
    case 'string':
      return formatString(argument.value, verb, flags)
  }
}

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }

function formatInteger(value: bigint, verb: string, flags: Readonly<Flags>): string | undefined {
  if (verb === 'c') return pad(characterOf(value), flags)
  if (verb === 'q') return pad(quoteCharacter(characterOf(value), flags.plus), flags)
  if (verb === 'U') return formatUnicode(value, flags)
  const base = BASES[verb]
  if (base === undefined) return undefined
  const spaced = { ...flags, zero: false }
  if (flags.precision === 0 && value === 0n) return pad('', spaced)
  const isSigned = value < 0n || flags.plus || flags.space
  let digits = digitsOf(value, base, verb)
  if (flags.precision !== undefined) digits = digits.padStart(flags.precision, '0')
  else if (flags.zero && !flags.minus && flags.width !== undefined) {
    digits = digits.padStart(flags.width - (isSigned ? 1 : 0), '0')
  }
  if (flags.sharp) digits = sharpPrefix(verb, digits) + digits
  if (verb === 'O') digits = `0o${digits}`
  return pad(signOf(value, flags) + digits, spaced)
}

function sharpPrefix(verb: string, digits: string): string {
  if (verb === 'b') return '0b'
  if (verb === 'x' || verb === 'X') return `0${verb}`
  return (verb === 'o' || verb === 'O') && !digits.startsWith('0') ? '0' : ''
}

/** Big integers format themselves, by rules of their own. */
function formatBig(value: bigint, verb: string, flags: Readonly<Flags>): string | undefined {
  const base = verb === 's' ? 10 : BASES[verb]
  if (base === undefined) return undefined
  const digits = digitsOf(value, base, verb)
  const prefixes: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' }
  const prefix = verb === 'O' ? '0o' : flags.sharp ? (prefixes[verb] ?? '') : ''
  const sign = signOf(value, flags)
  const zeros = Math.max((flags.precision ?? 0) - digits.length, 0)
  const missing = Math.max((flags.width ?? 0) - sign.length - prefix.length - zeros - digits.length, 0)
  if (flags.minus) return `${sign}${prefix}${'0'.repeat(zeros)}${digits}${' '.repeat(missing)}`
  if (flags.zero && flags.precision === undefined) return `${sign}${prefix}${'0'.repeat(missing)}${digits}`
  return `${' '.repeat(missing)}${sign}${prefix}${'0'.repeat(zeros)}${digits}`
}

function digitsOf(value: bigint, base: number, verb: string): string {
  const digits = (value < 0n ? -value : value).toString(base)
  return verb === 'X' ? digits.toUpperCase() : digits
}

function signOf(value: bigint, flags: Readonly<Flags>): string {
  return value < 0n ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
}

function characterOf(value: bigint): string {
  return value < 0n || value > 0x10ffffn || (value >= 0xd800n && value < 0xe000n) ? '\ufffd' : String.fromCodePoint(Number(value))
}

function quoteCharacter(char: string, isAscii: boolean): string {
  if (char === "'") return "'\\''"
  if (char === '"') return `'"'`
  const quoted = isAscii ? quoteAsciiText(char) : quoteText(char)
  return `'${quoted.slice(1, -1)}'`
}

function formatUnicode(value: bigint, flags: Readonly<Flags>): string {
  const digits = BigInt.asUintN(64, value).toString(16).toUpperCase()
  const text = `U+${digits.padStart(Math.max(flags.precision ?? 4, 4), '0')}`
  const char = characterOf(value)
  const isShown = flags.sharp && value >= 0n && value <= 0x10ffffn && !quoteText(char).startsWith('"\\')
  return pad(isShown ? `${text} '${char}'` : text, { ...flags, zero: false })
}

const FLOAT_PRECISIONS: Readonly<Record<string, number | undefined>> = { e: 6, E: 6, f: 6, F: 6 }

function formatDouble(value: number, verb: string, flags: Readonly<Flags>): string | undefined {
  if (!/^[veEfFgGbxX]$/.test(verb)) return undefined
  const style = (verb === 'v' ? 'g' : verb) as FloatVerb
  const shown = formatFloat(value, style, flags.precision ?? FLOAT_PRECISIONS[style])
  const text = flags.sharp && style !== 'b' ? withPoint(shown, style, flags.precision) : shown
  const isNegative = text.startsWith('-')
  const magnitude = isNegative ? text.slice(1) : text
  const sign = isNegative ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
  if (sign !== '' && flags.zero && !flags.minus) {
    return sign + magnitude.padStart((flags.width ?? 0) - sign.length, '0')
  }
  return pad(sign + magnitude, flags)
}

/** With a decimal point in any case, and with as many digits as the precision says where they are else left out. */
function withPoint(text: string, style: FloatVerb, precision: number | undefined): string {
  const [, sign = '', number = '', exponent = ''] = /^([+-]?(?:0[xX])?)([^epEP]*|[^pP]*)((?:[eE][+-]|[pP]).*)?$/.exec(text) ?? []
  // Go counts the `x` of a hexadecimal prefix as a digit.
  const wanted = /[gG]/.test(style) ? (precision ?? 6) : style === 'x' ? (precision ?? 6) - 1 : 0
  const significant = number.replace('.', '').replace(/^0+/, '').length
  const isZero = number === '0'
  const missing = Math.max(wanted - significant - (isZero ? 1 : 0), 0)
  return `${sign}${number}${number.includes('.') ? '' : '.'}${'0'.repeat(missing)}${exponent}`
}

function formatString(text: string, verb: string, flags: Readonly<Flags>): string | undefined {
  switch (verb) {
    case 'v':
    case 's':
      return pad(truncate(text, flags), flags)
    case 'q': {
      const kept = truncate(text, flags)
      if (flags.sharp && canStandInBackquotes(kept)) return pad(`\`${kept}\``, flags)
      return pad(flags.plus ? quoteAsciiText(kept) : quoteText(kept), flags)
    }
    case 'x':
    case 'X':
      return formatBytes(encodeUtf8(text), verb, flags)
    default:
      return undefined
  }
}

function truncate(text: string, { precision }: Readonly<Flags>): string {
  return precision === undefined || codePointCount(text) <= precision ? text : sliceCodePoints(text, 0, precision)
}

function canStandInBackquotes(text: string): boolean {
  return !hasRawBytes(text) && !/[\u0000-\u0008\u000a-\u001f`\u007f\ufeff]/.test(text)
}

function formatBytes(bytes: Uint8Array, verb: 'x' | 'X', flags: Readonly<Flags>): string {
  const kept = flags.precision === undefined ? bytes : bytes.subarray(0, flags.precision)
  if (kept.length === 0) return pad('', flags)
  const prefix = flags.sharp ? `0${verb}` : ''
  const hex = verb === 'X' ? bytesToHex(kept).toUpperCase() : bytesToHex(kept)
  if (!flags.space) return pad(prefix + hex, flags)
  return pad((hex.match(/../g) ?? []).map((byte) => prefix + byte).join(' '), flags)
}
