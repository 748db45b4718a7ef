/**
 * Go's reference layouts: a text that shows how `Mon Jan 2 15:04:05 MST 2006` would look, taken apart into its elements.
 */

export const LONG_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Layouts with a name. */
export const NAMED_LAYOUTS: ReadonlyMap<string, string> = new Map([
  ['ANSIC', 'Mon Jan _2 15:04:05 2006'],
  ['UnixDate', 'Mon Jan _2 15:04:05 MST 2006'],
  ['RubyDate', 'Mon Jan 02 15:04:05 -0700 2006'],
  ['RFC822', '02 Jan 06 15:04 MST'],
  ['RFC822Z', '02 Jan 06 15:04 -0700'],
  ['RFC850', 'Monday, 02-Jan-06 15:04:05 MST'],
  ['RFC1123', 'Mon, 02 Jan 2006 15:04:05 MST'],
  ['RFC1123Z', 'Mon, 02 Jan 2006 15:04:05 -0700'],
  ['RFC3339', '2006-01-02T15:04:05Z07:00'],
  ['RFC3339Nano', '2006-01-02T15:04:05.999999999Z07:00'],
])

/** Literal text, then an element; at the end of a layout there is none. */
export interface LayoutChunk {
  readonly prefix: string
  /** As it is spelt in the layout: `2006`, `Jan`, `.000`, `Z07:00`, … */
  readonly element: string
}

/**
 * Elements, those that begin another first. `Jan` and `Mon` are none where a small letter follows, and fractions none where
 * a digit follows.
 */
const ELEMENT = new RegExp(
  [
    /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|_2(?!006)|__2|3|4|5|PM|pm/,
    /[-Z](?:07:00:00|070000|07:00|0700|07)/,
    /[.,](?:0+|9+)(?![0-9])/,
  ]
    .map(({ source }) => source)
    .join('|'),
)

/** The chunks of a layout, in order; the last has the text after all elements. */
export function layoutChunks(layout: string): LayoutChunk[] {
  const chunks: LayoutChunk[] = []
  let rest = layout
  for (let match = ELEMENT.exec(rest); match !== null; match = ELEMENT.exec(rest)) {
    chunks.push({ prefix: rest.slice(0, match.index), element: match[0] })
    rest = rest.slice(match.index + match[0].length)
  }
  chunks.push({ prefix: rest, element: '' })
  return chunks
}

/** `.000` or `,999`: a fraction of a second. */
export function isFraction(element: string): boolean {
  return element.startsWith('.') || element.startsWith(',')
}
