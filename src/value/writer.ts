/**
 * Writes values as text, without recursion: what JSON and value text have in common. A `TextStyle` says the rest.
 */
import { RegoSet, type RegoValue, isArray } from './value.js'

/** What tells one way of writing values from another. */
export interface TextStyle {
  readonly quote: (text: string) => string
  readonly comma: string
  readonly colon: string
  readonly set: { readonly open: string; readonly close: string; readonly empty: string }
  /** The entries of an object as they are to be written: keys as text where the style wants that. */
  readonly entries: (
    entries: readonly (readonly [RegoValue, RegoValue])[],
  ) => readonly (readonly [key: RegoValue, value: RegoValue])[]
}

/** A collection that is being written: members to come, and what goes between and after them. */
interface Frame {
  readonly members: readonly RegoValue[]
  next: number
  /** Objects have their keys and values in `members` by turns. */
  readonly isObject: boolean
  readonly close: string
}

/** The text of a value in a style. */
export function writeValue(value: RegoValue, style: TextStyle): string {
  const out: string[] = []
  const open: Frame[] = []
  write(value)
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    if (frame.next === frame.members.length) {
      out.push(frame.close)
      open.pop()
      continue
    }
    if (frame.next > 0) out.push(frame.isObject && frame.next % 2 === 1 ? style.colon : style.comma)
    write(frame.members[frame.next++] as RegoValue)
  }
  return out.join('')

  function write(one: RegoValue): void {
    if (one === null) out.push('null')
    else if (typeof one === 'string') out.push(style.quote(one))
    else if (typeof one === 'boolean') out.push(one ? 'true' : 'false')
    else if (isArray(one)) begin('[', ']', one, false)
    else if (one.kind === 'number') out.push(one.text)
    else if (one instanceof RegoSet) {
      if (one.size === 0) out.push(style.set.empty)
      else begin(style.set.open, style.set.close, one.items, false)
    } else begin('{', '}', style.entries(one.entries).flat(), true)
  }

  function begin(opening: string, close: string, members: readonly RegoValue[], isObject: boolean): void {
    out.push(opening)
    open.push({ members, next: 0, isObject, close })
  }
}
