/**
 * Answers of builtins that depend on their arguments alone, kept from one evaluation to the next: an agent asks about the
 * same patterns and paths over and over.
 */

/** Builtins whose answers are kept, by how their names begin: they cost more than looking an answer up. */
const KEPT = /^(?:regex|glob|semver)\./

/** Answers kept per builtin, and the longest arguments and answers that are worth it. */
const MAX_ANSWERS = 1000
const MAX_LENGTH = 2000

export interface Answer {
  /** Absent where the call is undefined. */
  readonly text: string | undefined
  /** Units of work that it took to find out. */
  readonly work: number
}

type Ask = (args: string) => Answer

/** The same function, with its answers kept if the builtin is one of those. */
export function keepAnswers(name: string, ask: Ask): Ask {
  if (!KEPT.test(name)) return ask
  const answers = new Map<string, Answer>()
  return (args) => {
    if (args.length > MAX_LENGTH) return ask(args)
    const known = answers.get(args)
    if (known !== undefined) return known
    const answer = ask(args)
    if (answer.text !== undefined && answer.text.length > MAX_LENGTH) return answer
    // Everything goes at once: what is asked often comes back at once, and there is no order to keep.
    if (answers.size === MAX_ANSWERS) answers.clear()
    answers.set(args, answer)
    return answer
  }
}
