/**
 * What a command sees of the world: streams, colours, the directory it runs in. Commands get it as an argument, so that
 * tests run them as they are.
 */
export interface CliIo {
  /** Write to the standard output; no line break is added. */
  readonly out: (text: string) => void
  /** Write to the standard error. */
  readonly err: (text: string) => void
  /** The whole standard input. */
  readonly readStdin: () => Promise<Uint8Array>
  /** The directory that relative paths start from. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether colours and progress may be shown: the output is a terminal and `NO_COLOR` is not set. */
  readonly color: boolean
  readonly isTerminal: boolean
  /** Aborted when the user asks to stop. */
  readonly signal: AbortSignal
}
