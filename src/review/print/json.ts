/** Data as JSON text for a program that reads it, or a person whose terminal must not obey it. */

const OBEYED = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** JSON with an indent of two; characters that a terminal would act on are escaped, which changes no value. */
export function printJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(OBEYED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`
}
