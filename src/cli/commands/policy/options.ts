/** Options that the commands about policies share. */
import { Option } from 'commander'

export type OutputFormat = 'pretty' | 'json'

export function formatOption(choices: readonly string[] = ['pretty', 'json']): Option {
  return new Option('-f, --format <format>', 'how to print').choices([...choices]).default('pretty')
}

export function groupOption(): Option {
  return new Option('--group <name>', 'of a template with several policies: name of the container group, or JSON pointer')
}
