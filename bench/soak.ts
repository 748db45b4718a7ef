/**
 * `npm run soak [-- <cycles>]`: a pod's containers created, entered and shut down over and over; the policy's memory must not
 * grow beyond what it was after the first thousand.
 *
 * In the reference's state a container ID counts as started for ever, so a state that is only added to does grow, by one
 * small entry for each container. Two ways of going on for ever without that are run in turn:
 * - sections: each cycle creates, enters and stops a container through the framework, and is then rolled back, so that the
 *   same ID may be used again;
 * - a pool: a policy with rules of its own takes a container's entries out again when it is shut down, and IDs rotate, so
 *   that the tables grow and shrink without any roll-back.
 */
import { type Enforcer, createEnforcer } from 'cce-policy'
import { bigPolicy, layerHash } from './big-policy.js'

const SETTLED = 1000
const POOL = 64
const CONTAINERS = 10
const cycles = Number(process.argv[2] ?? 1_000_000)

const NO_CAPABILITIES = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] }
const USER = { id: '0', name: 'root' }

const POOL_POLICY = `package policy

api_version := "0.12.0"

framework_version := "0.5.0"

create_container := {"allowed": true, "metadata": [
	{"name": "running", "action": "add", "key": input.containerID, "value": {"env": input.envList, "left": 0}},
	{"name": "recent", "type": "set", "action": "add", "value": input.containerID},
]} if not data.metadata.running[input.containerID]

exec_in_container := {"allowed": true, "metadata": [
	{"name": "running", "action": "update", "key": input.containerID, "value": {"env": input.envList, "left": count(input.argList)}},
]} if data.metadata.running[input.containerID]

shutdown_container := {"allowed": true, "metadata": [
	{"name": "running", "action": "remove", "key": input.containerID},
	{"name": "recent", "type": "set", "action": "remove", "value": input.containerID},
]} if data.metadata.running[input.containerID]
`

await soak('sections', await enforcerOfPod(), cycleInSection)
await soak('pool', await createEnforcer(POOL_POLICY), cycleInPool)

async function soak(name: string, enforcer: Enforcer, cycle: (enforcer: Enforcer, turn: number) => void): Promise<void> {
  let settled = 0
  const start = performance.now()
  for (let turn = 1; turn <= cycles; turn++) {
    cycle(enforcer, turn)
    if (turn === SETTLED) settled = enforcer.memoryBytes
    if (turn === SETTLED || turn % (cycles / 5) === 0) {
      const perCycle = ((performance.now() - start) * 1000) / turn
      const heap = (process.memoryUsage().heapUsed / 2 ** 20).toFixed(0)
      console.log(
        `${name}: ${turn} cycles, policy ${enforcer.memoryBytes} bytes, JavaScript ${heap} MiB, ${perCycle.toFixed(0)} µs each`,
      )
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
  }
  if (enforcer.memoryBytes > settled) {
    console.log(`${name}: grew from ${settled} to ${enforcer.memoryBytes} bytes`)
    process.exitCode = 1
  }
}

/** Mounts the root of each declared container. */
async function enforcerOfPod(): Promise<Enforcer> {
  const enforcer = await createEnforcer(bigPolicy(CONTAINERS, 4, 6))
  for (let place = 0; place < CONTAINERS; place++) {
    const layer = (at: number): string => `/run/mounts/scsi/m${place * 4 + at}`
    for (let at = 0; at < 4; at++) mustAllow(enforcer.mountDevice({ target: layer(at), deviceHash: layerHash(place, at) }))
    const target = `/run/gcs/c/${id(place)}/rootfs`
    mustAllow(enforcer.mountOverlay({ containerID: id(place), layerPaths: [3, 2, 1, 0].map(layer), target }))
  }
  return enforcer
}

function cycleInSection(enforcer: Enforcer, turn: number): void {
  const place = turn % CONTAINERS
  const containerID = id(place)
  enforcer.begin()
  mustAllow(
    enforcer.createContainer({
      ...processOf(containerID, ['/usr/bin/service', `--index=${place}`], place),
      sandboxID: containerID,
      mounts: [],
      privileged: false,
    }),
  )
  mustAllow(enforcer.execInContainer(processOf(containerID, ['/usr/bin/service', '--health'], place)))
  mustAllow(enforcer.shutdownContainer({ containerID }))
  enforcer.rollback()
}

function cycleInPool(enforcer: Enforcer, turn: number): void {
  // The oldest of the pool makes room for the next.
  if (turn > POOL) mustAllow(enforcer.shutdownContainer({ containerID: id(turn - POOL) }))
  const containerID = id(turn)
  mustAllow(
    enforcer.createContainer({ ...processOf(containerID, ['a'], turn), sandboxID: containerID, mounts: [], privileged: false }),
  )
  mustAllow(enforcer.execInContainer(processOf(containerID, ['a', 'b'], turn)))
}

function processOf(containerID: string, argList: readonly string[], place: number) {
  return {
    containerID,
    argList,
    envList: [`VARIABLE_1=value ${place}`],
    workingDir: '/',
    noNewPrivileges: false,
    user: USER,
    groups: [USER],
    capabilities: NO_CAPABILITIES,
  }
}

function mustAllow(decision: ReturnType<Enforcer['shutdownContainer']>): void {
  if (!decision.allowed) throw new Error(decision.reason.message)
}

function id(turn: number): string {
  return turn.toString(16).padStart(64, '0')
}
