/** What an engine says to a case, in a form that can be compared. */
import { writeJson } from '../../src/value/json.js'
import type { RegoValue } from '../../src/value/value.js'
import type { DifferentialCase } from './case.js'

export type Answer =
  /** Canonical JSON: of the document, or of the sorted solutions of a query. `exact` tells sets from arrays too. */
  | { readonly kind: 'value'; readonly text: string; readonly exact?: string }
  | { readonly kind: 'undefined' }
  /** The evaluation ended with an error of this code. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  /** The query does not compile. */
  | { readonly kind: 'refused'; readonly codes: readonly string[]; readonly message: string }
  /** Not known: it took too long, or too much. */
  | { readonly kind: 'exhausted'; readonly message: string }

export type Verdict =
  | { readonly kind: 'refused'; readonly codes: readonly string[]; readonly message: string }
  | { readonly kind: 'exhausted'; readonly message: string }
  /** In the order of `questionsOf`. */
  | { readonly kind: 'answers'; readonly answers: readonly Answer[] }

/** A document, or the query, for one of the inputs. */
export interface Question {
  readonly input: string | null
  /** A path from `data` on; undefined stands for the query of the case. */
  readonly document: string | undefined
}

export function questionsOf(one: DifferentialCase): readonly Question[] {
  return one.inputs.flatMap((input) => [
    ...one.documents.map((document) => ({ input, document })),
    ...(one.query === undefined ? [] : [{ input, document: undefined }]),
  ])
}

/** An engine that answers cases. */
export interface Engine {
  answer(one: DifferentialCase): Promise<Verdict>
}

/** The solutions of a query as a set. */
export function solutionsText(solutions: readonly RegoValue[]): string {
  return `[${[...new Set(solutions.map(writeJson))].sort().join(',')}]`
}

/** One line for an answer or verdict. */
export function show(answer: Answer | Exclude<Verdict, { kind: 'answers' }> | undefined): string {
  switch (answer?.kind) {
    case 'value':
      return answer.text
    case 'error':
      return `${answer.code}: ${answer.message}`
    case 'refused':
      return `refused: ${answer.codes.join(', ')}: ${answer.message}`
    case 'exhausted':
      return `exhausted: ${answer.message}`
    default:
      return 'undefined'
  }
}
