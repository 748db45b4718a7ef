import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parsePolicy } from '../../src/cce/parse.js'
import { OPEN_DOOR_TEXT, policyToRego } from '../../src/cce/render.js'
import { findFiles } from './shared-files.js'

test('a structured policy, line by line', () => {
  const policy = parsePolicy({
    fragments: [
      { issuer: 'did:x509:i', feed: 'f', minimum_svn: '1', includes: ['containers', 'fragments'] },
      {
        issuer: 'i',
        feed: 'g',
        minimum_svn: 2,
        includes: [],
        parameters: { b: [1, { z: 1, a: null }], '10': 1, '9': '<' },
        required_receipts: ['*'],
      },
    ],
    containers: [
      {
        command: ['/app', '--x=<y>'],
        env_rules: [
          { pattern: 'A=1', strategy: 'string', required: true },
          { name: 'B.+', name_strategy: 're2', value: '.*', value_strategy: 're2' },
        ],
        layers: ['base', 'top'],
        mounts: [{ destination: '/d', source: 'sandbox:///.+', type: 'bind', options: ['rbind', 'rw'] }],
        exec_processes: [{ command: ['sh'], signals: [9] }],
        signals: [15],
        user: { user_idname: { pattern: '', strategy: 'any' }, group_idnames: [{ pattern: '0', strategy: 'id' }], umask: '0022' },
        capabilities: { bounding: ['CAP_KILL'] },
        allow_elevated: false,
        working_dir: '/',
        allow_stdio_access: true,
        no_new_privileges: false,
      },
    ],
    external_processes: [{ command: ['df'], working_dir: '/' }],
    allow_properties_access: true,
  })
  expect(policyToRego(policy)).toBe(`package policy

api_version := "0.12.0"
framework_version := "0.5.0"

fragments := [
    {"issuer":"did:x509:i","feed":"f","minimum_svn":"1","includes":["containers","fragments"]},
    {"issuer":"i","feed":"g","minimum_svn":"2","includes":[],"parameters":{"10":1,"9":"\\u003c","b":[1,{"a":null,"z":1}]},"required_receipts":["*"]},
]
containers := [
    {
        "command": ["/app","--x=\\u003cy\\u003e"],
        "env_rules": [{"pattern":"A=1","strategy":"string","required":true},{"name":"B.+","name_strategy":"re2","value":".*","value_strategy":"re2","required":false}],
        "layers": ["base","top"],
        "mounts": [{"destination":"/d","options":["rbind","rw"],"source":"sandbox:///.+","type":"bind"}],
        "exec_processes": [{"command":["sh"],"signals":[9]}],
        "signals": [15],
        "user": {
            "user_idname": {"pattern":"","strategy":"any"},
            "group_idnames": [{"pattern":"0","strategy":"id"}],
            "umask": "0022"
        },
        "capabilities": {
            "bounding": ["CAP_KILL"],
            "effective": [],
            "inheritable": [],
            "permitted": [],
            "ambient": [],
        },
        "seccomp_profile_sha256": "",
        "allow_elevated": false,
        "working_dir": "/",
        "allow_stdio_access": true,
        "no_new_privileges": false,
    },
]
external_processes := [
    {"command":["df"],"env_rules":[],"working_dir":"/","allow_stdio_access":false},
]
allow_properties_access := true
allow_dump_stacks := false
allow_runtime_logging := false
allow_host_network := false
allow_environment_variable_dropping := false
allow_unencrypted_scratch := false
allow_capability_dropping := false
allow_log_provider_dropping := false


mount_device := data.framework.mount_device
rw_mount_device := data.framework.rw_mount_device
mount_blockdev := data.framework.mount_blockdev
unmount_device := data.framework.unmount_device
rw_unmount_device := data.framework.rw_unmount_device
unmount_blockdev := data.framework.unmount_blockdev
mount_overlay := data.framework.mount_overlay
unmount_overlay := data.framework.unmount_overlay
mount_cims:= data.framework.mount_cims
registry_changes := data.framework.registry_changes
create_container := data.framework.create_container
exec_in_container := data.framework.exec_in_container
exec_external := data.framework.exec_external
shutdown_container := data.framework.shutdown_container
signal_container_process := data.framework.signal_container_process
plan9_mount := data.framework.plan9_mount
plan9_unmount := data.framework.plan9_unmount
get_properties := data.framework.get_properties
dump_stacks := data.framework.dump_stacks
runtime_logging := data.framework.runtime_logging
load_fragment := data.framework.load_fragment
scratch_mount := data.framework.scratch_mount
scratch_unmount := data.framework.scratch_unmount
log_provider := data.framework.log_provider
load_transparency_trust_list := data.framework.load_transparency_trust_list
host_network := data.framework.host_network
reason := data.framework.reason
`)
})

