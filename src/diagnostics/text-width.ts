/**
 * How wide characters are on a terminal, and how text of unknown origin is made safe to print there.
 */

/** East Asian wide and fullwidth blocks: first and last code point of each. */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
]

/** Columns that a character takes: none for what attaches to the one before, two for wide ones. */
export function widthOf(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return 1
  if (/^[\p{Mn}\p{Me}\u200b-\u200d\ufe0e\ufe0f]/u.test(character)) return 0
  if (/^\p{Emoji_Presentation}/u.test(character)) return 2
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}

/**
 * The text with everything replaced that a terminal would obey instead of show: control characters (an escape sequence
 * could rewrite the screen), and marks that reorder text (a line could show something else than what it means).
 */
export function makeVisible(text: string): string {
  return text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu, '\ufffd')
}
