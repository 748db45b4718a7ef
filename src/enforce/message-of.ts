/**
 * What an error says. Anything can be thrown, also by an input's own code; asking it for its message must not throw again.
 */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : String(error)
  } catch {
    return 'an error that cannot be read'
  }
}
