import type { HookName } from 'cce-policy'

/** One request of a trace: which hook, what it is about, its input, and what is expected of it. */
export interface TraceStep {
  readonly hook: HookName
  readonly what: string
  readonly input: Readonly<Record<string, unknown>>
  readonly expect?: 'allow' | 'deny'
}
