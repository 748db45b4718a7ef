/**
 * What is small and asks for much: each of these ends within its budget of work and memory, with an error that says so, and
 * leaves the instance as it was. What does not end makes this test hang.
 */
import { describe, expect, test } from 'vitest'
import { compileRego } from '../../src/compile.js'
import { RegoEvalError } from '../../src/errors.js'
import { loadRego } from '../../src/load/load.js'

const BUDGET = { work: 1_000_000, memoryBytes: 128 << 20 }
const INPUT = '{"c": "a", "n": 0}'

/** `x0` to `x<times>`, each made of the one before: what grows, grows beyond all bounds. */
function grown(first: string, times: number, make: (x: string) => string, name = 'x'): string {
  const lines = Array.from({ length: times }, (_, at) => `${name}${at + 1} := ${make(`${name}${at}`)}`)
  return [`${name}0 := ${first}`, ...lines].join('\n')
}

const pair = (x: string): string => `[${x}, ${x}]`
const sides = (x: string): string => `{"l": ${x}, "r": ${x}}`
const double = (x: string): string => `concat("", [${x}, ${x}])`
/** A text of 2^times times the letter `a`; the compiler knows nothing of it. */
const letters = (times: number): string => grown('input.c', times, double)
const text = (piece: string, times: number): string => grown(`replace("${piece}", "~", input.c)`, times, double)

const EXPLOSIONS: Readonly<Record<string, string>> = {
  'calls of functions': 'f(x) := x + 1\np := count([z | some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); z := f((a * b) + input.n)])',
  comprehensions: 'p := count({[a, b, c] | some a in r; some b in r; some c in r}) if r := numbers.range(input.n, 200)',
  'comparison of shared parts': `p if {\n${grown('[input.c]', 40, pair)}\n${grown('[input.c]', 40, pair, 'y')}\nx40 == y40\n}`,
  'a set of shared parts': `p := {x40, y40} if {\n${grown('[input.c]', 40, pair)}\n${grown('[input.c]', 40, pair, 'y')}\n}`,
  'sorting shared parts': `p := sort([x40, y40]) if {\n${grown('[input.c]', 40, pair)}\n${grown('[input.c]', 40, pair, 'y')}\n}`,
  'a key of shared parts': `p := {x40: 1} if {\n${grown('[input.c]', 40, pair)}\n}`,
  'printing shared parts': `p := sprintf("%v", [x40]) if {\n${grown('[input.c]', 40, pair)}\n}`,
  'writing shared parts': `p := json.marshal(x40) if {\n${grown('[input.c]', 40, pair)}\n}`,
  'walking shared parts': `p := count([1 | walk(x40, _)]) if {\n${grown('[input.c]', 40, pair)}\n}`,
  'flattening shared parts': `p := array.flatten(x40) if {\n${grown('[input.c]', 40, pair)}\n}`,
  'patching by shared parts': `p := json.patch(x40, [{"op": "test", "path": "", "value": y40}]) if {\n${grown('[input.c]', 40, pair)}\n${grown('[input.c]', 40, pair, 'y')}\n}`,
  'uniting deep objects': `p := object.union(x40, y40) if {\n${grown('{"a": input.c}', 40, sides)}\n${grown('{"b": input.c}', 40, sides, 'y')}\n}`,
  'subsets of deep objects': `p := object.subset(x40, y40) if {\n${grown('{"a": input.c}', 40, sides)}\n${grown('{"a": input.c}', 40, sides, 'y')}\n}`,
  'a result of shared parts': `p := x40 if {\n${grown('[input.c]', 40, pair)}\n}`,
  'texts that double': `p := count(x40) if {\n${letters(40)}\n}`,
  'replacing in what was replaced': `p := count(x40) if {\n${grown('input.c', 40, (x) => `replace(${x}, "a", concat("", [${x}, "aa"]))`)}\n}`,
  'formats that double': `p := count(x40) if {\n${grown('input.c', 40, (x) => `sprintf("%s%s", [${x}, ${x}])`)}\n}`,
  'wide formats': `p := count(sprintf(x14, [1])) if {\n${text('%1000000[1]d~', 14)}\n}`,
  'templates that double': `p := count(x40) if {\n${grown('input.c', 40, (x) => `$"{${x}}{${x}}"`)}\n}`,
  'arrays that double': `p := count(x40) if {\n${grown('[input.c]', 40, (x) => `array.concat(${x}, ${x})`)}\n}`,
  'numbers that are squared': `p := x40 if {\n${grown('input.n + 10', 40, (x) => `${x} * ${x}`)}\n}`,
  'products of huge numbers': 'p := product([z | some i in numbers.range(input.n, 500); z := 1e20000 + i])',
  'sums of huge numbers': 'p := sum([z | some i in numbers.range(input.n, 50000); z := 1e20000 + i])',
  'a long range': 'p := count(numbers.range(input.n, 100000000000))',
  'a long shift': 'p := format_int(bits.lsh(1 + input.n, 60000000), 10)',
  'all sets of numbers': 'p := count(a | b) if {\na := {x | some x in numbers.range(input.n, 700000)}\nb := {x | some x in numbers.range(input.n, 700000)}\n}',
  'a long pattern in a long text': `p := regex.replace(x18, x18, "") if {\n${letters(18)}\n}`,
  'a pattern that writes itself out': `p := regex.match(x12, input.c) if {\n${text('(~{1000})', 12)}\n}`,
  'searches that read on and on': `p := count(regex.find_n("a*b|a", x17, -1)) if {\n${letters(17)}\n}`,
  'long globs': `p := glob.match(x12, [], concat("", [y16, "b"])) if {\n${text('*~', 12)}\n${grown('input.c', 16, double, 'y')}\n}`,
  'globs that meet': `p := regex.globs_match(x12, concat("", [x12, "b"])) if {\n${text('[a-~]*b*', 12)}\n}`,
  'searching for long parts': `p := count(indexof_n(x20, y16)) if {\n${letters(20)}\n${grown('input.c', 16, double, 'y')}\n}`,
  'many replacements': `p := strings.replace_n({s: "b" | some i in numbers.range(1, 2000); s := sprintf("a%d", [i])}, x18) if {\n${letters(18)}\n}`,
  'paths through a full graph': 'p := count(graph.reachable_paths({i: [j | some j in r] | some i in r}, [1])) if r := numbers.range(1 + input.n, 12)',
  'blocks against blocks': 'p := count(net.cidr_contains_matches(a, a)) if a := [s | some i in numbers.range(input.n, 3000); s := sprintf("10.%d.%d.0/24", [i % 200, i % 251])]',
  'addresses of a block': 'p := count(net.cidr_expand(sprintf("10.0.0.%d/8", [input.n])))',
  'a schema that refers twice': 'p := json.match_schema({}, {"$ref": "#/definitions/d0", "definitions": object.union({"d40": {"type": "string"}}, {k: v | some i in numbers.range(input.n, 39); k := sprintf("d%d", [i]); r := {"$ref": sprintf("#/definitions/d%d", [i + 1])}; v := {"anyOf": [r, r]}})})',
  'a schema that is itself': 'p := json.match_schema({"a": input.n}, {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]})',
  'selections of one name': `p := graphql.is_valid(concat("", ["{", x13, "}"]), "type Query { a: String }") if {\n${text('~ ', 13)}\n}`,
  'loops in a template': 'p := strings.render_template("{{range .a}}{{range $.a}}{{range $.a}}x{{end}}{{end}}{{end}}", {"a": numbers.range(input.n, 300)})',
  'brackets in YAML': `p := yaml.unmarshal(x22) if {\n${text('[', 22)}\n}`,
  'brackets in JSON': `p := json.unmarshal(x20) if {\n${text('[', 20)}\n}`,
  'base64 of a long text': `p := base64.decode(base64.encode(x30)) if {\n${letters(30)}\n}`,
}

