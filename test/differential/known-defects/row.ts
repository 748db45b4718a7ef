/** What a row of the known defects is. */

/** What two engines say, as text. */
export interface Disagreement {
  readonly wanted: string
  readonly found: string
}

/**
 * Something that OPA does by mistake, or that is rare and left as it is. A row goes by what OPA says, by what we say, and by
 * the part of the policy that it is about.
 */
export interface KnownDefect {
  /** As the cases that prove it name it. */
  readonly name: string
  /** Whether a disagreement comes from it. `lines` are those of all modules, and the query. */
  readonly explains: (disagreement: Disagreement, lines: readonly string[]) => boolean
}
