/** PEM: base64 blocks between lines that say what they hold. */
import { decodeBase64 } from '../../value/base64.js'

export interface PemBlock {
  /** Such as `CERTIFICATE`. */
  readonly type: string
  readonly headers: ReadonlyMap<string, string>
  readonly bytes: Uint8Array
  /** The text after the block. */
  readonly rest: string
}

/** No block reaches over the beginning of another: so looking for one that is not there takes no time. */
const BLOCK = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n((?:(?!-----BEGIN )[\s\S])*?)\n?-----END \1-----[ \t\r]*(?:\n|$)/

/** The first block of a text; undefined if there is none that is well made. */
export function firstPemBlock(text: string): PemBlock | undefined {
  let rest = text
  for (let match = BLOCK.exec(rest); match !== null; match = BLOCK.exec(rest)) {
    const [whole, type = '', body = ''] = match
    const after = rest.slice(match.index + whole.length)
    const parsed = parseBody(body)
    if (parsed !== undefined) return { type, ...parsed, rest: after }
    rest = rest.slice(match.index + 1)
  }
  return undefined
}

/** All blocks of a text, in order. */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  for (let block = firstPemBlock(text); block !== undefined; block = firstPemBlock(block.rest)) blocks.push(block)
  return blocks
}

function parseBody(body: string): Pick<PemBlock, 'headers' | 'bytes'> | undefined {
  const headers = new Map<string, string>()
  const lines = body.split('\n')
  while (lines[0]?.includes(':')) {
    const [name = '', ...value] = (lines.shift() as string).split(':')
    headers.set(name.trim(), value.join(':').trim())
  }
  const bytes = decodeBase64(lines.join('').replace(/[ \t\r]/g, ''))
  return bytes === undefined ? undefined : { headers, bytes }
}
