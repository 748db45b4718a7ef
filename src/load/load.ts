/**
 * From a compiled policy, or its bytes, to a policy that evaluates.
 */
import { RegoLoadError } from '../errors.js'
import { type HostFacts, HostSession, type UserBuiltins, parseListedName } from './host-session.js'
import { type EvalBudget, RegoPolicy } from './rego-policy.js'
import { type LoadedModule, type SdkBuiltins, instantiate, instantiateSync } from './sdk.js'
import { listedBuiltins } from './listed-builtins.js'
import { prepareBuiltins } from '../builtins/host.js'
import { amount, anyOf, bytes, checkOptions, func, listOf, optionsOf, recordOf, text, withMembers } from '../options.js'

/** The part of a compiled policy that loading needs. */
export interface LoadablePolicy {
  readonly wasm: Uint8Array<ArrayBuffer>
  /** The host builtins, as the module lists them. */
  readonly builtins: readonly string[]
}

export interface LoadRegoOptions extends HostFacts {
  /** Builtins of the user's own, and those that reach out of the evaluation. */
  readonly builtins?: UserBuiltins
  /** Limits of one evaluation. */
  readonly budget?: EvalBudget
}

const COMPILED = anyOf('a compiled policy or the bytes of one', bytes, withMembers({ wasm: bytes, builtins: listOf(text) }))

export const BUDGET = optionsOf({ work: amount, memoryBytes: amount })

const LOAD_OPTIONS = optionsOf({
  clock: func,
  seed: func,
  env: recordOf(text),
  print: func,
  builtins: recordOf(anyOf('a function or an object with one as `exact`', func, withMembers({ exact: func }))),
  budget: BUDGET,
})

/** @throws OptionError */
function checkArguments(compiled: unknown, options: unknown): void {
  COMPILED(compiled, 'compiled')
  checkOptions(options, LOAD_OPTIONS)
}

/**
 * Load a policy. Implementations of heavy builtins are fetched as it needs them.
 *
 * Errors: `RegoLoadError` if the bytes are no policy module, or if it calls a builtin that nobody supplies; `OptionError`
 * for an option that is not what it must be.
 *
 * @example const policy = await loadRego(compileRego({ modules, entrypoints: ['policy/allow'] }))
 */
export async function loadRego(
  compiled: LoadablePolicy | Uint8Array<ArrayBuffer>,
  options: LoadRegoOptions = {},
): Promise<RegoPolicy> {
  checkArguments(compiled, options)
  const host = new HostSession(options, options.builtins ?? {})
  const module = await asLoadError(async () => await WebAssembly.compile(bytesOf(compiled)))
  const listed = compiled instanceof Uint8Array ? await asLoadError(() => listedBuiltins(module)) : compiled.builtins
  await prepareBuiltins(listed.map((one) => parseListedName(one).name))
  const loaded = await asLoadError(() => instantiate(module, sdkBuiltins(listed, host)))
  return new RegoPolicy(checked(loaded), host, options.budget ?? {})
}

/**
 * Load a policy at once. Builtins that need a library have to be there already: see `prepareBuiltins`. The main thread of
 * a browser refuses to compile larger modules synchronously; there, use `loadRego`.
 */
export function loadRegoSync(compiled: LoadablePolicy | Uint8Array<ArrayBuffer>, options: LoadRegoOptions = {}): RegoPolicy {
  checkArguments(compiled, options)
  const host = new HostSession(options, options.builtins ?? {})
  try {
    const module = new WebAssembly.Module(bytesOf(compiled))
    const listed = compiled instanceof Uint8Array ? listedBuiltins(module) : compiled.builtins
    return new RegoPolicy(checked(instantiateSync(module, sdkBuiltins(listed, host))), host, options.budget ?? {})
  } catch (cause) {
    throw loadError(cause)
  }
}

/**
 * The functions that a user of the plain SDK passes to its `loadPolicy`, by the names under which the module lists them.
 *
 * Time and randomness are fixed within one turn of the event loop, since the SDK does not tell where an evaluation begins.
 *
 * Errors: `RegoLoadError`, as of `loadRego`.
 *
 * @example const policy = await loadPolicy(compiled.wasm, {}, hostBuiltins(compiled))
 */
export function hostBuiltins(
  compiled: LoadablePolicy | Uint8Array<ArrayBuffer>,
  options: HostFacts & Pick<LoadRegoOptions, 'builtins'> = {},
): Record<string, (...args: unknown[]) => unknown> {
  checkArguments(compiled, options)
  const host = new HostSession(options, options.builtins ?? {})
  const listed = compiled instanceof Uint8Array ? listedIn(compiled) : compiled.builtins
  return Object.fromEntries(
    Object.entries(sdkBuiltins(listed, host)).map(([name, call]) => [
      name,
      (...args: unknown[]): unknown => {
        host.keepForThisTurn()
        return call(...args)
      },
    ]),
  )
}

function listedIn(bytes: Uint8Array<ArrayBuffer>): readonly string[] {
  try {
    return listedBuiltins(new WebAssembly.Module(bytes))
  } catch (cause) {
    throw loadError(cause)
  }
}

function sdkBuiltins(listed: readonly string[], host: HostSession): SdkBuiltins {
  const missing: string[] = []
  const functions = new Map<string, (...args: unknown[]) => unknown>()
  for (const name of listed) {
    const found = host.functionFor(name)
    if (found === undefined) missing.push(parseListedName(name).name)
    else functions.set(name, found)
  }
  if (missing.length > 0) {
    const names = missing.map((name) => `\`${name}\``).join(', ')
    throw new RegoLoadError(
      'load_missing_builtin',
      `the policy calls ${names}, which nobody supplies: pass an implementation in \`builtins\``,
    )
  }
  return Object.fromEntries(functions)
}

function bytesOf(compiled: LoadablePolicy | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return compiled instanceof Uint8Array ? compiled : compiled.wasm
}

/** Modules before ABI 1.2 have no one-shot evaluation, and nobody makes them any more. */
function checked(loaded: LoadedModule): LoadedModule {
  if (typeof loaded.exports.opa_eval !== 'function')
    throw new RegoLoadError('load_invalid_module', 'the module has no `opa_eval`: ABI 1.2 or later is needed')
  return loaded
}

async function asLoadError<Result>(act: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (cause) {
    throw loadError(cause)
  }
}

function loadError(cause: unknown): RegoLoadError {
  if (cause instanceof RegoLoadError) return cause
  const message = cause instanceof Error ? cause.message : String(cause)
  return new RegoLoadError('load_invalid_module', `not a policy module: ${message}`, { cause })
}
