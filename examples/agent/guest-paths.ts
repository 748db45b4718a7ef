/**
 * The guest's file system: policies speak of `/run/mounts/scsi/m0`, and here that lies below a directory of our own, since
 * nobody without rights may write to `/run`.
 */
import { realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'

export class GuestPaths {
  constructor(readonly root: string) {}

  /** Where a path of the guest really is. */
  real(path: string): string {
    return join(this.root, path)
  }
}

/**
 * Where a path inside a root filesystem leads, symbolic links followed.
 *
 * Errors: rejects if there is nothing, or if it leads out of the root filesystem.
 */
export async function resolveInside(rootfs: string, path: string): Promise<string> {
  const root = await realpath(rootfs)
  const found = await realpath(join(root, path))
  if (found !== root && !found.startsWith(root + sep)) throw new Error(`${path} leads out of the root filesystem`)
  return found
}
