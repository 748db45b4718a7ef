/**
 * Patterns of policies, as the framework takes them: RE2, with `^` and `$` put around the text where it lacks them and
 * nothing more.
 */
import { RE2JS } from 're2js'

export function matchesPattern(pattern: string, text: string): boolean {
  const anchored = `${pattern.startsWith('^') ? '' : '^'}${pattern}${pattern.endsWith('$') ? '' : '$'}`
  try {
    return RE2JS.compile(anchored).matcher(text).find()
  } catch {
    return false
  }
}
