/**
 * `npx tsx examples/agent/main.ts`: a guest agent runs a pod under its policy, and a host that plays foul gets nowhere.
 *
 * Everything is real but the isolation: layers are directories, and their hash is taken over every file; processes are
 * processes, with the working directory, the variables and the stdio that the decision leaves them.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PolicyDeniedError, createEnforcer } from 'cce-policy'
import { GuestAgent } from './agent.js'
import { PATH, makePod } from './pod.js'

const directory = await mkdtemp(join(tmpdir(), 'cce-agent-'))
try {
  await play()
} finally {
  await rm(directory, { recursive: true, force: true })
}

async function play(): Promise<void> {
  const pod = await makePod(join(directory, 'image'))
  const enforcer = await createEnforcer(pod.policy)
  say('policy', enforcer.policyDigest)
  const guest = join(directory, 'guest')
  await mkdir(guest)
  const agent = new GuestAgent(guest, enforcer)

  const tampered = join(directory, 'tampered')
  await cp(pod.layers[1] as string, tampered, { recursive: true })
  await writeFile(join(tampered, 'bin/serve'), '#!/bin/sh\necho gotcha\n')
  await attempt('mount a tampered layer', () => agent.mountLayer(tampered))

  const mounted: string[] = []
  for (const layer of pod.layers) await attempt('mount a layer', async () => mounted.push(await agent.mountLayer(layer)))
  const containerID = 'c'.repeat(64)
  await attempt('stack the layers upside down', () => agent.stackLayers(containerID, mounted))
  await attempt('stack the layers', () => agent.stackLayers(containerID, [...mounted].reverse()))

  const request = {
    containerID,
    sandboxID: '5'.repeat(64),
    argList: ['/bin/serve'],
    envList: [PATH, 'GREETING=good morning', 'LD_PRELOAD=/tmp/evil.so'],
    workingDir: '/srv',
    uid: 1000,
    mounts: [{ destination: '/data', source: 'sandbox:///shared' }],
  }
  await attempt('run a shell instead', () => agent.createContainer({ ...request, argList: ['/bin/sh'] }))
  await attempt('run as root', () => agent.createContainer({ ...request, uid: 0 }))
  await attempt('mount something else', () =>
    agent.createContainer({ ...request, mounts: [{ destination: '/data', source: '/etc' }] }),
  )
  const container = await attempt('create the container', () => agent.createContainer(request))

  await noteIn(join(guest, 'run/gcs/c', request.sandboxID, 'sandboxMounts/shared/note'))
  const health = await attempt('ask for its health', () => agent.exec({ ...request, argList: ['/bin/health'] }))
  say('', `  ${(await health?.ended)?.output.replaceAll(guest, '') ?? ''}`.trimEnd())
  await attempt('read its files', () => agent.exec({ ...request, argList: ['/bin/cat', '/etc/passwd'] }))
  await attempt('kill it with SIGKILL', () => agent.signal(containerID, 9))
  await attempt('stop it with SIGTERM', () => agent.signal(containerID, 15))

  const ended = await container?.ended
  say('ended', `by ${ended?.signal ?? 'itself'}; it wrote:`)
  for (const line of ended?.output
    .trimEnd()
    .split('\n')
    .filter((one) => !/^(?:PWD|OLDPWD|SHLVL|_)=/.test(one)) ?? [])
    say('', `  ${line}`)
  await attempt('remove it', () => agent.remove(containerID))
  for (const target of mounted) await attempt('unmount a layer', () => agent.unmountLayer(target))
  enforcer.close()
}

/** One request of the host, and what became of it. */
async function attempt<Result>(what: string, action: () => Promise<Result> | Result): Promise<Result | undefined> {
  try {
    const result = await action()
    say('allowed', what)
    return result
  } catch (error) {
    if (!(error instanceof PolicyDeniedError)) throw error
    say('refused', what)
    for (const line of error.decision.reason.explanation.lines) say('', `  ${line}`)
    return undefined
  }
}

/** Waits until the container has left its note. */
async function noteIn(path: string): Promise<void> {
  const isThere = (): Promise<boolean> =>
    readFile(path, 'utf8').then(
      (note) => note !== '',
      () => false,
    )
  for (const start = Date.now(); !(await isThere());) {
    if (Date.now() - start > 10_000) throw new Error('the container does not come up')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function say(head: string, text: string): void {
  console.log(`${head.padEnd(8)} ${text}`)
}
