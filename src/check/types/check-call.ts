/**
 * Calls: whether the arguments can be what the function takes, and the type of the result.
 */
import type { BuiltinRow, TypeDecl } from '../../builtins/signature.js'
import type { Span } from '../../source/source.js'
import type { CheckContext } from '../context.js'
import type { Callee, CoreCall, CoreTerm } from '../core.js'
import { pathText } from '../names.js'
import type { Environment } from './environment.js'
import { typeText, typesText } from './print-type.js'
import { canEqual } from './relate.js'
import { isEmpty, keysOf, valuesOf } from './select.js'
import type { FunctionType, MaybeType, RegoType, TypeTable } from './type.js'
import { acceptsPart, unifySides } from './unify.js'

/** The type of a call's value; undefined if it is not known, or something about the call was reported. */
export function checkCall(call: CoreCall, span: Span, env: Environment, cx: CheckContext): MaybeType {
  const signature = signatureOf(call.callee, env, cx)
  if (signature === undefined) return undefined
  if (isMember(call)) checkMember(call, span, env, cx)
  return checkArguments(call, call.args, signature, span, env, cx) ? signature.result : undefined
}

/** A call whose last argument stands for the result. */
export function checkCallWithResult(call: CoreCall, result: CoreTerm, span: Span, env: Environment, cx: CheckContext): void {
  const signature = signatureOf(call.callee, env, cx)
  if (signature === undefined) return
  if (isMember(call)) checkMember(call, span, env, cx)
  checkArguments(call, [...call.args, result], signature, span, env, cx)
}

/** What a callee takes and gives. */
export function signatureOf(callee: Callee, env: Environment, cx: CheckContext): FunctionType | undefined {
  if (callee.kind === 'rule') return env.typeOfFunction(callee)
  const row = cx.builtin(callee.name)
  return row === undefined || row.variadic !== undefined ? undefined : signatureOfRow(row, env.types)
}

/** The type of a builtin's name. Of one that takes any number of arguments no more is known than that it is a function. */
export function typeOfBuiltin(name: string, env: Environment, cx: CheckContext): RegoType {
  return signatureOf({ kind: 'builtin', name }, env, cx) ?? env.types.function([], undefined)
}

export function calleeText(callee: Callee): string {
  return callee.kind === 'builtin' ? callee.name : pathText(['data', ...callee.path])
}

function signatureOfRow(row: BuiltinRow, types: TypeTable): FunctionType {
  const known = types.ofSignatures.get(row)
  if (known !== undefined) return known
  const args = row.args.map((arg) => typeOfDecl(arg, types))
  const signature = types.function(args, row.result && typeOfDecl(row.result, types)) as FunctionType
  types.ofSignatures.set(row, signature)
  return signature
}

/** A type in a signature as a type of ours. */
function typeOfDecl(decl: TypeDecl, types: TypeTable): RegoType {
  switch (decl.kind) {
    case 'any':
      return types.union(decl.of.map((one) => typeOfDecl(one, types))) ?? types.any
    case 'array':
      return types.array(
        decl.static.map((one) => typeOfDecl(one, types)),
        decl.dynamic && typeOfDecl(decl.dynamic, types),
      )
    case 'set':
      return types.set(typeOfDecl(decl.of, types))
    case 'object':
      return types.object(
        decl.static.map(({ key, value }) => ({ key, value: typeOfDecl(value, types) })),
        decl.dynamic && { key: typeOfDecl(decl.dynamic.key, types), value: typeOfDecl(decl.dynamic.value, types) },
      )
    default:
      return types[decl.kind]
  }
}

function checkArguments(
  call: CoreCall,
  args: readonly CoreTerm[],
  signature: FunctionType,
  span: Span,
  env: Environment,
  cx: CheckContext,
): boolean {
  const have = args.map((arg) => env.typeOfPart(arg))
  const want = [...signature.args, signature.result].slice(0, args.length)
  const fits = args.every((arg, at) => acceptsKnown(arg, have[at], want[at], env))
  if (!fits) cx.refuse('invalid-arguments', span, calleeText(call.callee), typesText(have), typesText(want))
  return fits
}

/** Whether an argument fits, of which something is known as a whole and perhaps more of its parts. */
function acceptsKnown(arg: CoreTerm, have: MaybeType, want: MaybeType, env: Environment): boolean {
  const isSettled = have !== undefined && !have.isOpen
  return (!isSettled || canEqual(have, want, env.types)) && acceptsPart(arg, want, env)
}

function isMember({ callee }: CoreCall): boolean {
  return callee.kind === 'builtin' && (callee.name === 'internal.member_2' || callee.name === 'internal.member_3')
}

/** `x in xs` and `k, x in xs` say something about `x` and `k` if it is known what is in `xs`. */
function checkMember({ args }: CoreCall, span: Span, env: Environment, cx: CheckContext): void {
  const collection = env.typeOfPart(args.at(-1) as CoreTerm)
  if (collection === undefined || isEmpty(collection)) return
  const sides = [valuesOf(collection, env.types), keysOf(collection, env.types)]
  if (sides[0] === undefined) return
  for (const [at, arg] of args.slice(0, -1).reverse().entries()) {
    const type = sides[at]
    if (type === undefined || type.isOpen) continue
    const before = env.typeOfPart(arg)
    if (before?.kind === 'any' || acceptsKnown(arg, before, type, env)) continue
    return cx.refuse('match-error', span, typeText(before), typeText(type))
  }
}

/** Unify a term with something of a known type. */
export function unifyWithType(term: CoreTerm, type: MaybeType, env: Environment): boolean {
  const local = env.createLocal(term.span)
  env.bind(local, type)
  return unifySides(local, term, env)
}
