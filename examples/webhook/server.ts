/**
 * The webhook's server: HTTPS, one path, bodies of bounded size. Whatever comes in, the answer is a review that refuses, or
 * an HTTP error; an API server takes both for a no.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Server, type ServerOptions, createServer } from 'node:https'
import { type AdmissionRequest, type Verdict, readReview, writeReview } from './admission-review.js'
import { type CheckOptions, checkPod } from './check-pod.js'
import { DocumentError } from './json.js'
import { PolicyCache } from './policy-cache.js'

export interface WebhookOptions extends CheckOptions {
  /** Certificate and key, and, to let in nobody but the API server, `ca`, `requestCert` and `rejectUnauthorized`. */
  readonly tls: ServerOptions
  /** Default `/validate`. */
  readonly path?: string
  /** Default 4 MiB: more than an API server takes for an object. */
  readonly maxBodyBytes?: number
}

/** An answer that is no review. */
class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** Creates the server; it does not listen yet. */
export function createWebhook(given: WebhookOptions): Server {
  const options = { policies: new PolicyCache(), ...given }
  const server = createServer(options.tls, (request, response) => {
    void answer(request, response, options)
  })
  server.requestTimeout = 10_000
  server.headersTimeout = 5_000
  return server
}

async function answer(request: IncomingMessage, response: ServerResponse, options: WebhookOptions): Promise<void> {
  const { path = '/validate', maxBodyBytes = 4 << 20 } = options
  try {
    const [asked] = (request.url ?? '').split('?')
    if (asked === '/healthz' && request.method === 'GET') return send(response, 200, 'text/plain', 'ok\n')
    if (asked !== path) throw new HttpError(404, `nothing here but ${path}`)
    if (request.method !== 'POST') throw new HttpError(405, 'reviews are posted')
    if (!/^application\/json(?:;|$)/i.test(request.headers['content-type'] ?? ''))
      throw new HttpError(415, 'a review is application/json')
    const review = asReview(await readBody(request, maxBodyBytes))
    const verdict = await judge(review, options)
    send(response, 200, 'application/json', JSON.stringify(writeReview(review.uid, verdict)))
  } catch (error) {
    const { status, message } = error instanceof HttpError ? error : new HttpError(500, 'the webhook failed')
    // What is left of a body that was not read must not be taken for the next request.
    response.setHeader('connection', 'close')
    send(response, status, 'text/plain', `${message}\n`)
  }
}

function asReview(body: string): AdmissionRequest {
  try {
    return readReview(body)
  } catch (error) {
    throw error instanceof DocumentError ? new HttpError(400, error.message) : error
  }
}

/** Pods that are created or changed are judged; of anything else nothing is known, and so it is refused. */
async function judge({ kind, operation, object }: AdmissionRequest, options: CheckOptions): Promise<Verdict> {
  const refuse = (message: string): Verdict => ({ allowed: false, code: 422, message, warnings: [] })
  if (kind !== 'v1/Pod') return refuse(`only pods are judged, not ${kind}`)
  if (operation !== 'CREATE' && operation !== 'UPDATE') return refuse(`only CREATE and UPDATE are judged, not ${operation}`)
  if (object.isAbsent) return refuse('the review has no object')
  return checkPod(object, options)
}

async function readBody(request: IncomingMessage, maxBodyBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes)
    throw new HttpError(413, `a body has at most ${maxBodyBytes} bytes`)
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBodyBytes) throw new HttpError(413, `a body has at most ${maxBodyBytes} bytes`)
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new HttpError(400, 'the body is not UTF-8')
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type })
  response.end(body)
}
