/** The formats of strings that schemas can ask for; others are not checked. */
import { type Budget, BuiltinError } from '../context.js'
import { parseTime } from '../go/time-parse.js'
import { parseUrl } from '../go/url.js'
import { parseAddress } from '../ip-address.js'
import { isRegex } from './compile-schema.js'

const succeeds = (read: () => unknown): boolean => {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof BuiltinError) return false
    throw error
  }
}

const hasLayout =
  (...layouts: readonly string[]): ((text: string) => boolean) =>
  (text) =>
    layouts.some((layout) => succeeds(() => parseTime(layout, text)))

const isReference = (text: string): boolean => succeeds(() => parseUrl(text)) && !text.includes('\\')
const isUri = (text: string): boolean => isReference(text) && parseUrl(text).scheme !== ''
/** An address, alone or in angle brackets after a name. */
const isMail = (text: string): boolean => isAddress(/^[^<>]*<([^<>]*)>$/.exec(text)?.[1] ?? text)
const isAddress = (text: string): boolean =>
  /^(?:[^\s"(),:;<>@[\\\]]+|"(?:[^"\\]|\\.)*")@(?:[^\s"(),:;<>@[\\\]]+|\[[^\]]*\])$/.test(text)

const HOSTNAME =
  /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]))*$/
const JSON_POINTER = /^(?:\/(?:[^~/]|~0|~1)*)*$/

const FORMATS: ReadonlyMap<string, (text: string, budget: Budget) => boolean> = new Map([
  ['date', hasLayout('2006-01-02')],
  ['time', hasLayout('15:04:05', '15:04:05Z07:00')],
  ['date-time', hasLayout('15:04:05', '15:04:05Z07:00', '2006-01-02', '2006-01-02T15:04:05Z07:00')],
  ['hostname', (text) => text.length < 256 && HOSTNAME.test(text)],
  ['email', isMail],
  ['idn-email', isMail],
  ['ipv4', (text) => text.includes('.') && parseAddress(text) !== undefined],
  ['ipv6', (text) => text.includes(':') && parseAddress(text) !== undefined],
  ['uri', isUri],
  ['iri', isUri],
  ['uri-reference', isReference],
  ['iri-reference', isReference],
  // Only what comes before the query is looked at: there, what is opened has to be closed.
  ['uri-template', (text) => isReference(text) && /^(?:[^{]|\{[^}]*\})*$/.test(text.replace(/[?#].*$/s, ''))],
  ['uuid', (text) => /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/i.test(text)],
  ['regex', isRegex],
  ['json-pointer', (text) => JSON_POINTER.test(text)],
  ['relative-json-pointer', (text) => /^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^~/]|~0|~1)*)*)$/.test(text)],
])

export function matchesFormat(format: string, text: string, budget: Budget): boolean {
  return FORMATS.get(format)?.(text, budget) ?? true
}