describe.each(Object.entries(EXPLOSIONS))('%s', (_name, rule) => {
  test('end with the budget, and the instance goes on', async () => {
    const policy = await loadRego(
      compileRego({ modules: { 'p.rego': `package p\n\n${rule}\n\nsteady := 1 + input.n\n` }, entrypoints: ['p/p', 'p/steady'] }),
      { budget: BUDGET },
    )
    expect(() => policy.evaluateText('p/p', INPUT)).toThrow(RegoEvalError)
    expect(() => policy.evaluateText('p/p', INPUT)).toThrow(expect.objectContaining({ code: 'eval_budget_error' }))
    expect(policy.evaluateText('p/steady', INPUT)).toBe('1')
    expect(policy.memoryBytes).toBeLessThanOrEqual(BUDGET.memoryBytes)
  })
})

/** Here the whole value is known when compiling: what is too much is left for run time, and ends there. */
test.each(Object.entries(EXPLOSIONS))('%s, of constants', async (_name, rule) => {
  const ground = rule.replaceAll('input.c', '"a"').replaceAll('input.n', '0')
  const policy = await loadRego(compileRego({ modules: { 'p.rego': `package p\n\n${ground}\n` }, entrypoints: ['p/p'] }), { budget: BUDGET })
  try {
    policy.evaluateText('p/p')
  } catch (error) {
    expect(error).toMatchObject({ code: 'eval_budget_error' })
  }
})

/** These look dangerous and are not: they answer, in time that grows with what is asked. */
const HARMLESS: readonly (readonly [name: string, rule: string, answer: string])[] = [
  ['white space in a text', `p := count(trim_space(concat("", ["a", x17, "a"]))) if {\n${text(' ', 17)}\n}`, '131074'],
  ['comments in GraphQL', `p := graphql.is_valid(concat("", [x10, "\\nx"]), "type Query { a: Int }") if {\n${text('# ', 10)}\n}`, 'false'],
  ['beginnings of PEM', `p := count(crypto.parse_private_keys(x14)) if {\n${text('-----BEGIN A-----\\n', 14)}\n}`, '0'],
  ['zeros within a number', `p := x16 == 1 if {\n${text('0', 16)}\n} else := to_number(concat("", ["1", x14, "1"])) > 0 if {\n${text('0', 14)}\n}`, 'false'],
  ['alternatives of a pattern', `p := regex.match("^(a|a)*$", concat("", [x16, "b"])) if {\n${letters(16)}\n}`, 'false'],
  ['a number of any size in JSON', 'p := json.is_valid("[1e99999, 1e-99999]")', 'true'],
]

test.each(HARMLESS)('%s', async (_name, rule, answer) => {
  const policy = await loadRego(compileRego({ modules: { 'p.rego': `package p\n\n${rule}\n` }, entrypoints: ['p/p'] }), {
    budget: { work: 50_000_000, memoryBytes: BUDGET.memoryBytes },
  })
  expect(policy.evaluateText('p/p', INPUT)).toBe(answer)
})
