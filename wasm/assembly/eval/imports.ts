/**
 * The functions that the host supplies. Those that the runtime itself never calls are exported again, so that the image
 * imports them all the same: generated code appended to it then needs no import of its own, and no index moves.
 */
@external('env', 'opa_abort')
export declare function hostAbort(message: usize): void

@external('env', 'opa_println')
export declare function hostPrintln(text: usize): void

@external('env', 'opa_builtin0')
export declare function hostBuiltin0(id: i32, context: usize): usize

@external('env', 'opa_builtin1')
export declare function hostBuiltin1(id: i32, context: usize, a: usize): usize

@external('env', 'opa_builtin2')
export declare function hostBuiltin2(id: i32, context: usize, a: usize, b: usize): usize

@external('env', 'opa_builtin3')
export declare function hostBuiltin3(id: i32, context: usize, a: usize, b: usize, c: usize): usize

@external('env', 'opa_builtin4')
export declare function hostBuiltin4(id: i32, context: usize, a: usize, b: usize, c: usize, d: usize): usize
