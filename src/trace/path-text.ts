/** A path of `data` as messages write it: `data.x["an odd name"]`. */
import { quoteText } from '../value/text.js'

export function pathText(path: readonly string[]): string {
  return `data${path.map((part) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(part) ? `.${part}` : `[${quoteText(part)}]`)).join('')}`
}
