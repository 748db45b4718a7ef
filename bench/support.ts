/** Measuring and printing: medians of many rounds, ratios of things measured in the same run. */

/** Median microseconds of one call. Rounds are interleaved by the caller where two things are compared. */
export function medianMicroseconds(action: () => void, minimumMs = 150): number {
  for (let warm = 0; warm < 20; warm++) action()
  let perRound = 1
  for (;;) {
    const start = performance.now()
    for (let call = 0; call < perRound; call++) action()
    if (performance.now() - start > 1) break
    perRound *= 2
  }
  const rounds: number[] = []
  const end = performance.now() + minimumMs
  while (performance.now() < end || rounds.length < 5) {
    const start = performance.now()
    for (let call = 0; call < perRound; call++) action()
    rounds.push(((performance.now() - start) * 1000) / perRound)
  }
  return rounds.sort((a, b) => a - b)[rounds.length >> 1] as number
}

export function printRows(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]): string => cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')
  console.log(line(header))
  for (const row of rows) console.log(line(row))
  console.log('')
}

export function micro(value: number | undefined): string {
  return value === undefined ? '-' : value < 10 ? value.toFixed(2) : value.toFixed(1)
}

export function ratio(value: number | undefined, to: number | undefined): string {
  return value === undefined || to === undefined ? '-' : `${(value / to).toFixed(2)}x`
}
