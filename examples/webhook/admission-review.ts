/** The protocol: `AdmissionReview` of `admission.k8s.io/v1`, in and out. */
import { DocumentError, Field, type Json } from './json.js'

export interface AdmissionRequest {
  /** Comes back in the response. */
  readonly uid: string
  /** `Pod`, with its group and version: `v1/Pod`. */
  readonly kind: string
  readonly operation: string
  /** What is to be created, or what it is to become. */
  readonly object: Field
}

export interface Verdict {
  readonly allowed: boolean
  /** An HTTP status: 200, 403 where the policy refuses, 422 where the object cannot be judged, 500 if we failed. */
  readonly code: number
  readonly message: string
  /** Shown to whoever asked, also where the object is allowed. */
  readonly warnings: readonly string[]
}

/** Reads a review. @throws DocumentError if it is none */
export function readReview(text: string): AdmissionRequest {
  const review = new Field(parseJson(text), 'review')
  const [apiVersion, kind] = [review.member('apiVersion').text(), review.member('kind').text()]
  if (apiVersion !== 'admission.k8s.io/v1' || kind !== 'AdmissionReview') {
    throw new DocumentError(`expected an AdmissionReview of admission.k8s.io/v1, found ${kind} of ${apiVersion}`)
  }
  const request = review.member('request')
  const uid = request.member('uid').text()
  if (uid === '') throw new DocumentError('review.request.uid: expected text, found none')
  const { group, version, kind: objectKind } = request.member('kind').members()
  return {
    uid,
    kind: [group, version, objectKind].filter((part) => typeof part === 'string' && part !== '').join('/'),
    operation: request.member('operation').text(),
    object: new Field(request.member('object').value, 'pod'),
  }
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new DocumentError(`the body is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** How much of a warning, and how many of them, an API server passes on. */
const WARNING_LENGTH = 256
const WARNINGS = 10

/** The review that answers a request. */
export function writeReview(uid: string, { allowed, code, message, warnings }: Verdict): object {
  const shown = warnings
    .slice(0, WARNINGS)
    .map((one) => (one.length <= WARNING_LENGTH ? one : `${one.slice(0, WARNING_LENGTH - 1)}…`))
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: { uid, allowed, status: { code, message }, ...(shown.length === 0 ? {} : { warnings: shown }) },
  }
}
