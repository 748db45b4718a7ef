/** JSON documents as plain JavaScript values. */

/** Any JSON document. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [member: string]: JsonValue }
export type JsonObject = { readonly [member: string]: JsonValue }