test('a Windows container has its own order of fields', () => {
  const rego = policyToRego(
    parsePolicy({
      containers: [
        {
          command: ['app.exe'],
          layers: ['base'],
          mounted_cim: ['cim'],
          exec_processes: [{ command: ['cmd'], signals: ['CtrlC'] }],
          signals: ['CtrlC'],
          user: 'ContainerUser',
          working_dir: 'C:\\',
          allow_stdio_access: true,
        },
      ],
      allowed_log_providers: ['p'],
    }),
  )
  expect(rego).toContain(`containers := [
    {
        "command": ["app.exe"],
        "env_rules": [],
        "layers": ["base"],
        "mounted_cim": ["cim"],
        "exec_processes": [{"command":["cmd"],"signals":["CtrlC"]}],
        "signals": ["CtrlC"],
        "user": "ContainerUser",
        "working_dir": "C:\\\\",
        "allow_stdio_access": true,
    },
]
allowed_log_providers := [
    "p",
]
allow_properties_access := false
`)
})

test('a Windows container, with registry values behind what the reference writes', () => {
  const container = {
    command: ['app.exe'],
    layers: ['l0'],
    mounted_cim: ['cim'],
    user: 'ContainerUser',
    working_dir: 'C:\\',
    registry_changes: { add_values: [{ type: 'String', name: '<n>', key: { name: 'k', hive: 'System' }, string_value: 'v' }] },
  }
  const policy = parsePolicy({ containers: [container] })
  const text = policyToRego(policy)
  expect(text).toContain(`containers := [
    {
        "command": ["app.exe"],
        "env_rules": [],
        "layers": ["l0"],
        "mounted_cim": ["cim"],
        "exec_processes": [],
        "signals": [],
        "user": "ContainerUser",
        "working_dir": "C:\\\\",
        "allow_stdio_access": false,
        "registry_changes": {"add_values":[{"key":{"hive":"System","name":"k"},"name":"\\u003cn\\u003e","string_value":"v","type":"String"}]},
    },
]
`)
  expect(parsePolicy(text)).toEqual(policy)
  expect(() => parsePolicy({ containers: [{ ...container, registry_changes: { add_values: 5 } }] })).toThrow(
    '/containers/0/registry_changes/add_values: expected array',
  )
})

test('the policy that allows everything', () => {
  expect(policyToRego(parsePolicy({ allow_all: true }))).toBe(OPEN_DOOR_TEXT)
  expect(OPEN_DOOR_TEXT.split('\n').slice(0, 10)).toEqual([
    'package policy',
    '',
    'api_version := "0.12.0"',
    '',
    'mount_device := {"allowed": true}',
    'rw_mount_device := {"allowed": true}',
    'mount_blockdev := {"allowed": true}',
    'mount_overlay := {"allowed": true}',
    'create_container := {"allowed": true, "env_list": null, "allow_stdio_access": true}',
    'mount_cims := {"allowed": true}',
  ])
  expect(OPEN_DOOR_TEXT.match(/"allowed": true/g)).toHaveLength(26)
  expect(parsePolicy(OPEN_DOOR_TEXT)).toEqual({ kind: 'open_door' })
})

test('Rego is not touched', () => {
  const text = 'package policy\n\n# mine\napi_version := "0.12.0"\n\n\n'
  expect(policyToRego(parsePolicy(text))).toBe(text)
})

test('what is no valid policy has no text', () => {
  const broken = { ...parsePolicy({}), allow_dump_stacks: 'true\nx := 1' }
  expect(() => policyToRego(broken as never)).toThrow('/allow_dump_stacks: expected boolean')
})

const recorded = findFiles('vectors/cce', /^random-.*\.json$/)

test.skipIf(recorded.length === 0)('texts of the reference marshaller come back to the byte (skipped without ../shared)', () => {
  for (const file of recorded) {
    const { policy: text } = JSON.parse(readFileSync(file, 'utf8')) as { policy: string }
    const policy = parsePolicy(text)
    expect(policy.kind, file).toBe('structured')
    expect(policyToRego(policy), file).toBe(text)
  }
})
