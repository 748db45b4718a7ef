/** Measuring and printing: medians of many rounds, ratios of things measured in the same run. */

/** Median microseconds of one call. */
export function medianMicroseconds(action: () => void, minimumMs = 150): number {
  return mediansMicroseconds([action], minimumMs)[0] as number
}

/** Median microseconds of one call of each of several actions, whose rounds take turns. */
export function mediansMicroseconds(actions: readonly (() => void)[], minimumMs = 150): readonly number[] {
  const perRound = actions.map((action) => {
    for (let warm = 0; warm < 20; warm++) action()
    let calls = 1
    while (timed(action, calls) < 1) calls *= 2
    return calls
  })
  const rounds: number[][] = actions.map(() => [])
  const end = performance.now() + minimumMs * actions.length
  while (performance.now() < end || (rounds[0]?.length ?? 5) < 5) {
    actions.forEach((action, place) => {
      const calls = perRound[place] as number
      rounds[place]?.push((timed(action, calls) * 1000) / calls)
    })
  }
  return rounds.map(median)
}

/** Milliseconds that so many calls take. */
function timed(action: () => void, calls: number): number {
  const start = performance.now()
  for (let call = 0; call < calls; call++) action()
  return performance.now() - start
}

/** Median milliseconds of processor time of one call; of use where the machine has other things to do. */
export function cpuMilliseconds(action: () => void, rounds: number, warmUps = 2): number {
  for (let warm = 0; warm < warmUps; warm++) action()
  return median(
    Array.from({ length: rounds }, () => {
      const start = process.cpuUsage()
      action()
      const { user, system } = process.cpuUsage(start)
      return (user + system) / 1000
    }),
  )
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number
}

/** The mean that ratios have. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}

export function printRows(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)))
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  for (const row of [header, ...rows]) console.log(row.map(pad).join('  '))
  console.log('')
}

export function micro(value: number | undefined): string {
  return value === undefined ? '-' : value < 10 ? value.toFixed(2) : value.toFixed(1)
}

export function ratio(value: number | undefined, to: number | undefined): string {
  return value === undefined || to === undefined ? '-' : `${(value / to).toFixed(2)}x`
}
