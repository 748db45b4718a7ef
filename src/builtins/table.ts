/**
 * The builtin functions of the language, by name: one row each, operators included.
 */
import { COLLECTIONS_ROWS } from './rows/collections.js'
import { CORE_ROWS } from './rows/core.js'
import { CRYPTO_ROWS } from './rows/crypto.js'
import { DEPRECATED_ROWS } from './rows/deprecated.js'
import { DOCUMENTS_ROWS } from './rows/documents.js'
import { ENCODING_ROWS } from './rows/encoding.js'
import { NETWORK_ROWS } from './rows/network.js'
import { NUMBERS_ROWS } from './rows/numbers.js'
import { STRINGS_ROWS } from './rows/strings.js'
import { TIME_ROWS } from './rows/time.js'
import type { BuiltinRow } from './signature.js'

/** All builtins by name. */
export const BUILTINS: ReadonlyMap<string, BuiltinRow> = new Map(
  [
    CORE_ROWS,
    NUMBERS_ROWS,
    COLLECTIONS_ROWS,
    STRINGS_ROWS,
    ENCODING_ROWS,
    TIME_ROWS,
    CRYPTO_ROWS,
    DOCUMENTS_ROWS,
    NETWORK_ROWS,
    DEPRECATED_ROWS,
  ].flatMap((rows) => rows.map((row) => [row.name, row] as const)),
)
