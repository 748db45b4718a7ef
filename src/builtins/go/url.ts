/** URLs as Go's `net/url` takes them apart: laxer in paths, stricter in hosts than JavaScript's own reader. */
import { quoteText } from '../../value/text.js'
import { decodeUtf8, encodeUtf8 } from '../../value/utf8.js'
import { failure } from '../context.js'
import { parseAddress } from '../ip-address.js'

/** The parts of a URL; what it does not have is empty. */
export interface GoUrl {
  readonly scheme: string
  readonly hostname: string
  readonly port: string
  readonly path: string
  readonly rawPath: string
  readonly rawQuery: string
  readonly fragment: string
  /** What follows the scheme where there is no path: `a@b` of `mailto:a@b`. */
  readonly opaque: string
  /** Hostname and port as they stand together, brackets included. */
  readonly host: string
  readonly hasUser: boolean
  /** Whether the path has to be kept as it was written because escaping it anew would give another text. */
  readonly keepsRawPath: boolean
  /** A question mark with nothing after it. */
  readonly forceQuery: boolean
}

const EMPTY: GoUrl = {
  scheme: '',
  hostname: '',
  port: '',
  path: '',
  rawPath: '',
  rawQuery: '',
  fragment: '',
  opaque: '',
  host: '',
  hasUser: false,
  keepsRawPath: false,
  forceQuery: false,
}

/** The parts of a URL; a malformed one is a builtin error. */
export function parseUrl(text: string): GoUrl {
  try {
    return readUrl(text)
  } catch (error) {
    throw failure(`parse ${quoteText(text)}: ${error instanceof Error ? error.message : 'malformed'}`)
  }
}

function readUrl(text: string): GoUrl {
  if (/[\u0000-\u001f\u007f]/.test(text)) throw failure('net/url: invalid control character in URL')
  const [main, fragment] = cut(text, '#')
  const url = readMain(main)
  return { ...url, fragment: unescape(fragment) }
}

function readMain(text: string): GoUrl {
  if (text === '*') return { ...EMPTY, path: '*', rawPath: '*' }
  if (text.startsWith(':')) throw failure('missing protocol scheme')
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*(?=:)/.exec(text)?.[0] ?? ''
  const [rest, rawQuery] = cut(scheme === '' ? text : text.slice(scheme.length + 1), '?')
  const forceQuery = text.endsWith('?') && text.indexOf('?') === text.length - 1
  const start = { ...EMPTY, scheme: scheme.toLowerCase(), rawQuery, forceQuery }
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...start, opaque: rest }
    if ((rest.split('/')[0] as string).includes(':')) throw failure('first path segment in URL cannot contain colon')
  }
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) return { ...start, ...readPath(rest) }
  const slash = rest.indexOf('/', 2)
  const authority = rest.slice(2, slash === -1 ? undefined : slash)
  const host = readHost(withoutUser(authority))
  const hasUser = authority.includes('@')
  return { ...start, ...host, hasUser, ...readPath(slash === -1 ? '' : rest.slice(slash)) }
}

function withoutUser(authority: string): string {
  const at = authority.lastIndexOf('@')
  if (at === -1) return authority
  const user = authority.slice(0, at)
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user)) throw failure('net/url: invalid userinfo')
  unescape(user)
  return authority.slice(at + 1)
}

function readHost(host: string): Pick<GoUrl, 'hostname' | 'port' | 'host'> {
  if (host.startsWith('[')) {
    const close = host.lastIndexOf(']')
    if (close === -1) throw failure("missing ']' in host")
    const port = readPort(host.slice(close + 1))
    const [address, zone] = cut(host.slice(1, close), '%25')
    const hostname = unescapeHost(address)
    if (parseAddress(hostname) === undefined || !hostname.includes(':')) throw failure('invalid host')
    const named = zone === '' ? hostname : `${hostname}%${unescape(zone)}`
    return { hostname: named, port, host: `[${named}]${host.slice(close + 1)}` }
  }
  const colon = host.indexOf(':')
  const port = colon === -1 ? '' : readPort(host.slice(colon))
  const hostname = unescapeHost(colon === -1 ? host : host.slice(0, colon))
  return { hostname, port, host: colon === -1 ? hostname : hostname + host.slice(colon) }
}

function readPort(text: string): string {
  if (!/^(?::[0-9]*)?$/.test(text)) throw failure(`invalid port ${quoteText(text)} after host`)
  return text.slice(1)
}

function readPath(text: string): Pick<GoUrl, 'path' | 'rawPath' | 'keepsRawPath'> {
  const path = unescape(text)
  const keepsRawPath = escapePath(path) !== text
  return { path, rawPath: keepsRawPath ? text : path, keepsRawPath }
}

/** The path as it is sent: as it was written if that is well escaped, else escaped anew. */
export function escapedPath({ path, rawPath, keepsRawPath }: GoUrl): string {
  return keepsRawPath && /^[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]%/]*$/.test(rawPath) ? rawPath : escapePath(path)
}

function escapePath(path: string): string {
  return path.replace(/[^A-Za-z0-9\-_.~$&+,/:;=@]+/g, (part) =>
    Array.from(encodeUtf8(part), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )
}

/** In hosts only bytes beyond ASCII may be escaped, and only some characters may stand for themselves. */
function unescapeHost(text: string): string {
  const bad = /[^A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"%\u0080-\u{10ffff}]/u.exec(text)
  if (bad !== null) throw failure(`invalid character ${quoteText(bad[0])} in host name`)
  const escape = /%(?!25)[0-7][0-9a-fA-F]/.exec(text)
  if (escape !== null) throw failure(`invalid URL escape ${quoteText(escape[0])}`)
  return unescape(text)
}

function unescape(text: string): string {
  const bad = /%(?![0-9a-fA-F]{2}).{0,2}/su.exec(text)
  if (bad !== null) throw failure(`invalid URL escape ${quoteText(bad[0])}`)
  if (!text.includes('%')) return text
  const bytes: number[] = []
  for (const part of text.split(/(%[0-9a-fA-F]{2})/)) {
    if (/^%[0-9a-fA-F]{2}$/.test(part)) bytes.push(Number.parseInt(part.slice(1), 16))
    else for (const byte of encodeUtf8(part)) bytes.push(byte)
  }
  return decodeUtf8(Uint8Array.from(bytes))
}

function cut(text: string, separator: string): readonly [before: string, after: string] {
  const at = text.indexOf(separator)
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}
