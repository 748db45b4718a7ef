/**
 * Where things lie below the static data of the image. `rt_init` writes the values that exist once; the rest of low
 * memory holds the free lists and the parser's first scratch space. The build reads `STATIC_BASE` from here.
 *
 *   0      nothing: 0 is undefined
 *   16     null, false, true, the empty string
 *   64     the integers -1 … 255, 16 bytes each
 *   4176   heads of the free lists
 *   5392   heads of the stashed free lists
 *   6608   small work areas: digits of integers, decimals being compared
 *   8192   scratch stack of the parser
 *   12288  static data of the image
 */
export const NULL_ADDRESS: usize = 16
export const FALSE_ADDRESS: usize = 24
export const TRUE_ADDRESS: usize = 32
export const EMPTY_STRING_ADDRESS: usize = 40
export const INTEGERS: usize = 64
export const FREE_LISTS: usize = 4176
export const STASHED_LISTS: usize = 5392
export const DIGITS_A: usize = 6608
export const DIGITS_B: usize = 6640
export const DECIMAL_A: usize = 6672
export const DECIMAL_B: usize = 6704
export const MESSAGE: usize = 6736
export const MESSAGE_END: usize = 8192
export const SCRATCH: usize = 8192
export const SCRATCH_END: usize = 12288
export const STATIC_BASE: usize = 12288

/** The integers that exist once. */
export const SMALLEST_INTEGER: i64 = -1
export const LARGEST_INTEGER: i64 = 255
