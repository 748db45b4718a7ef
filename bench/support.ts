/** Measuring and printing: the best of many rounds, ratios of things measured in the same run. */

/** Microseconds of one call in the fastest of many rounds: what else the machine does can only add to it. */
export function microseconds(action: () => void, minimumMs = 150): number {
  return microsecondsOfEach([action], minimumMs)[0] as number
}

/** The same for several actions, whose rounds take turns. */
export function microsecondsOfEach(actions: readonly (() => void)[], minimumMs = 150): readonly number[] {
  const perRound = actions.map((action) => {
    // Long enough for the engine to have optimised what is called.
    for (const end = performance.now() + WARM_UP_MS; performance.now() < end; ) action()
    let calls = 1
    while (timed(action, calls) < ROUND_MS) calls *= 2
    return calls
  })
  const best = actions.map(() => Infinity)
  const end = performance.now() + minimumMs * actions.length
  for (let round = 0; performance.now() < end || round < 5; round++) {
    actions.forEach((action, place) => {
      const calls = perRound[place] as number
      best[place] = Math.min(best[place] as number, (timed(action, calls) * 1000) / calls)
    })
  }
  return best
}

const WARM_UP_MS = 40
const ROUND_MS = 0.5

/** Milliseconds that so many calls take. */
function timed(action: () => void, calls: number): number {
  const start = performance.now()
  for (let call = 0; call < calls; call++) action()
  return performance.now() - start
}

/** Milliseconds of processor time of one call, all threads, in the best of so many; of use where the machine is busy. */
export function cpuMilliseconds(action: () => void, rounds: number, warmUps = 2): number {
  for (let warm = 0; warm < warmUps; warm++) action()
  let best = Infinity
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage()
    action()
    const { user, system } = process.cpuUsage(start)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
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
