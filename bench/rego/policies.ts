/** Small policies, each with a question that leans on one trait of the language. */

export interface BenchPolicy {
  readonly name: string
  readonly text: string
  /** The document asked for, as an entrypoint. */
  readonly entrypoint: string
  readonly input: unknown
  readonly data?: Readonly<Record<string, unknown>>
}

const range = <Item>(count: number, item: (place: number) => Item): readonly Item[] => Array.from({ length: count }, (_none, place) => item(place))

export const BENCH_POLICIES: readonly BenchPolicy[] = [
  {
    name: 'roles (RBAC)',
    entrypoint: 'bench/allow',
    text: `package bench
default allow := false
allow if {
  some role in data.users[input.user]
  some grant in data.grants[role]
  grant.action == input.action
  grant.type == input.type
}`,
    input: { user: 'user-17', action: 'write', type: 'report' },
    data: {
      users: Object.fromEntries(range(50, (user) => [`user-${user}`, ['viewer', 'editor']])),
      grants: {
        viewer: range(10, (place) => ({ action: 'read', type: `type-${place}` })),
        editor: [...range(10, (place) => ({ action: 'write', type: `type-${place}` })), { action: 'write', type: 'report' }],
      },
    },
  },
  {
    name: 'attributes, comprehensions (ABAC)',
    entrypoint: 'bench/allow',
    text: `package bench
default allow := false
allow if {
  labels := {label | some label in input.resource.labels; not startswith(label, "internal/")}
  missing := labels - {label | some grant in input.user.clearances; label := grant.label; grant.level >= input.resource.level}
  count(missing) == 0
  input.user.region == input.resource.region
}`,
    input: {
      user: { region: 'eu', clearances: range(20, (place) => ({ label: `label-${place}`, level: 3 + (place % 3) })) },
      resource: { region: 'eu', level: 3, labels: range(12, (place) => (place % 4 === 3 ? `internal/${place}` : `label-${place}`)) },
    },
  },
  {
    name: 'membership in a set of 2000',
    entrypoint: 'bench/denied',
    text: `package bench
blocked := {${range(2000, (place) => `"host-${place}.example.com"`).join(', ')}}
denied contains host if {
  some host in input.hosts
  host in blocked
}`,
    input: { hosts: range(40, (place) => `host-${place * 100}.example.com`) },
  },
  {
    name: 'nested iteration (40 x 40)',
    entrypoint: 'bench/clashes',
    text: `package bench
clashes contains [a.name, b.name] if {
  some a in input.services
  some b in input.services
  a.port == b.port
  a.name < b.name
}`,
    input: { services: range(40, (place) => ({ name: `service-${place}`, port: 8000 + (place % 30) })) },
  },
  {
    name: 'strings built and split',
    entrypoint: 'bench/paths',
    text: `package bench
paths := [path |
  some url in input.urls
  parts := split(trim_prefix(url, "https://"), "/")
  path := concat(".", array.concat(["root"], [lower(part) | some part in parts; part != ""]))
  not contains(path, "..")
]
message := sprintf("%d paths, first %s", [count(paths), paths[0]])`,
    input: { urls: range(25, (place) => `https://registry.example.com/Team-${place}/image/v${place}`) },
  },
  {
    name: 'graph.reachable (200 nodes)',
    entrypoint: 'bench/reached',
    text: `package bench
uses[name] := edges if {
  some name, node in input.nodes
  edges := node.uses
}
reached := graph.reachable(uses, {"node-0"})`,
    input: { nodes: Object.fromEntries(range(200, (place) => [`node-${place}`, { uses: [`node-${(place * 7 + 3) % 200}`, `node-${(place * 3 + 1) % 200}`] }])) },
  },
  {
    name: 'json.filter, object functions',
    entrypoint: 'bench/view',
    text: `package bench
view := object.union(json.filter(input.document, ["metadata/name", "metadata/labels", "spec/containers"]), {"seen": true})
`,
    input: {
      document: {
        metadata: { name: 'pod', labels: { app: 'web', tier: 'front' }, annotations: Object.fromEntries(range(20, (place) => [`note-${place}`, 'x'.repeat(40)])) },
        spec: { containers: range(5, (place) => ({ name: `c${place}`, image: `image:${place}` })), volumes: range(10, (place) => ({ name: `v${place}` })) },
      },
    },
  },
  {
    name: 'partial objects, grouped',
    entrypoint: 'bench/summary',
    text: `package bench
by_owner[owner][name] := size if {
  some item in input.items
  owner := item.owner
  name := item.name
  size := item.size
}
summary[owner] := {"count": count(items), "bytes": sum([size | some size in items])} if some owner, items in by_owner`,
    input: { items: range(60, (place) => ({ owner: `owner-${place % 6}`, name: `item-${place}`, size: place * 17 })) },
  },
  {
    name: 'with (mocked input, 20 times)',
    entrypoint: 'bench/verdicts',
    text: `package bench
allowed if {
  input.request.level <= data.limits[input.request.kind]
  input.request.kind != "forbidden"
}
verdicts := [verdict |
  some request in input.requests
  verdict := {"id": request.id, "ok": is_allowed(request)}
]
is_allowed(request) if allowed with input.request as request
else := false`,
    input: { requests: range(20, (place) => ({ id: place, kind: place % 2 === 0 ? 'small' : 'large', level: place })) },
    data: { limits: { small: 5, large: 15 } },
  },
  {
    name: 'functions called again with equal arguments',
    entrypoint: 'bench/total',
    text: `package bench
weight(kind) := sum([part | some rate in data.rates; rate.kind == kind; some factor in [1, 2, 3]; part := rate.value * factor])
total := sum([weight(item.kind) | some item in input.items])`,
    input: { items: range(100, (place) => ({ kind: `kind-${place % 5}` })) },
    data: { rates: range(50, (place) => ({ kind: `kind-${place % 5}`, value: place })) },
  },
  ...[100, 1000].map((count) => ({
    name: `${count} rules told apart by input`,
    entrypoint: 'bench/allow',
    text: `package bench
default allow := false
${range(count, (place) => `allow if {
  input.service == "service-${place}"
  input.method in ["GET", "HEAD"]
  startswith(input.path, "/v${place}/")
}`).join('\n')}`,
    input: { service: `service-${count - 2}`, method: 'GET', path: `/v${count - 2}/items` },
  })),
  {
    name: '300 function rules told apart by argument',
    entrypoint: 'bench/prices',
    text: `package bench
${range(300, (place) => `price("item-${place}", amount) := amount * ${place + 1}`).join('\n')}
prices := [price(line.item, line.amount) | some line in input.lines]`,
    input: { lines: range(20, (place) => ({ item: `item-${place * 14}`, amount: place + 1 })) },
  },
  {
    name: '300 messages told apart by input',
    entrypoint: 'bench/deny',
    text: `package bench
${range(300, (place) => `deny contains msg if {
  input.kind == "Kind${place}"
  some container in input.containers
  not container.limits
  msg := sprintf("%s in ${place} has no limits", [container.name])
}`).join('\n')}`,
    input: { kind: 'Kind255', containers: range(5, (place) => ({ name: `c${place}` })) },
  },
  {
    name: 'arithmetic',
    entrypoint: 'bench/result',
    text: `package bench
squares := [square | some n in numbers.range(1, 200); square := n * n]
result := {"sum": sum(squares), "mean": sum(squares) / count(squares), "odd": count([n | some n in squares; n % 2 == 1]), "scaled": [round(n * 0.75) | some n in squares; n > input.above]}`,
    input: { above: 30000 },
  },
  {
    name: 'one object of 500 by its key field',
    entrypoint: 'bench/found',
    text: `package bench
found := [account.owner | some id in input.ids; some account in data.accounts; account.id == id]`,
    input: { ids: ['account-3', 'account-250', 'account-499'] },
    data: { accounts: range(500, (place) => ({ id: `account-${place}`, owner: `owner-${place}` })) },
  },
  {
    name: 'every and not over input',
    entrypoint: 'bench/valid',
    text: `package bench
default valid := false
valid if {
  every container in input.containers {
    some registry in data.registries
    startswith(container.image, registry)
    not container.privileged
    every mount in container.mounts { mount.readonly == true }
  }
}`,
    input: { containers: range(15, (place) => ({ image: `registry-${place % 3}.example.com/app`, mounts: range(4, () => ({ readonly: true })) })) },
    data: { registries: range(5, (place) => `registry-${place}.example.com/`) },
  },
]
