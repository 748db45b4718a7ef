/** JSON pointers (RFC 6901): places in JSON documents. */

/** A member's name as a part of a pointer. */
export function escapePointer(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1')
}
