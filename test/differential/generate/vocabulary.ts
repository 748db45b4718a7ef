/** Texts and numbers to choose from: few, so that equal ones meet, and some that are hard. */

export const WORDS = ['a', 'b', 'n', 's', 'x', 'o', 'key', '', 'A', '0', '1', '-1', 'a.b', 'a/b', 'é', '\u{1f600}', '日本', 'e\u0301', '__proto__', 'a"b\\', '\t\n', '\u0000', '\u2028', '<&>', 'ß', 'İ', 'input'] as const

/** Keys of objects in documents. */
export const KEYS = ['a', 'b', 'n', 's', 'key', '0', '1', '2', '', 'é', '__proto__', 'constructor'] as const

export const PLAIN_NUMBERS = ['0', '1', '2', '3', '-1', '10', '4', '100'] as const

export const ODD_NUMBERS = [
  ...['1.0', '1e0', '10e-1', '-0', '0.0', '1e1', '1E+2', '2.50', '0.1', '0.2', '0.3', '-0.5', '1.5', '2.5', '-2.5', '1e-7', '123456.789'],
  ...['1000000', '1e6', '1234567.5', '0.00001', '9007199254740993', '9223372036854775807', '9223372036854775808'],
  ...['-9223372036854775808', '18446744073709551616', '123456789012345678901234567890', '1e20', '1e21', '3.141592653589793238462643', '1e300'],
] as const

/** A string as Rego and JSON both write it. */
export function quote(text: string): string {
  return JSON.stringify(text)
}
