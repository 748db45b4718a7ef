/** What diagnostics say besides their sentence. */
import { expect, test } from 'vitest'
import { DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import { nearestName } from '../../src/diagnostics/nearest.js'
import { tryCheck } from '../support/check.js'

function hintsOf(text: string): readonly (string | undefined)[] {
  const sink = tryCheck(text)
  return sink instanceof DiagnosticSink ? sink.sorted().map(({ hint }) => hint) : []
}

test.each([
  ['p if cuont([1])', ['did you mean `count`?']],
  ['p if strings.any_prefix_mtach("a", "b")', ['did you mean `strings.any_prefix_match`?']],
  ['check_limit(x) := x\np if check_limits(1)', ['did you mean `check_limit`?']],
  ['p if data.u.check(1)', ['no builtin, and no rule with arguments, has this name']],
  ['p if count(1, 2, 3)', ['`count` takes 1 argument, not 3']],
  ['p := x', ['nothing gives `x` a value: bind it, or import or define it']],
  ['p := _', ['nothing gives the wildcard a value here; name what is meant']],
  ['admins := {"a"}\np if input.user in admin', ['nothing gives `admin` a value; did you mean `admins`?']],
  ['p if { some user in input.users; usr.ok }', ['nothing gives `usr` a value; did you mean `user`?']],
  ['import data.roles\np := role', ['nothing gives `role` a value; did you mean `roles`?']],
  ['f(name) := nmae', ['nothing gives `nmae` a value; did you mean `name`?']],
  ['p := inptu.x', ['nothing gives `inptu` a value; did you mean `input`?']],
  ['p := True', ['nothing gives `True` a value; did you mean `true`?']],
  ['p if string.lower("A")', ['did you mean `lower`?']],
  ['p if json.base64_encode("A")', ['did you mean `base64.encode`?']],
  ['p if q with inptu.x as 1\nq := 1', ['did you mean `input.x`?']],
  ['p if q with dta.x as 1\nq := 1', ['did you mean `data.x`?']],
  ['p if q with cuont as 1\nq := count([1])', ['did you mean `count`?']],
  ['p if q with user as 1\nq := 1', ['write a path that begins with `input` or `data`, an imported name, or the name of a function']],
  ['p if any([true])', ['write `true in xs`']],
  ['p := p', ['Rego has no recursion: walk nested documents with `walk`, or use `graph.reachable`']],
])('%j', (text, hints) => {
  expect(hintsOf(text)).toEqual(hints)
})

test('a function of another package is suggested by its whole path', () => {
  const sink = tryCheck(['package t\np if data.lib.chek(1)', 'package lib\ncheck(x) := x'])
  expect(sink instanceof DiagnosticSink && sink.sorted()[0]?.hint).toBe('did you mean `data.lib.check`?')
})

test.each([
  ['count', ['sum', 'max'], undefined],
  ['count', ['counts', 'coun'], 'coun'],
  ['lenght', ['length', 'left'], 'length'],
  ['object.gte', ['object.get', 'object.keys'], 'object.get'],
])('the nearest name to %j among %j is %j', (name, candidates, nearest) => {
  expect(nearestName(name, candidates)).toBe(nearest)
})
