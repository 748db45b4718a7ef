/**
 * The forms in which values are written.
 */

/** Sets and keys of any type, `, ` and `: ` between the parts, `\xff` for a byte that is no UTF-8. */
export const VALUE_TEXT: u32 = 0

/** Sets as arrays, keys as strings, nothing between the parts, no more escapes than JSON asks for. */
export const PLAIN_JSON: u32 = 1

/** As `PLAIN_JSON`, with `<`, `>`, `&`, U+2028 and U+2029 escaped, as Go writes JSON. */
export const HTML_SAFE_JSON: u32 = 2
