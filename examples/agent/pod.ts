/** A small pod: two layers, made on the spot, and the policy that its author writes for them. */
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type CcePolicy, parsePolicy } from 'cce-policy'
import { hashTree } from './tree-hash.js'

export const PATH = 'PATH=/usr/bin:/bin'

const BASE = {
  'etc/passwd': 'root:x:0:0::/:/bin/sh\napp:x:1000:1000::/srv:/bin/sh\n',
  'etc/motd': 'hello from the base layer\n',
  'srv/notes': 'nothing yet\n',
}

const APP = {
  // Says what it was given, leaves a note where the pod shares files, and waits to be stopped.
  'bin/serve':
    '#!/bin/sh\ncat ../etc/motd\nenv | sort\necho "served by $0" > ../data/note\nwhile :; do sleep 1 & wait $!; done\n',
  'bin/health': '#!/bin/sh\nexec cat ../data/note\n',
  'data/.keep': '',
}

export interface Pod {
  /** Directories of the layers, base first. */
  readonly layers: readonly string[]
  readonly policy: CcePolicy
}

/** Writes the layers below `directory`, and the policy that allows one container of them. */
export async function makePod(directory: string): Promise<Pod> {
  const layers = [await writeLayer(join(directory, 'base'), BASE), await writeLayer(join(directory, 'app'), APP)]
  const hashes = await Promise.all(layers.map(hashTree))
  return { layers, policy: policyFor(hashes) }
}

/** Writes files; those in `bin` can be run. @returns the directory */
export async function writeLayer(directory: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    await chmod(path, name.startsWith('bin/') ? 0o755 : 0o644)
    await chmod(dirname(path), 0o755)
  }
  return directory
}

function policyFor(layers: readonly string[]): CcePolicy {
  return parsePolicy({
    containers: [
      {
        command: ['/bin/serve'],
        env_rules: [
          { pattern: PATH, strategy: 'string', required: true },
          { pattern: 'GREETING=.*', strategy: 're2' },
        ],
        layers,
        mounts: [{ destination: '/data', source: 'sandbox:///shared', type: 'bind', options: ['rbind', 'rshared', 'rw'] }],
        exec_processes: [{ command: ['/bin/health'], signals: [] }],
        signals: [15],
        user: {
          user_idname: { pattern: 'app', strategy: 'name' },
          group_idnames: [{ pattern: 'app', strategy: 'name' }],
          umask: '0022',
        },
        capabilities: {},
        working_dir: '/srv',
        allow_stdio_access: true,
      },
    ],
    allow_environment_variable_dropping: true,
  })
}
