/** Whether the cost of a call grows with the containers of the policy, or with those that run already. */
import { createEnforcer } from 'cce-policy'
import { bigPolicy, layerHash } from './big-policy.js'
import { microseconds, micro, printRows } from './support.js'

const NO_CAPABILITIES = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] }
const USER = { id: '0', name: 'root' }

export async function benchScaling(): Promise<void> {
  console.log('Cost of a call as containers grow (µs; every container declared by the policy also runs)')
  const rows: string[][] = []
  for (const count of [1, 10, 100, 1000]) {
    const enforcer = await createEnforcer(bigPolicy(count, 4, 6))
    for (let place = 0; place < count; place++) start(enforcer, place)
    const last = count - 1
    const fresh = 'f'.repeat(64)
    const process = { argList: ['/usr/bin/service', '--health'], envList: [`VARIABLE_1=value ${last}`], workingDir: '/', noNewPrivileges: false, user: USER, groups: [USER], capabilities: NO_CAPABILITIES }
    const calls: Readonly<Record<string, () => { readonly allowed: boolean }>> = {
      mountDevice: () => enforcer.mountDevice({ target: '/run/mounts/scsi/m9999999', deviceHash: layerHash(last, 3) }),
      mountOverlay: () => enforcer.mountOverlay({ containerID: fresh, layerPaths: layerPaths(last), target: `/run/gcs/c/${fresh}/rootfs` }),
      createContainer: () => {
        enforcer.mountOverlay({ containerID: fresh, layerPaths: layerPaths(last), target: `/run/gcs/c/${fresh}/rootfs` })
        return enforcer.createContainer({ ...process, argList: ['/usr/bin/service', `--index=${last}`], containerID: fresh, sandboxID: fresh, mounts: [], privileged: false })
      },
      execInContainer: () => enforcer.execInContainer({ ...process, containerID: id(last) }),
      signalContainerProcess: () => enforcer.signalContainerProcess({ containerID: id(last), signal: 15, isInitProcess: true, argList: [] }),
      shutdownContainer: () => enforcer.shutdownContainer({ containerID: id(last) }),
      plan9Mount: () => enforcer.plan9Mount({ target: `/run/gcs/c/${id(last)}/mounts/m1` }),
    }
    const cells = Object.values(calls).map((call) => {
      if (!undone(enforcer, call).allowed) throw new Error('a call that should be allowed is denied')
      return micro(microseconds(() => undone(enforcer, call)))
    })
    if (rows.length === 0) rows.push(['containers', ...Object.keys(calls)])
    rows.push([String(count), ...cells])
  }
  const [header = [], ...body] = rows
  printRows(header, body)
  console.log('createContainer includes the mountOverlay it needs\n')
}

type SomeEnforcer = Awaited<ReturnType<typeof createEnforcer>>

function start(enforcer: SomeEnforcer, place: number): void {
  for (let layer = 0; layer < 4; layer++) enforcer.mountDevice({ target: layerPath(place, layer), deviceHash: layerHash(place, layer) })
  const containerID = id(place)
  enforcer.mountOverlay({ containerID, layerPaths: layerPaths(place), target: `/run/gcs/c/${containerID}/rootfs` })
  const decision = enforcer.createContainer({
    containerID,
    sandboxID: id(0),
    argList: ['/usr/bin/service', `--index=${place}`],
    envList: [],
    workingDir: '/',
    mounts: [],
    privileged: false,
    noNewPrivileges: false,
    user: USER,
    groups: [USER],
    capabilities: NO_CAPABILITIES,
  })
  if (!decision.allowed) throw new Error(decision.reason.message)
}

function undone(enforcer: SomeEnforcer, call: () => { readonly allowed: boolean }): { readonly allowed: boolean } {
  enforcer.begin()
  const decision = call()
  enforcer.rollback()
  return decision
}

function id(place: number): string {
  return place.toString(16).padStart(64, '0')
}

function layerPath(place: number, layer: number): string {
  return `/run/mounts/scsi/m${place * 4 + layer}`
}

function layerPaths(place: number): readonly string[] {
  return [3, 2, 1, 0].map((layer) => layerPath(place, layer))
}
