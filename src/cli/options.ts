/** Options that several commands share, each spelt and described once. */
import { InvalidArgumentError, Option } from 'commander'
import type { RegoVersion } from '../syntax/ast.js'

export type OutputFormat = 'pretty' | 'json'

export function formatOption(choices: readonly string[] = ['pretty', 'json'], standard = 'pretty'): Option {
  return new Option('-f, --format <format>', 'how to print').choices([...choices]).default(standard)
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

export function dataOption(): Option {
  return new Option('-d, --data <path>', 'modules and documents, from a file or directory; may be repeated').argParser(collect)
}

export function bundleOption(): Option {
  return new Option('-b, --bundle <path>', 'a bundle: an archive, or a directory in its form; may be repeated').argParser(collect)
}

export function ignoreOption(): Option {
  return new Option('--ignore <pattern>', 'names of files and directories to leave out, as in `.*`; may be repeated').argParser(
    collect,
  )
}

export function v0Option(): Option {
  return new Option('--v0, --v0-compatible', 'read modules as Rego v0, where they do not say `import rego.v1`')
}

export function capabilitiesOption(): Option {
  return new Option('--capabilities <file>', 'refuse what these capabilities, or a release such as v0.55.0, do not list')
}

export function versionOf(flags: { readonly v0Compatible?: boolean }): RegoVersion {
  return flags.v0Compatible === true ? 'v0' : 'v1'
}

/** A whole number, from `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (!/^[0-9]+$/.test(text) || !Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`It has to be a whole number, ${least} or more.`)
    }
    return number
  }
}

/** A span of time as Go writes it, in milliseconds: `500ms`, `1.5s`, `2m`, `1h`, and sums of these. */
export function duration(text: string): number {
  const parts = [...text.matchAll(/([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)/gy)]
  const total = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit as string] as number), 0)
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text) {
    throw new InvalidArgumentError('It has to be a span of time, such as 500ms, 10s or 2m.')
  }
  return total
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
