/**
 * Recursion: no rule may depend on itself, whatever way the dependency takes.
 */
import type { CheckContext } from './context.js'
import type { CheckedRule } from './core.js'

export function reportRecursion(_rules: readonly CheckedRule[], _cx: CheckContext): void {
  return undefined
}
