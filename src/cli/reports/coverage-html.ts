/** Coverage as one page: a table of files, and each of them with what is covered and what is not in colour. */
import type { Source } from '../../source/source.js'
import type { Coverage, CoveredRange, FileCoverage, Tally } from '../../trace/coverage.js'
import { percentText } from './coverage.js'
import { escapeXml } from './junit.js'

export function coverageHtml(coverage: Coverage, sources: readonly Source[]): string {
  const byName = new Map(sources.map((source) => [source.name, source]))
  const rows = coverage.files.map((one, at) => `<tr><td><a href="#f${at}">${escapeXml(one.file)}</a></td>${cells(one)}</tr>`)
  const files = coverage.files.map((one, at) => {
    const source = byName.get(one.file)
    if (source === undefined) return ''
    const code = `<pre class="l">${lineNumbers(source.text, one, `f${at}`)}</pre><pre>${markedText(source.text, one)}</pre>`
    return `<h2 id="f${at}">${escapeXml(one.file)}</h2>\n<div class="c">${code}</div>\n`
  })
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Coverage of Rego modules</title>
<style>${STYLE}</style>
<h1>Coverage of Rego modules</h1>
<p><span class="y">Evaluated</span> by a test, <span class="n">never evaluated</span>.</p>
<table>
<tr><th>file</th><th>lines</th><th>expressions</th></tr>
${rows.join('\n')}
<tr><th>all files</th>${cells(coverage)}</tr>
</table>
${files.join('')}</html>
`
}

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color-scheme: light dark }
table { border-collapse: collapse }
th, td { padding: .2rem 1rem .2rem 0; text-align: left }
td + td { text-align: right; font-variant-numeric: tabular-nums }
pre { margin: 0; padding: 1rem; tab-size: 4 }
.c { border: 1px solid #8886; display: flex; overflow: auto }
.l { border-right: 1px solid #8886; flex: none; padding: 1rem .5rem; text-align: right }
.l a { color: inherit; display: inline-block; min-width: 3ch; opacity: .7; text-decoration: none }
.y { background: #2da44e38 }
.n { background: #cf222e50 }
`

function cells({ lines, expressions }: { readonly lines: Tally; readonly expressions: Tally }): string {
  return [lines, expressions].map((one) => `<td>${percentText(one)} (${one.covered}/${one.all})</td>`).join('')
}

/** Each leads to itself, so that a place can be passed on; lines that count are in the colour of what happened there. */
function lineNumbers(text: string, { hits }: FileCoverage, file: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((_, at) => {
      const count = hits.get(at + 1)
      const kind = count === undefined ? '' : ` class="${count > 0 ? 'y' : 'n'}"`
      return `<a${kind} id="${file}-${at + 1}" href="#${file}-${at + 1}">${at + 1}</a>`
    })
    .join('\n')
}

/** The text with each range marked; of ranges within each other the innermost counts. */
function markedText(text: string, { ranges }: FileCoverage): string {
  const byRow = new Map<number, CoveredRange[]>()
  for (const range of [...ranges].sort(outermostFirst)) {
    for (let { row } = range.location; row <= range.location.endRow; row++) {
      const known = byRow.get(row)
      if (known === undefined) byRow.set(row, [range])
      else known.push(range)
    }
  }
  return text
    .split('\n')
    .map((line, at) => markedLine([...line], at + 1, byRow.get(at + 1) ?? []))
    .join('\n')
}

function outermostFirst({ location: a }: CoveredRange, { location: b }: CoveredRange): number {
  return a.row - b.row || a.col - b.col || b.endRow - a.endRow || b.endCol - a.endCol
}

function markedLine(characters: readonly string[], row: number, ranges: readonly CoveredRange[]): string {
  const kinds: ('' | 'y' | 'n')[] = characters.map(() => '')
  for (const { location, isCovered } of ranges) {
    const from = location.row === row ? location.col - 1 : 0
    const to = location.endRow === row ? location.endCol - 1 : characters.length
    kinds.fill(isCovered ? 'y' : 'n', from, to)
  }
  let html = ''
  for (let at = 0; at < characters.length; ) {
    const kind = kinds[at]
    let end = at
    while (end < characters.length && kinds[end] === kind) end++
    const part = escapeXml(characters.slice(at, end).join(''))
    html += kind === '' || kind === undefined ? part : `<span class="${kind}">${part}</span>`
    at = end
  }
  return html
}
