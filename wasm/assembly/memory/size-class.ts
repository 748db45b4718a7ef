/**
 * Size classes of blocks: every multiple of 8 up to 1024, then eight steps per doubling.
 */

/** Number of classes; the last ones reach 4 GiB. */
export const SIZE_CLASSES: u32 = 304

const SMALL: usize = 1024

/** The smallest class whose blocks hold `size` bytes. */
export function classHolding(size: usize): u32 {
  if (size <= SMALL) return u32((size + 7) >> 3)
  const sizeClass = classWithin(size)
  return classSize(sizeClass) == size ? sizeClass : sizeClass + 1
}

/** The largest class whose blocks fit into `size` bytes (a multiple of 8). */
export function classWithin(size: usize): u32 {
  if (size <= SMALL) return u32(size >> 3)
  const log = 31 - clz<u32>(size)
  return 128 + ((log - 10) << 3) + (u32(size >> (log - 3)) & 7)
}

export function classSize(sizeClass: u32): usize {
  if (sizeClass <= 128) return <usize>sizeClass << 3
  const step = sizeClass - 128
  return (8 + <usize>(step & 7)) << ((step >> 3) + 7)
}
