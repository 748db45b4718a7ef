/** Builtins that act rather than answer: equal calls are not one call, and a call without need of its answer is still one. */
const EFFECTS: ReadonlySet<string> = new Set(['internal.print', 'print', 'trace'])

export function acts(builtin: string): boolean {
  return EFFECTS.has(builtin)
}
