/** What a command says to the shell when it ends. */
export const EXIT = {
  /** Done, and the answer is yes. */
  ok: 0,
  /** Done, and the answer is no: a test failed, a text has errors or is not formatted, a request was denied. */
  no: 1,
  /** The command line is wrong. */
  usage: 2,
  /** What was given cannot be read, something cannot be written, or it is not what the command works on. */
  input: 3,
  /** A defect of ours. */
  defect: 70,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
