/**
 * Finding the decision in the text of an error, whatever the way from the guest to a portal, a terminal or a ticket has made
 * of it: escaped for HTML, JSON or URLs, wrapped into lines, boxed in a table, or cut off.
 */
import { type JsonValue, isJsonObject } from '../../cce/json-value.js'
import type { DenialDocument } from '../../enforce/denial-text.js'
import { decodeBase64 } from '../../value/base64.js'
import { recoverJson } from './recover-json.js'

export interface FoundDenial {
  readonly document: DenialDocument
  /** The text was cut off, so that parts of the document are missing. */
  readonly isCut: boolean
  /** The enforcement point, from the document or from the words in front of it. */
  readonly point: string | undefined
}

/** How many decisions of one text are looked at. */
const MOST_FOUND = 20

const LESS = String.raw`(?:<|&(?:amp;)*(?:lt|#0*60|#[xX]0*3[cC]);|\\+u003[cC]|%3[cC])`
const GREATER = String.raw`(?:>|&(?:amp;)*(?:gt|#0*62|#[xX]0*3[eE]);|\\+u003[eE]|%3[eE])`
/** What layouts put between two letters of a line that they wrap. */
const WRAP = String.raw`(?:[\s|│]|\\+[nrt]|%20|%0[aAdD]|&nbsp;|<br ?/?>)*`
const MARK = [...'policyDecision'].join(WRAP)
const OPENING = new RegExp(`${MARK}(?:${WRAP}|\\+)${LESS}`, 'g')
const CLOSING = new RegExp(`${GREATER}(?:${WRAP}|\\+)${MARK}`, 'g')

/** Every decision in a text, each once. */
export function findDenials(text: string): readonly FoundDenial[] {
  const found = [...markedParts(text)].flatMap(({ base64, before }) => foundIn(base64, before))
  const all = found.length > 0 ? found : unmarked(text)
  return [...new Map(all.map((one) => [JSON.stringify(one.document), one])).values()].slice(0, MOST_FOUND)
}

function* markedParts(text: string): Generator<{ readonly base64: string; readonly before: string }> {
  let end = 0
  let parts = 0
  for (const opening of text.matchAll(OPENING)) {
    const start = opening.index + opening[0].length
    if (opening.index < end) continue
    if (++parts > MOST_FOUND) return
    CLOSING.lastIndex = start
    const closing = CLOSING.exec(text)
    const next = nextOpening(text, start)
    const isClosed = closing !== null && closing.index < next
    const region = text.slice(start, isClosed ? closing.index : next)
    end = isClosed ? CLOSING.lastIndex : next
    yield { base64: cleaned(region), before: text.slice(Math.max(0, opening.index - WORDS_BEFORE), opening.index) }
  }
}

/** How far in front of a decision the words about it may stand. */
const WORDS_BEFORE = 400

function nextOpening(text: string, from: number): number {
  const at = new RegExp(OPENING.source, 'g')
  at.lastIndex = from
  return at.exec(text)?.index ?? text.length
}

