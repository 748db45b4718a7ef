/**
 * Random calls of builtins: arguments of the declared types, mostly, and for texts in a format of their own some that are
 * well formed, some that nearly are.
 */
import type { BuiltinRow, TypeDecl } from '../../../src/builtins/signature.js'
import { BUILTINS } from '../../../src/builtins/table.js'
import { ALL_KINDS, type Kind } from './kinds.js'
import type { Scope } from './scope.js'
import { quote } from './vocabulary.js'

/** Texts by format. */
const POOLS = {
  small: ['0', '1', '2', '3', '-1', '5', '10', '1.0', '64', '0.5', '-2'],
  base: ['2', '8', '10', '16', '3', '36'],
  pattern: ['a', '^a+$', '[a-c]x?', '(a)(b)?', '(?i)A', '\\d+', '.*', '', '(', 'é', 'a|b', '^$', '\\bx', '[[:alpha:]]', 'x{2,3}', '(?P<n>a)'].map(quote),
  glob: ['a*', '*.b', '**', '{a,b}', '[a-c]', 'a?', '', '*', 'a.b', '[!a]', '\\*'].map(quote),
  delimiters: ['null', '[]', '["."]', '["/", "."]', '[":"]'],
  semver: ['1.2.3', '1.2.3-alpha.1', '1.2.3+b', '0.0.0', '1.2', 'v1.2.3', '10.20.30-rc.1+5', '1.2.3-alpha.beta', ''].map(quote),
  cidr: ['10.0.0.0/30', '10.0.0.1', '192.168.1.0/29', '::1/128', '2001:db8::/126', '10.0.0.0/33', 'a', '10.0.0.1/31', '0.0.0.0/32'].map(quote),
  nanoseconds: ['0', '1700000000123456789', '-1', '951782400000000000', '1582977600000000000', '4102444800000000000'],
  instant: ['0', '1700000000123456789', '[1582977600000000000, "Europe/Berlin"]', '[0, "UTC"]', '[0, ""]', '[951782400000000000, "America/New_York"]', '[0, "Nowhere"]'],
  layout: ['2006-01-02T15:04:05Z07:00', 'RFC3339', 'RFC1123', '2006-01-02', 'Jan 2, 2006', '15:04:05.000', 'Monday'].map(quote),
  dateText: ['2023-11-14T22:13:20Z', '2020-02-29T12:00:00.5+02:00', '2020-02-30T00:00:00Z', '2021-01-02', 'Jan 2, 2021', ''].map(quote),
  duration: ['1h', '1.5s', '-2m3s', '1ns', '1d', '', '100ms', '1h1'].map(quote),
  base64: ['YQ==', 'YWJj', 'YQ', '-_-_', '', '****', 'w6k='].map(quote),
  hex: ['61', '6162', 'c3a9', '6', 'zz', '', 'FF'].map(quote),
  json: ['{"a": 1.50}', '[1, 2.0, null]', '"x"', '{', '1e2', '{"a":1,"a":2}', ' true ', '', '[1] 2', '"\\ud83d\\ude00"', '9007199254740993'].map(quote),
  yaml: ['a: 1', '- a\n- 2', 'x: {y: [1, 2.5]}', 'true', 'a: b: c', '"q"', 'n: null', '0x10', '1.50', 'yes'].map(quote),
  url: ['https://u:p@host:8080/a/b?x=1&y=2#f', 'http://h', '/a b', 'a=1&b=2&a=3', '%zz', '%41', 'x?y', ''].map(quote),
  units: ['10', '1.5K', '2Ki', '1Mb', '3MiB', '1e3', '100m', '', 'K', '-1G', '0.5Gi', '10 KB'].map(quote),
  uuid: ['00000000-0000-0000-0000-000000000000', 'f47ac10b-58cc-4372-a567-0e02b2c3d479', 'f47ac10b', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'].map(quote),
  format: ['%v', '%d', '%s', '%x', '%05d', '%.2f', '%q', '%v %v', '%t', '%%', '%e', '%c', '%10s|', '%-5d|', '%+d', '%T', '%U', '%g', '%[2]v %[1]v', '%'].map(quote),
  template: ['x{{.a}}', '{{range .n}}{{.}},{{end}}', 'plain', '{{.missing}}', '{{if .b}}y{{else}}n{{end}}'].map(quote),
  path: ['["a"]', '["a/0"]', '[["a", "b"]]', '["n", "o/a"]', '{"a"}', '["p/a/n"]', '["l/0"]', '[]', '["/a", ""]'],
  patch: ['[{"op": "add", "path": "/a", "value": 1}]', '[{"op": "remove", "path": "/n"}]', '[{"op": "replace", "path": ["s"], "value": {}}]', '[{"op": "copy", "from": "/n", "path": "/q"}]', '[{"op": "test", "path": "/n", "value": 1}]', '[{"op": "move", "from": "/o/a", "path": "/o/b"}]', '[{"op": "add", "path": "/a/-", "value": 2}]'],
  graph: ['{"a": ["b"], "b": ["a", "c"], "c": []}', '{"a": {"b"}, "b": ["c"]}', '{}', '{"a": ["a"]}'],
  replacements: ['{"a": "b", "x": ""}', '{"a": ""}', '{}', '{"é": "e", "": "-"}'],
  parameters: ['{"a": "1", "b": ["x", "y"]}', '{"k": {"v", "w"}}', '{}', '{"é": "&"}'],
  marshalOptions: ['{"pretty": true}', '{"indent": " ", "prefix": ">"}', '{}', '{"pretty": false, "indent": "--"}'],
  nodes: ['["a"]', '{"a"}', '["b", "z"]', '[]', '{"a", "b"}'],
} as const

type Pool = keyof typeof POOLS

/** Pools of arguments, for builtins whose texts have a format, or that would run for ever. */
const ARGUMENTS: Readonly<Record<string, readonly (Pool | undefined)[]>> = {
  'array.slice': [undefined, 'small', 'small'],
  'base64.decode': ['base64'],
  'base64.is_valid': ['base64'],
  'base64url.decode': ['base64'],
  'bits.lsh': ['small', 'small'],
  'bits.rsh': ['small', 'small'],
  format_int: [undefined, 'base'],
  'glob.match': ['glob', 'delimiters', undefined],
  'graph.reachable': ['graph', 'nodes'],
  'graph.reachable_paths': ['graph', 'nodes'],
  'hex.decode': ['hex'],
  'json.filter': [undefined, 'path'],
  'json.remove': [undefined, 'path'],
  'json.patch': [undefined, 'patch'],
  'json.is_valid': ['json'],
  'json.marshal_with_options': [undefined, 'marshalOptions'],
  'json.unmarshal': ['json'],
  'net.cidr_contains': ['cidr', 'cidr'],
  'net.cidr_expand': ['cidr'],
  'net.cidr_intersects': ['cidr', 'cidr'],
  'net.cidr_is_valid': ['cidr'],
  'numbers.range': ['small', 'small'],
  'numbers.range_step': ['small', 'small', 'small'],
  'regex.find_all_string_submatch_n': ['pattern', undefined, 'small'],
  'regex.find_n': ['pattern', undefined, 'small'],
  'regex.globs_match': ['pattern', 'pattern'],
  'regex.is_valid': ['pattern'],
  'regex.match': ['pattern', undefined],
  'regex.replace': [undefined, 'pattern', undefined],
  'regex.split': ['pattern', undefined],
  're_match': ['pattern', undefined],
  'semver.compare': ['semver', 'semver'],
  'semver.is_valid': ['semver'],
  sprintf: ['format', undefined],
  'strings.render_template': ['template', undefined],
  'strings.replace_n': ['replacements', undefined],
  'strings.split_n': [undefined, undefined, 'small'],
  substring: [undefined, 'small', 'small'],
  'time.add_date': ['nanoseconds', 'small', 'small', 'small'],
  'time.clock': ['instant'],
  'time.date': ['instant'],
  'time.diff': ['instant', 'instant'],
  'time.format': ['instant'],
  'time.parse_duration_ns': ['duration'],
  'time.parse_ns': ['layout', 'dateText'],
  'time.parse_rfc3339_ns': ['dateText'],
  'time.weekday': ['instant'],
  'units.parse': ['units'],
  'units.parse_bytes': ['units'],
  'uri.is_valid': ['url'],
  'uri.parse': ['url'],
  'urlquery.decode': ['url'],
  'urlquery.decode_object': ['url'],
  'urlquery.encode_object': ['parameters'],
  'uuid.parse': ['uuid'],
  'yaml.is_valid': ['yaml'],
  'yaml.unmarshal': ['yaml'],
}

/** Not called at random: they reach out, need documents of their own, or are tested against recorded answers. */
const LEFT_OUT =
  /^(crypto\.(x509|parse)|io\.jwt|graphql|providers|http|net\.lookup|net\.cidr_(contains_matches|merge|overlap)|opa\.|rego\.|internal\.|json\.(match|verify)_schema|walk$|print$|trace$|eq$|assign$|regex\.template_match)/

const CALLABLE = [...BUILTINS.values()].filter((row) => !LEFT_OUT.test(row.name) && !row.nondeterministic && row.result !== undefined)

const BY_RESULT = new Map<Kind, readonly BuiltinRow[]>(ALL_KINDS.map((kind) => [kind, CALLABLE.filter((row) => row.result !== undefined && resultsIn(row.result, kind))]))

/** A builtin call with a result of this kind; undefined if there is none. */
export function builtinCall(scope: Scope, kind: Kind): string | undefined {
  const { choices, module } = scope
  const rows = BY_RESULT.get(kind) ?? []
  if (rows.length === 0) return undefined
  const row = choices.oneOf(rows)
  if (row.deprecated && module.version === 'v1' && !scope.slip()) return undefined
  return `${row.name}(${builtinArguments(scope, row).join(', ')})`
}

const REPLACEABLE = CALLABLE.filter((row) => !row.deprecated && row.infix === undefined && row.name !== 'contains')

/** A builtin to replace with another, or the other way round: one that takes the same, if it is to stand for a builtin. */
export function builtinOfArity({ choices }: Scope, arity: number, like?: string): string | undefined {
  const taken = like === undefined || choices.chance(10) ? undefined : BUILTINS.get(like)?.args.map((arg) => arg.kind).join()
  const rows = REPLACEABLE.filter(({ args }) => args.length === arity && (taken === undefined || args.map((arg) => arg.kind).join() === taken))
  return rows.length === 0 ? undefined : choices.oneOf(rows).name
}

function builtinArguments(scope: Scope, row: BuiltinRow): string[] {
  const { choices } = scope
  const pools = ARGUMENTS[row.name] ?? []
  const args = row.args.map((decl, place) => {
    const pool = pools[place]
    if (pool !== undefined && !(TAME.has(pool) && choices.chance(25))) return choices.oneOf(POOLS[pool])
    return scope.deeper.term(choices.chance(scope.module.loose ? 6 : 1) ? choices.oneOf(ALL_KINDS) : kindOfDecl(scope, decl))
  })
  if (scope.slip()) return choices.chance(50) ? [...args, '1', '2'] : args.slice(1)
  return args
}

/** Pools beside which anything else is fine too: nothing runs for ever. */
const TAME: ReadonlySet<Pool> = new Set<Pool>(['format', 'pattern', 'json', 'base64', 'hex', 'semver', 'path', 'url', 'yaml', 'glob', 'units'])

function kindOfDecl(scope: Scope, decl: TypeDecl): Kind {
  const { choices } = scope
  switch (decl.kind) {
    case 'any':
      return decl.of.length === 0 ? choices.oneOf(ALL_KINDS) : kindOfDecl(scope, choices.oneOf(decl.of))
    case 'array': {
      const member = decl.dynamic?.kind
      if (member === 'object') return 'records'
      return member === 'number' ? 'numbers' : member === 'string' ? 'strings' : choices.oneOf(['numbers', 'strings', 'array', 'records'] as const)
    }
    case 'set': {
      const member = decl.of.kind
      if (member === 'set') return 'setSet'
      return member === 'number' ? 'numberSet' : member === 'string' ? 'stringSet' : choices.oneOf(['numberSet', 'stringSet', 'set'] as const)
    }
    case 'object':
      return choices.oneOf(['map', 'record', 'recordMap', 'object'] as const)
    default:
      return decl.kind
  }
}

function resultsIn(decl: TypeDecl, kind: Kind): boolean {
  if (kind === 'any') return true
  switch (decl.kind) {
    case 'any':
      return decl.of.some((one) => resultsIn(one, kind))
    case 'array': {
      const member = decl.dynamic?.kind
      return kind === (member === 'number' ? 'numbers' : member === 'string' ? 'strings' : 'array')
    }
    case 'set': {
      const member = decl.of.kind
      return kind === (member === 'string' ? 'stringSet' : member === 'number' ? 'numberSet' : 'set')
    }
    case 'object':
      return kind === 'object'
    default:
      return decl.kind === kind
  }
}

