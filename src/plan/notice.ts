/**
 * Whether anybody notices that something is evaluated, or that it is not, other than by its value.
 *
 * A search may end at its first solution where another one could only give the same again. If what is then left out could have
 * ended in a conflict, that conflict has to be reported all the same, unless OPA ends the search there too: see `rule.ts`.
 */
import { acts } from '../builtins/effects.js'
import type { CoreBody, CoreExpr } from '../check/core.js'
import { walkBody } from './core-walk.js'
import { calleeKey } from './environment.js'
import type { Frame } from './frame.js'
import { isBaseRef } from './guard-refs.js'

/**
 * Whether evaluating an expression evaluates rules, or makes an object: what may end in a conflict. Where errors of builtins
 * end an evaluation, whether it calls one, too.
 */
export function evaluatesRules(frame: Frame, expr: CoreExpr): boolean {
  let found = false
  walkBody([expr], {
    term: (term) => {
      if (term.kind === 'object-compr') found = true
      if (term.kind === 'call') {
        const isRule = term.callee.kind === 'rule' || frame.environment.mocks.has(calleeKey(term.callee))
        if (isRule || frame.program.strictBuiltinErrors) found = true
      }
      if (term.kind === 'ref' && term.head.kind === 'data' && !isBaseRef(frame, term)) found = true
    },
    replacement: () => undefined,
  })
  return found
}

/** Whether anybody notices that a body is evaluated once more, to the same end. */
export function isNoticed(frame: Frame, body: CoreBody): boolean {
  return body.some((expr) => evaluatesRules(frame, expr) || hasEffect(expr))
}

function hasEffect(expr: CoreExpr): boolean {
  let found = false
  walkBody([expr], {
    term: (term) => {
      if (term.kind === 'call' && term.callee.kind === 'builtin' && acts(term.callee.name)) found = true
    },
    replacement: () => undefined,
  })
  return found
}
