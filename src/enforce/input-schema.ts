/**
 * JSON Schemas of the hooks' inputs, after the guest's constants were filled in: the typed hooks validate against them.
 * Before, constants may be absent; these schemas ship with the package (`schemas/`).
 *
 * `strict` closes every object: an unknown member is then a fault instead of being ignored.
 */
import type { HookName } from './points.js'

type Schema = Readonly<Record<string, unknown>>

const text: Schema = { type: 'string' }
const flag: Schema = { type: 'boolean' }
const texts: Schema = { type: 'array', items: text }
const integer: Schema = { type: 'integer' }

function object(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  return { type: 'object', properties: { ...required, ...optional }, required: Object.keys(required) }
}

const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })

const idName = object({ id: text, name: text })
const capabilities = object({ bounding: texts, effective: texts, inheritable: texts, permitted: texts, ambient: texts })
const mount = object({ destination: text, source: text, type: text, options: nullable(texts) })
const device = object(
  { path: text },
  { type: text, major: integer, minor: integer, fileMode: integer, uid: integer, gid: integer },
)
const unmount = object({ unmountTarget: text })
const nothing = object({})

const registryValue = object(
  { Key: object({ Hive: text, Name: text }, { Volatile: flag }), Name: text, Type: text },
  { StringValue: text, DWordValue: integer, QWordValue: integer, BinaryValue: text, CustomType: integer },
)

const linuxProcess = {
  containerID: text,
  argList: texts,
  workingDir: text,
  noNewPrivileges: flag,
  user: idName,
  groups: { type: 'array', items: idName },
  umask: text,
  capabilities,
} as const
const windowsProcess = { containerID: text, argList: texts, workingDir: text, user: text } as const

/** Schemas that hold on both systems. */
const COMMON: Readonly<Record<Exclude<HookName, 'createContainer' | 'execInContainer'>, Schema>> = {
  mountDevice: object({ target: text, deviceHash: text, mountPathRegex: text }),
  rwMountDevice: object({ target: text, encrypted: flag, ensureFilesystem: flag, filesystem: text, mountPathRegex: text }),
  mountBlockdev: object({ target: text }),
  mountOverlay: object({ containerID: text, layerPaths: texts, target: text }),
  mountCims: object({ containerID: text, layerHashes: texts, mountedCim: texts }),
  registryChanges: object({ containerID: text, registryChanges: object({ AddValues: { type: 'array', items: registryValue } }) }),
  unmountDevice: unmount,
  rwUnmountDevice: unmount,
  unmountBlockdev: unmount,
  unmountOverlay: unmount,
  execExternal: object({ argList: nullable(texts), envList: texts, workingDir: text }),
  shutdownContainer: object({ containerID: text }),
  signalContainerProcess: object({
    containerID: text,
    signal: { type: ['integer', 'string'] },
    isInitProcess: flag,
    argList: texts,
  }),
  plan9Mount: object({ target: text, rootPrefix: text, mountPathPrefix: text }),
  plan9Unmount: unmount,
  getProperties: nothing,
  dumpStacks: nothing,
  runtimeLogging: nothing,
  loadFragment: object({
    issuer: text,
    feed: text,
    namespace: text,
    fragment_loaded: flag,
    has_header_svn: flag,
    header_svn: { type: ['integer', 'null'] },
    receipts: { type: 'array', items: object({ issuer: text, ttl_subjects: texts }) },
  }),
  scratchMount: object({ target: text, encrypted: flag }),
  scratchUnmount: unmount,
  logProvider: object({ providers: texts }),
  loadTransparencyTrustList: object({ issuer: text, subject: text, svn: integer, ledgers: texts }),
  hostNetwork: nothing,
}

/** The schema of each hook's input on an operating system. */
export const INPUT_SCHEMAS: Readonly<Record<'linux' | 'windows', Readonly<Record<HookName, Schema>>>> = {
  linux: {
    ...COMMON,
    createContainer: object({
      ...linuxProcess,
      envList: texts,
      sandboxDir: text,
      hugePagesDir: text,
      mounts: { type: 'array', items: mount },
      devices: { type: 'array', items: device },
      privileged: flag,
      seccompProfileSHA256: text,
      isSandboxContainer: flag,
    }),
    execInContainer: object({ ...linuxProcess, envList: nullable(texts) }),
  },
  windows: {
    ...COMMON,
    createContainer: object({ ...windowsProcess, envList: texts }),
    execInContainer: object({ ...windowsProcess, envList: nullable(texts) }),
  },
}

/** Members that `fill-input.ts` supplies where an agent does not. */
const FILLED_IN: Partial<Readonly<Record<HookName, readonly string[]>>> = {
  mountDevice: ['mountPathRegex'],
  rwMountDevice: ['mountPathRegex'],
  plan9Mount: ['rootPrefix', 'mountPathPrefix'],
  createContainer: ['sandboxDir', 'hugePagesDir', 'devices', 'umask', 'seccompProfileSHA256', 'isSandboxContainer'],
  execInContainer: ['umask'],
}

/** The schema of a hook's input as an agent gives it. */
export function hookInputSchema(hook: HookName, os: 'linux' | 'windows'): Schema {
  const schema = INPUT_SCHEMAS[os][hook]
  const filledIn = FILLED_IN[hook] ?? []
  const required = (schema.required as readonly string[]).filter((name) => !filledIn.includes(name))
  if (hook !== 'createContainer' || os === 'windows') return { ...schema, required }
  // The sandbox's directories are given, or derived from its ID.
  const properties = { ...(schema.properties as Readonly<Record<string, Schema>>), sandboxID: text }
  return { ...schema, properties, required, anyOf: [{ required: ['sandboxID'] }, { required: ['sandboxDir', 'hugePagesDir'] }] }
}

/** The same schema with every object closed. */
export function closeSchema(schema: Schema): Schema {
  const closed: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'properties')
      closed[name] = Object.fromEntries(
        Object.entries(value as Record<string, Schema>).map(([key, one]) => [key, closeSchema(one)]),
      )
    else if (name === 'items') closed[name] = closeSchema(value as Schema)
    else if (name === 'anyOf') closed[name] = (value as Schema[]).map(closeSchema)
    else closed[name] = value
  }
  return schema.type === 'object' ? { ...closed, additionalProperties: false } : closed
}
