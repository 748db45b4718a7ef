/**
 * Where brackets close, as OPA sees it: it counts the brackets of one kind in the bare text, those in strings and comments
 * too. What it finds decides where the comments in front of a closing bracket go, so we count as it does.
 */
import type { Source } from '../source/source.js'
import { countBelow } from '../value/ascending.js'

export type Open = '{' | '[' | '('

const CLOSE: Readonly<Record<Open, string>> = { '{': '}', '[': ']', '(': ')' }

/** All brackets of a text; each kind is looked at once, when it is first asked for. */
export class Brackets {
  readonly #text: string
  readonly #kinds = new Map<Open, Pairs>()

  constructor({ text }: Source) {
    this.#text = text
  }

  /**
   * The offset at which the first bracket of a kind in the stretch is closed; undefined if there is none, or it is closed
   * beyond the stretch.
   */
  closing(open: Open, start: number, end: number): number | undefined {
    const { opens, closes } = this.#pairs(open)
    const at = countBelow(opens, start)
    const close = closes[at]
    return close === undefined || close === -1 || close >= end ? undefined : close
  }

  #pairs(open: Open): Pairs {
    const known = this.#kinds.get(open)
    if (known !== undefined) return known
    const pairs = pairUp(this.#text, open)
    this.#kinds.set(open, pairs)
    return pairs
  }
}

/** Offsets of opening brackets, and of what closes each; -1 where nothing does. */
interface Pairs {
  readonly opens: readonly number[]
  readonly closes: readonly number[]
}

function pairUp(text: string, open: Open): Pairs {
  const opens: number[] = []
  const closes: number[] = []
  const waiting: number[] = []
  const [openCode, closeCode] = [open.charCodeAt(0), CLOSE[open].charCodeAt(0)]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === openCode) {
      waiting.push(opens.length)
      opens.push(at)
      closes.push(-1)
    } else if (code === closeCode) {
      const index = waiting.pop()
      if (index !== undefined) closes[index] = at
    }
  }
  return { opens, closes }
}
