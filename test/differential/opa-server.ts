/**
 * A process `opa run --server`: a policy goes in, answers come out, at a few milliseconds each.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** What a request came to: the status and the text of the body. */
export interface Reply {
  readonly status: number
  readonly body: string
}

const REQUEST_MS = 20_000
const START_MS = 20_000

export class OpaServer {
  private constructor(
    readonly process: ChildProcess,
    readonly base: string,
  ) {}

  /** `files` are loaded from the start, all together. */
  static async start(binary: string, version: 'v0' | 'v1', files: readonly string[] = []): Promise<OpaServer> {
    const port = await freePort()
    const flags = ['run', '--server', '--addr', `127.0.0.1:${port}`, '--log-level', 'error', '--skip-version-check']
    const child = spawn(binary, [...flags, ...(version === 'v0' ? ['--v0-compatible'] : []), ...files], {
      stdio: 'ignore',
      env: { ...process.env, GOMAXPROCS: '1', GOMEMLIMIT: '512MiB' },
    })
    const server = new OpaServer(child, `http://127.0.0.1:${port}`)
    process.once('exit', () => server.stop())
    await server.#isReady()
    return server
  }

  /** Throws where there is no answer in time. */
  async request(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: string): Promise<Reply> {
    const response = await fetch(this.base + path, {
      method,
      signal: AbortSignal.timeout(REQUEST_MS),
      ...(body === undefined ? {} : { body, headers: { 'content-type': path.startsWith('/v1/policies') ? 'text/plain' : 'application/json' } }),
    })
    return { status: response.status, body: await response.text() }
  }

  stop(): void {
    this.process.kill('SIGKILL')
  }

  async #isReady(): Promise<void> {
    const end = Date.now() + START_MS
    while (Date.now() < end) {
      try {
        if ((await this.request('GET', '/health')).status === 200) return
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    this.stop()
    throw new Error('`opa run --server` does not answer')
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('there is no free port')
  return address.port
}
