/**
 * The native builtins: `rt_builtin_NAME`, with underscores for the dots of the name. What is listed here is native; the
 * compiler looks at nothing but the exports of the image.
 */
export {
  all as rt_builtin_all,
  any as rt_builtin_any,
  count as rt_builtin_count,
  max as rt_builtin_max,
  min as rt_builtin_min,
  product as rt_builtin_product,
  sort as rt_builtin_sort,
  sum as rt_builtin_sum,
} from './aggregates'
export {
  absolute as rt_builtin_abs,
  ceil as rt_builtin_ceil,
  dividedBy as rt_builtin_div,
  floor as rt_builtin_floor,
  minus as rt_builtin_minus,
  plus as rt_builtin_plus,
  remainder as rt_builtin_rem,
  round as rt_builtin_round,
  times as rt_builtin_mul,
} from './arithmetic'
export {
  concatArrays as rt_builtin_array_concat,
  flatten as rt_builtin_array_flatten,
  reverseArray as rt_builtin_array_reverse,
  slice as rt_builtin_array_slice,
} from './arrays'
export {
  decodeBase64 as rt_builtin_base64_decode,
  decodeBase64Url as rt_builtin_base64url_decode,
  encodeBase64 as rt_builtin_base64_encode,
  encodeBase64Url as rt_builtin_base64url_encode,
  encodeBase64UrlNoPad as rt_builtin_base64url_encode_no_pad,
  isValidBase64 as rt_builtin_base64_is_valid,
} from './base64'
export {
  bitAnd as rt_builtin_bits_and,
  bitNegate as rt_builtin_bits_negate,
  bitOr as rt_builtin_bits_or,
  bitXor as rt_builtin_bits_xor,
  shiftLeft as rt_builtin_bits_lsh,
  shiftRight as rt_builtin_bits_rsh,
} from './bits'
export {
  differs as rt_builtin_neq,
  equals as rt_builtin_equal,
  isAbove as rt_builtin_gt,
  isAtLeast as rt_builtin_gte,
  isAtMost as rt_builtin_lte,
  isBelow as rt_builtin_lt,
  isEntry as rt_builtin_internal_member_3,
  isMember as rt_builtin_internal_member_2,
} from './comparison'
export { reachable as rt_builtin_graph_reachable, reachablePaths as rt_builtin_graph_reachable_paths } from './graph'
export { decodeHex as rt_builtin_hex_decode, encodeHex as rt_builtin_hex_encode } from './hex'
export {
  isValidJson as rt_builtin_json_is_valid,
  marshal as rt_builtin_json_marshal,
  unmarshal as rt_builtin_json_unmarshal,
} from './json'
export { filterPaths as rt_builtin_json_filter, removePaths as rt_builtin_json_remove } from './json-choose'
export { patch as rt_builtin_json_patch } from './json-patch'
export {
  formatInt as rt_builtin_format_int,
  range as rt_builtin_numbers_range,
  rangeStep as rt_builtin_numbers_range_step,
  toNumber as rt_builtin_to_number,
} from './numbers'
export { isSubset as rt_builtin_object_subset } from './object-subset'
export { unionOfMany as rt_builtin_object_union_n, unionOfTwo as rt_builtin_object_union } from './object-union'
export {
  filterKeys as rt_builtin_object_filter,
  getOr as rt_builtin_object_get,
  keys as rt_builtin_object_keys,
  removeKeys as rt_builtin_object_remove,
} from './objects'
export { compareVersions as rt_builtin_semver_compare, isValidVersion as rt_builtin_semver_is_valid } from './semver'
export {
  and as rt_builtin_and,
  intersection as rt_builtin_intersection,
  or as rt_builtin_or,
  setDifference as rt_builtin_set_diff,
  union as rt_builtin_union,
} from './sets'
export { lower as rt_builtin_lower, upper as rt_builtin_upper } from './string-case'
export {
  concat as rt_builtin_concat,
  reverseString as rt_builtin_strings_reverse,
  split as rt_builtin_split,
  splitSome as rt_builtin_strings_split_n,
  substring as rt_builtin_substring,
} from './string-change'
export { replace as rt_builtin_replace, replaceMany as rt_builtin_strings_replace_n } from './string-replace'
export {
  allIndexesOf as rt_builtin_indexof_n,
  anyPrefixMatches as rt_builtin_strings_any_prefix_match,
  anySuffixMatches as rt_builtin_strings_any_suffix_match,
  contains as rt_builtin_contains,
  countOccurrences as rt_builtin_strings_count,
  endsWith as rt_builtin_endswith,
  indexOf as rt_builtin_indexof,
  startsWith as rt_builtin_startswith,
} from './string-search'
export {
  trim as rt_builtin_trim,
  trimLeft as rt_builtin_trim_left,
  trimPrefix as rt_builtin_trim_prefix,
  trimRight as rt_builtin_trim_right,
  trimSpace as rt_builtin_trim_space,
  trimSuffix as rt_builtin_trim_suffix,
} from './string-trim'
export { templateString as rt_builtin_internal_template_string } from './template'
export {
  castArray as rt_builtin_cast_array,
  castBoolean as rt_builtin_cast_boolean,
  castNull as rt_builtin_cast_null,
  castObject as rt_builtin_cast_object,
  castSet as rt_builtin_cast_set,
  castString as rt_builtin_cast_string,
  isArray as rt_builtin_is_array,
  isBoolean as rt_builtin_is_boolean,
  isNull as rt_builtin_is_null,
  isNumber as rt_builtin_is_number,
  isObject as rt_builtin_is_object,
  isSet as rt_builtin_is_set,
  isString as rt_builtin_is_string,
  nameOfType as rt_builtin_type_name,
} from './types'
export { decodeQuery as rt_builtin_urlquery_decode, encodeQuery as rt_builtin_urlquery_encode } from './urlquery'
export {
  decodeQueryObject as rt_builtin_urlquery_decode_object,
  encodeQueryObject as rt_builtin_urlquery_encode_object,
} from './urlquery-object'
export { walk as rt_builtin_walk } from './walk'
