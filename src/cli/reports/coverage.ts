/** Coverage as text, as `opa test --coverage` has it in JSON, and for tools that read lcov. */
import { makeVisible } from '../../diagnostics/text-width.js'
import type { Location } from '../../source/source.js'
import { type Coverage, type FileCoverage, type Tally, percentOf } from '../../trace/coverage.js'

/** A table of files, with the lines that are not covered. */
export function coverageText({ files, lines, expressions }: Coverage): string {
  const rows = [
    ...files.map((one) => [makeVisible(one.file), percentText(one.lines), percentText(one.expressions), missingLines(one)]),
    ['all files', percentText(lines), percentText(expressions), ''],
  ]
  const table = [['file', 'lines', 'expressions', 'not covered'], ...rows]
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => (row[column] as string).length)))
  const text = table.map(([file = '', line = '', expression = '', missing = '']) => {
    const [first = 0, second = 0, third = 0] = widths
    return `${file.padEnd(first)}  ${line.padStart(second)}  ${expression.padStart(third)}  ${missing}`.trimEnd()
  })
  return `${text.join('\n')}\n`
}

/** The shape that OPA prints, with tallies of expressions beside. */
export function coverageJson({ files, lines, expressions }: Coverage): string {
  const document = {
    files: Object.fromEntries(
      files.map((one) => [
        one.file,
        {
          ...listOf('covered', one.ranges.filter(({ isCovered }) => isCovered)),
          ...listOf('not_covered', one.ranges.filter(({ isCovered }) => !isCovered)),
          ...tallies(one.lines, one.expressions),
        },
      ]),
    ),
    ...tallies(lines, expressions),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function listOf(name: string, ranges: FileCoverage['ranges']): object {
  return ranges.length === 0 ? {} : { [name]: ranges.map(({ location }) => rangeJson(location)) }
}

function rangeJson({ row, col, endRow, endCol }: Location): object {
  return { start: { row, col }, end: { row: endRow, col: endCol } }
}

function tallies(lines: Tally, expressions: Tally): object {
  return {
    ...(lines.covered === 0 ? {} : { covered_lines: lines.covered }),
    ...(lines.covered === lines.all ? {} : { not_covered_lines: lines.all - lines.covered }),
    covered_expressions: expressions.covered,
    not_covered_expressions: expressions.all - expressions.covered,
    coverage: percentOf(lines),
    expression_coverage: percentOf(expressions),
  }
}

export function coverageLcov({ files }: Coverage): string {
  const records = files.map(({ file, hits, lines }) => {
    const counts = [...hits].sort(([a], [b]) => a - b).map(([row, count]) => `DA:${row},${count}`)
    return ['TN:', `SF:${file.replace(/[\r\n]/g, ' ')}`, ...counts, `LF:${lines.all}`, `LH:${lines.covered}`, 'end_of_record']
  })
  return records.length === 0 ? '' : `${records.flat().join('\n')}\n`
}

/** Rounded down: what is not all of it is never shown as 100 %. */
export function percentText(tally: Tally): string {
  return `${(Math.floor(percentOf(tally) * 10) / 10).toFixed(1)} %`
}

/** `3, 7-9`. */
function missingLines({ hits }: FileCoverage): string {
  const rows = [...hits].filter(([, count]) => count === 0).map(([row]) => row).sort((a, b) => a - b)
  const stretches: [number, number][] = []
  for (const row of rows) {
    const last = stretches.at(-1)
    if (last !== undefined && last[1] === row - 1) last[1] = row
    else stretches.push([row, row])
  }
  return stretches.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
}
