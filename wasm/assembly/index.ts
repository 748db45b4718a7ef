/**
 * The exports of the runtime: the ABI, and what generated code calls. Names and signatures are listed in the README.
 */
export { ABI_VERSION as opa_wasm_abi_version, ABI_MINOR_VERSION as opa_wasm_abi_minor_version } from './abi'
export {
  free as opa_free,
  heapPtrSet as opa_heap_ptr_set,
  initRuntime as rt_init,
  jsonDump as opa_json_dump,
  jsonParse as opa_json_parse,
  malloc as opa_malloc,
  staticEnd as rt_static_end,
  valueDump as opa_value_dump,
  valueFree as opa_value_free,
  valueParse as opa_value_parse,
} from './abi'
export {
  clearStash as opa_heap_stash_clear,
  heapTop as opa_heap_ptr_get,
  memoryLimit as rt_memory_limit,
  restoreFree as opa_heap_blocks_restore,
  stashFree as opa_heap_blocks_stash,
} from './memory/heap'
export { addPath as opa_value_add_path, removePath as opa_value_remove_path } from './value/path'
export {
  beginEvaluation as rt_eval_begin,
  contextData as rt_ctx_data,
  contextEntrypoint as rt_ctx_entrypoint,
  contextInput as rt_ctx_input,
  contextResult as opa_eval_ctx_get_result,
  contextResult as rt_ctx_result,
  endEvaluation as rt_eval_end,
  newContext as opa_eval_ctx_new,
  setContextData as opa_eval_ctx_set_data,
  setContextEntrypoint as opa_eval_ctx_set_entrypoint,
  setContextInput as opa_eval_ctx_set_input,
} from './eval/context'
export {
  callMemoOf as rt_call_memo_get,
  memoOf as rt_memo_get,
  popMemo as rt_memo_pop,
  pushMemo as rt_memo_push,
  resetMemo as rt_memo_reset,
  setCallMemo as rt_call_memo_set,
  setMemo as rt_memo_set,
} from './eval/memo'
export {
  hostAbort as env_opa_abort,
  hostBuiltin0 as env_opa_builtin0,
  hostBuiltin1 as env_opa_builtin1,
  hostBuiltin2 as env_opa_builtin2,
  hostBuiltin3 as env_opa_builtin3,
  hostBuiltin4 as env_opa_builtin4,
  hostPrintln as env_opa_println,
} from './eval/imports'
export { place as rt_place, strict as rt_strict } from './eval/abort'
export { fuel as rt_fuel, outOfFuel as rt_out_of_fuel } from './eval/fuel'
export { packArguments as rt_host_pack, unpackResult as rt_host_unpack } from './eval/host'
export { booleanValue as rt_boolean, isFalse as rt_is_false, nullValue as rt_null } from './value/scalar'
export { integerValue as rt_number_int } from './value/number'
export { arrayAppend as rt_array_append, newArray as rt_array_new } from './value/array'
export { emptyObject as rt_object_new, emptySet as rt_set_new, insertOnce as rt_object_insert_once } from './value/build'
export { setAdd as rt_set_add } from './value/set'
export { objectInsert as rt_object_insert } from './value/object'
export { merge as rt_object_merge, replaceAt as rt_with } from './value/merge'
export {
  get as rt_get,
  lengthOf as rt_length,
  openScan as rt_scan_open,
  scanKey as rt_scan_key,
  scanValue as rt_scan_value,
} from './value/get'
export { areEqual as rt_equal } from './value/equal'
export { compare as rt_compare } from './value/compare'
export { typeOrNone as rt_type } from './value/type'
