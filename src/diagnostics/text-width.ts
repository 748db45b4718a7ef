/**
 * How wide characters are on a terminal, and how text of unknown origin is made safe to print there.
 */

/** East Asian wide and fullwidth blocks, but for emoji: first and last code point of each. */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18d08],
  [0x1aff0, 0x1b2fb],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
]

const JOINER = '\u200d'

/** Marks on the character before, the later letters of a Korean syllable, and what is there for joining only. */
const ATTACHED = /^[\p{Mn}\p{Me}\u1160-\u11ff\u200b-\u200d\ud7b0-\ud7fb]/u

/**
 * Columns that a character takes: none for what attaches to the one before, two for wide ones. Emoji that are joined to one
 * take the columns of one, as terminals draw them today.
 */
export function widthOf(character: string, previous = ''): 0 | 1 | 2 {
  if (character === '') return 0
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return 1
  // Asks for the picture of a character that is a letter or a sign otherwise, which makes a narrow one wide.
  if (code === 0xfe0f) return /^(?=\P{ASCII})(?=\p{Emoji})\P{Emoji_Presentation}/u.test(previous) ? 1 : 0
  if (/^\p{Emoji_Modifier}/u.test(character)) return /^\p{Emoji_Modifier_Base}/u.test(previous) ? 0 : 2
  if (ATTACHED.test(character)) return 0
  if (previous === JOINER && /^\p{Extended_Pictographic}/u.test(character)) return 0
  // Two of them are one flag.
  if (/^\p{Regional_Indicator}/u.test(character)) return 1
  if (/^\p{Emoji_Presentation}/u.test(character)) return 2
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}

/**
 * Control characters and halves of pairs; line and paragraph separators; marks that reorder text; what takes no place at all.
 * What joins emoji and letters stays: text would look broken without.
 */
const OBEYED = new RegExp(
  '[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f' +
    '\\u3164\\ufeff\\ud800-\\udfff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]',
  'gu',
)

/**
 * The text with everything replaced that a terminal would obey instead of show: control characters (an escape sequence
 * could rewrite the screen), marks that reorder text (a line could show something else than what it means), and characters
 * that cannot be seen (two names could look the same).
 */
export function makeVisible(text: string): string {
  return text.replace(OBEYED, '\ufffd')
}
