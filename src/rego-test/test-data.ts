/** Base documents of tests. */
import { RegoObject } from '../value/value.js'

/**
 * Documents as JSON text, and as a value for who looks into them: either may be made when it is first asked for. A value
 * takes many times the room of its text, and tests that pass have no use for it.
 */
export interface TestData {
  readonly dataText: string
  readonly data: RegoObject
}

export const NO_DATA: TestData = { dataText: '{}', data: RegoObject.of([]) }
