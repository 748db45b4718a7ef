/**
 * What a fuzz target is: something that takes text or bytes from anybody. Case `n` of a seed is the same wherever it runs, so
 * that a failure, a hang included, can be made again.
 */
import { Random } from '../support/random.js'
import { mutateBytes } from './mutate/bytes.js'
import { mutateJson } from './mutate/json.js'
import { mutateText } from './mutate/text.js'

export type FuzzInput = string | Uint8Array<ArrayBuffer>

/** How inputs are changed, and made smaller: as text, as a JSON document, as bytes. */
export type InputForm = 'text' | 'json' | 'bytes'

interface TargetOf<Form extends InputForm, Input extends FuzzInput> {
  readonly name: string
  readonly form: Form
  /** Inputs to begin with; never empty. */
  readonly seeds: () => readonly Input[]
  /** Cases that the test suite runs. */
  readonly runs: number
  /** Gets an input through. Whatever it throws is a finding; what is merely refused is not thrown. */
  readonly run: (input: Input) => void | Promise<void>
}

export type Target = TargetOf<'text' | 'json', string> | TargetOf<'bytes', Uint8Array<ArrayBuffer>>

/** Something that must not be, where nothing was thrown. */
export class Finding extends Error {
  override readonly name = 'Finding'
}

/** Case number `place` of a target. */
export function makeInput(target: Target, seed: number, place: number): FuzzInput {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ place)
  switch (target.form) {
    case 'text':
      return mutateText(random, target.seeds())
    case 'json':
      return mutateJson(random, target.seeds())
    case 'bytes':
      return mutateBytes(random, target.seeds())
  }
}

/** What is wrong with an input; undefined if nothing is. */
export async function tryInput(target: Target, input: FuzzInput): Promise<Error | undefined> {
  try {
    await (target.run as (input: FuzzInput) => void | Promise<void>)(input)
    return undefined
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Finding(`threw ${String(thrown)}`)
  }
}