const UNESCAPED: readonly (readonly [RegExp, string])[] = [
  [/\u001b\[[0-9;?]*[A-Za-z]/g, ''],
  [/<[^>]*>/g, ''],
  [/\\+u002[bB]|%2[bB]|&(?:amp;)*(?:#0*43|#[xX]0*2[bB]|plus);/g, '+'],
  [/\\+u002[fF]|%2[fF]|&(?:amp;)*(?:#0*47|#[xX]0*2[fF]|sol);/g, '/'],
  [/\\+u003[dD]|%3[dD]|&(?:amp;)*(?:#0*61|#[xX]0*3[dD]|equals);/g, '='],
  [/\\+u00[0-9a-fA-F]{2}|\\+x[0-9a-fA-F]{2}|\\+[nrtb]|%(?:0[aAdD9]|20)|&(?:amp;)*#?[a-zA-Z0-9]+;/g, ''],
]

/** The base64 in a region: escapes undone, everything that a layout has put between left out. */
function cleaned(region: string): string {
  const unescaped = UNESCAPED.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), region)
  return unescaped.replace(/[^A-Za-z0-9+/=]+/g, '')
}

function foundIn(base64: string, before: string): readonly FoundDenial[] {
  const decoded = decodedFrom(base64)
  return decoded === undefined ? [] : [{ ...decoded, point: pointOf(decoded.document, before) }]
}

function decodedFrom(base64: string): Pick<FoundDenial, 'document' | 'isCut'> | undefined {
  const whole = decodeBase64(base64)
  const document = whole === undefined ? undefined : asDenial(parse(textOf(whole)))
  if (document !== undefined) return { document, isCut: false }
  const letters = base64.split('=', 1)[0] as string
  const bytes = decodeBase64(letters.slice(0, letters.length - (letters.length % 4)))
  const recovered = bytes === undefined ? undefined : asDenial(recoverJson(textOf(bytes)))
  return recovered === undefined ? undefined : { document: recovered, isCut: true }
}

/** Without the marks: the base64 or the document by itself, or a JSON document whose texts hold the decision. */
function unmarked(text: string): readonly FoundDenial[] {
  const json = parse(text)
  const document = asDenial(json)
  if (document !== undefined) return [{ document, isCut: false, point: pointOf(document, '') }]
  if (/^[A-Za-z0-9+/=\s]{16,}$/.test(text)) return encoded(cleaned(text))
  const bare = /\beyJkZWNpc2lvbi[A-Za-z0-9+/=]+/.exec(text)
  return bare === null ? [] : foundIn(bare[0], text.slice(Math.max(0, bare.index - WORDS_BEFORE), bare.index))
}

/** The base64 of a decision, or of a whole text with marks in it. */
function encoded(base64: string): readonly FoundDenial[] {
  const found = foundIn(base64, '')
  if (found.length > 0) return found
  const bytes = decodeBase64(base64)
  const inside = bytes === undefined ? '' : textOf(bytes)
  return inside.includes('policyDecision') ? findDenials(inside) : []
}

function asDenial(json: JsonValue | undefined): DenialDocument | undefined {
  return isJsonObject(json) && json['decision'] === 'deny' ? (json as { readonly decision: 'deny' }) : undefined
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes)
}

/** What the guest's agent says in front of a decision. */
const PREFIXES: readonly (readonly [words: RegExp, point: string])[] = [
  [/container creation denied due to policy/, 'create_container'],
  [/exec in container denied due to policy/, 'exec_in_container'],
  [/exec is denied due to policy/, 'exec_external'],
  [/get properties denied due to policy/, 'get_properties'],
  [/dump stacks denied due to policy/, 'dump_stacks'],
  [/unmounting (?:scsi|pmem) device .* denied by policy/, 'unmount_device'],
  [/mounting (?:scsi|pmem) device .* denied by policy/, 'mount_device'],
  [/overlay creation denied by policy/, 'mount_overlay'],
  [/overlay removal denied by policy/, 'unmount_overlay'],
  [/scratch mounting denied by policy/, 'scratch_mount'],
  [/unmounting plan9 device at .* denied by policy/, 'plan9_unmount'],
  [/mounting plan9 device at .* denied by policy/, 'plan9_mount'],
  [/error loading security policy fragment/, 'load_fragment'],
  [/creating blockdev symlink/, 'mount_blockdev'],
  [/removing blockdev symlink/, 'unmount_blockdev'],
]

function pointOf({ input, policyError }: DenialDocument, before: string): string | undefined {
  const rule = isJsonObject(input) ? input['rule'] : undefined
  if (typeof rule === 'string') return rule
  const missing = /^rule for ([a-z0-9_]+) is missing from policy$/.exec(policyError ?? '')
  if (missing !== null) return missing[1]
  const words = before.replace(/\s+/g, ' ')
  return PREFIXES.find(([pattern]) => pattern.test(words))?.[1] ?? guessFromInput(input)
}

/** Members that only the input of one point has. */
const TELLTALES: readonly (readonly [member: string, point: string])[] = [
  ['layerPaths', 'mount_overlay'],
  ['deviceHash', 'mount_device'],
  ['ensureFilesystem', 'rw_mount_device'],
  ['isSandboxContainer', 'create_container'],
  ['isInitProcess', 'signal_container_process'],
  ['fragment_loaded', 'load_fragment'],
  ['ledgers', 'load_transparency_trust_list'],
  ['providers', 'log_provider'],
]

function guessFromInput(input: JsonValue | undefined): string | undefined {
  return isJsonObject(input) ? TELLTALES.find(([member]) => Object.hasOwn(input, member))?.[1] : undefined
}
