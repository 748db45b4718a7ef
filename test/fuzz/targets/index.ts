/** All targets, by name. */
import type { Target } from '../target.js'
import { BUILTIN_CALLS } from './builtins.js'
import { COMPILE } from './compile.js'
import { ENFORCERS, HOOKS, SNAPSHOTS } from './hooks.js'
import { MODULES } from './modules.js'
import { OPTIONS, OPTION_TEXTS } from './options.js'
import { PLAN } from './plan.js'
import { POLICIES, POLICY_DOCUMENTS } from './policies.js'
import { SYNTAX } from './syntax.js'
import { BYTES, JSON_TEXT, VALUE_TEXT } from './values.js'

export const TARGETS: readonly Target[] = [
  SYNTAX,
  COMPILE,
  PLAN,
  MODULES,
  JSON_TEXT,
  VALUE_TEXT,
  BYTES,
  BUILTIN_CALLS,
  POLICIES,
  POLICY_DOCUMENTS,
  HOOKS,
  SNAPSHOTS,
  ENFORCERS,
  OPTIONS,
  OPTION_TEXTS,
]
