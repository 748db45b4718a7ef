import { describe, expect, test } from 'vitest'
import { dumpBody, dumpRules } from '../support/dump-syntax.js'
import { faultsOf, parseWellFormed, tryParseQuery } from '../support/parse.js'

function dump(text: string): string | readonly string[] {
  const body = tryParseQuery(text)
  return 'kind' in body ? dumpBody(body) : body
}

/** The only rule of a module with the given imports. */
function dumpRule(text: string, imports: readonly string[]): string | undefined {
  const header = ['package test', ...imports.map((name) => `import future.keywords.${name}`)]
  const [rule] = dumpRules(parseWellFormed([...header, text].join('\n'), { version: 'v1', experimentalKeywords: true }))
  return rule
}

describe('literals', () => {
  test.each([
    ['x; y', 'x; y'],
    ['x\ny', 'x; y'],
    ['x ;\n\n y', 'x; y'],
    ['x\n;y', 'x; y'],
    ['x # c\ny', 'x; y'],
    ['x\n[y]', 'x; [y]'],
    ['f(x)\n(y)', 'f(x); y'],
    ['x := y', '(:= x y)'],
    ['[x, _] := y', '(:= [x _] y)'],
    ['{"a": x} = y', '(= {"a": x} y)'],
    ['x := y == z', '(:= x (== y z))'],
    ['x == y = z', '(= (== x y) z)'],
    ['x := k, v in y', '(:= x (in k v y))'],
    ['f(x) = y', '(= f(x) y)'],
    ['not x', 'not x'],
    ['not(x)', 'not x'],
    ['not x == y', 'not (== x y)'],
    ['not x := 1', 'not (:= x 1)'],
    ['not {x}', 'not #{x}'],
    ['x with input as 1', 'x with input as 1'],
    ['x with input.a["b"] as y with f as g', 'x with input.a["b"] as y with f as g'],
    ['x\n  with input as y == z', 'x with input as (== y z)'],
    ['not x with data.y as k, v in z', 'not x with data.y as (in k v z)'],
    ['x := 1 with input as {}', '(:= x 1) with input as {}'],
    ['some x', 'some x'],
    ['some x,\ny', 'some x y'],
    ['some x in y', 'some x in y'],
    ['some k, v in y', 'some k v in y'],
    ['some [x, "a"], {"b": y} in z', 'some [x "a"] {"b": y} in z'],
    ['some x in y == z', 'some x in (== y z)'],
    ['some x + 1 in y', 'some (+ x 1) in y'],
    ['some (k, v in y)', 'some k v in y'],
    ['some x in y in z', 'some (in x y) in z'],
    ['some x in y with input as 1', 'some x in y with input as 1'],
    ['some contains in y', 'some contains in y'],
    ['every x in y { z }', 'every x in y {z}'],
    ['every k, v in f(y) { z; w } with input as 1', 'every k v in f(y) {z; w} with input as 1'],
    ['every x in {1, 2} | s { not x }', 'every x in (| #{1 2} s) {not x}'],
    ['every _, _ in y\n{z}', 'every _ _ in y {z}'],
    ['every x in y { a | b }', 'every x in y {(| a b)}'],
  ])('%j', (text, dumped) => {
    expect(dump(text)).toBe(dumped)
  })

  test.each([
    ['', '1:1-1:1 found empty body'],
    ['x;', '1:3-1:3 unexpected eof token'],
    ['; x', '1:1-1:2 unexpected ; token'],
    ['x;; y', '1:3-1:4 unexpected ; token'],
    ['x y', '1:3-1:4 unexpected identifier token: expected \\n or ;'],
    ['[x | x y]', '1:8-1:9 unexpected identifier token: expected \\n or ; or ]'],
    ['x = y = z', '1:7-1:8 unexpected eq token: expected \\n or ;'],
    ['x := y := z', '1:8-1:10 unexpected assign token: expected \\n or ;'],
    ['not not x', '1:5-1:8 unexpected not keyword'],
    ['not some x', "1:5-1:9 unexpected some keyword: illegal negation of 'some'"],
    ['not every x in y { z }', "1:5-1:10 unexpected every keyword: illegal negation of 'every'"],
    ['not if.x', '1:5-1:7 unexpected if keyword'],
    ['some', '1:5-1:5 unexpected eof token: expected var'],
    ['some x y', '1:8-1:9 unexpected identifier token: expected \\n or ;'],
    ['some x, 1', '1:9-1:10 unexpected some declaration: expected var'],
    ['some (x)', '1:7-1:8 unexpected some declaration: expected var'],
    ['some x.y', '1:6-1:9 unexpected some declaration: expected var'],
    ['some contains', '1:6-1:14 unexpected some declaration: expected var'],
    ['some if', '1:6-1:8 unexpected if keyword'],
    ['some x, y, z in w', '1:14-1:16 unexpected in keyword: expected \\n or ;'],
    ['some x with input as 1', '1:8-1:12 unexpected with keyword: expected \\n or ;'],
    ['every x in y {}', '1:15-1:16 found empty body'],
    ['every x in y z', '1:14-1:15 unexpected identifier token: expected body'],
    ['every [x] in y { z }', '1:7-1:10 unexpected every expression: expected value to be a variable'],
    ['every 1, x in y { z }', '1:7-1:8 unexpected every expression: expected key to be a variable'],
    ['every input in y { z }', '1:7-1:12 unexpected every expression: expected value to be a variable'],
    ['every x, y, z in w { q }', '1:11-1:12 unexpected , token: expected `x[, y] in xs { ... }` expression'],
    ['x with input', '1:13-1:13 unexpected eof token: expected as keyword'],
    ['x with 1 as 2', '1:8-1:9 unexpected number token: expected ident'],
    ['x with f(y) as 2', '1:9-1:10 unexpected ( token: expected as keyword'],
    ['x with if.y as 2', '1:8-1:10 unexpected if keyword: expected ident'],
    ['x; with input as 2', '1:4-1:8 unexpected with keyword'],
    ['import data.x', '1:1-1:7 unexpected import keyword'],
  ])('%j is refused: %s', (text, fault) => {
    expect(dump(text)).toEqual([fault])
  })
})

describe('braces behind `if`', () => {
  test.each([
    ['p if {x}', 'p if {x}'],
    ['p if {x; y}', 'p if {x; y}'],
    ['p if {x\ny}', 'p if {x; y}'],
    ['p if {x == y}', 'p if {(== x y)}'],
    ['p if {x + 1 | y}', 'p if {(| (+ x 1) y)}'],
    ['p if {(x | y)}', 'p if {(paren (| x y))}'],
    ['p if {x := {"a": 1}}', 'p if {(:= x {"a": 1})}'],
    ['p if {not x | y}', 'p if {not (| x y)}'],
    ['p if {{x}}', 'p if {#{x}}'],
    ['p if {k, v in y}', 'p if {(in k v y)}'],
    ['p if {}', 'p if {{}}'],
    ['p if {x: 1}', 'p if {{x: 1}}'],
    ['p if {x: 1} with input as 2', 'p if {{x: 1} with input as 2}'],
    ['p if {f(x): 1 | y}', 'p if {{f(x): 1 | y}}'],
    ['p if {x | y}', 'p if {#{x | y}}'],
    ['p if {$"{x}" | y}', 'p if {#{(template x) | y}}'],
    ['p if {-x.y[0] | y; z}', 'p if {#{(neg x.y[0]) | y; z}}'],
    ['p if {x} == y', 'p if {(== #{x} y)}'],
    ['p if {x} | {y}', 'p if {(| #{x} #{y})}'],
    ['p if {x} in y', 'p if {(in #{x} y)}'],
    ['p if {x}, y in z', 'p if {(in #{x} y z)}'],
    ['p if {x} := y', 'p if {(:= #{x} y)}'],
    ['p if {x}[0]', 'p if {#{x}[0]}'],
    ['p if {x}.y', 'p if {#{x}.y}'],
    ['p if {x}\nin.y := 1', 'p if {x}'],
    ['p if x {y}', 'p if {x} {y}'],
    ['p if {x} == y {z}', 'p if {(== #{x} y)} {z}'],
    ['p if x else := 1 if {y | z}', 'p if {x} else := 1 if {(| y z)}'],
  ])('%j', (text, dumped) => {
    expect(dumpRule(text, [])).toBe(dumped)
  })

  test.each([
    ['p if {x, y}', '2:8-2:9 unexpected , token'],
    ['p if {x} with input as 1', '2:10-2:14 unexpected with keyword'],
    ['p if {x; y} == z', '2:8-2:9 non-terminated set: unexpected ; token'],
    ['p if x; y', '2:7-2:8 unexpected ; token'],
    ['p if x else := 1 if {}', '2:22-2:23 found empty body'],
    ['p if x else := 1 if {y} == z', '2:25-2:27 unexpected equal token'],
    ['p if {x} {y: z}', '2:12-2:13 unexpected : token: expected \\n or ; or }'],
  ])('%j is refused: %s', (text, fault) => {
    expect(faultsOf(`package test\n${text}`, { version: 'v1' })).toEqual([fault])
  })
})

describe('improved negation', () => {
  test.each([
    ['p if not {x}', 'p if {not body{x}}'],
    ['p if not {x; y} with input as 1', 'p if {not body{x; y} with input as 1}'],
    ['p if {not {not {x}}}', 'p if {not body{not body{x}}}'],
    ['p if not {{x}}', 'p if {not body{#{x}}}'],
    ['p if not ({x})', 'p if {not #{x}}'],
    ['p if not ({x}) == y', 'p if {not (== #{x} y)}'],
    ['p if not x == y', 'p if {not (== x y)}'],
    ['p if not (x == y)', 'p if {not (paren (== x y))}'],
    ['p if not (k, v in y)', 'p if {not (paren (in k v y))}'],
    ['p if not (x with input as 1)', 'p if {not x with input as 1}'],
    ['p if not (not x)', 'p if {not body{not x}}'],
    ['p := [x | not {y}]', 'p := [x | not body{y}]'],
  ])('%j', (text, dumped) => {
    expect(dumpRule(text, ['not'])).toBe(dumped)
  })

  test.each([
    ['p if not {}', '3:11-3:12 found empty body'],
    ['p if not {x: 1}', '3:10-3:11 `{...}` in an operand position must contain expression(s), got: object'],
    [
      'p if not {x | y}',
      '3:10-3:11 ambiguous `{ ... | ... }` operand: read as a body holding a set-union expression, not as a comprehension',
    ],
    ['p if not {x} == y', '3:14-3:16 unexpected equal token'],
    ['p if not not x', '3:10-3:13 unexpected not keyword'],
    ['p if not (x := 1)', '3:11-3:17 non-terminated expression'],
    ['p if (not x)', '3:7-3:10 unexpected not keyword'],
  ])('%j is refused: %s', (text, fault) => {
    expect(faultsOf(`package test\nimport future.keywords.not\n${text}`, { version: 'v1' })).toEqual([fault])
  })

  test('is not on without its own import', () => {
    const [rule] = dumpRules(parseWellFormed('package test\nimport future.keywords\np if not {x}'))
    expect(rule).toBe('p if {not #{x}}')
  })
})

describe('and, or', () => {
  test.each([
    ['p if x and y', 'p if {(and x y)}'],
    ['p if x or y and z', 'p if {(or x (and y z))}'],
    ['p if x and y or z', 'p if {(or (and x y) z)}'],
    ['p if x and y and z', 'p if {(and (and x y) z)}'],
    ['p if x and (y and z)', 'p if {(and x (and y z))}'],
    ['p if (x or y) and z', 'p if {(and (or x y) z)}'],
    ['p if {x; y} or {z}', 'p if {(or body{x; y} body{z})}'],
    ['p if {x} and{y}', 'p if {(and body{x} body{y})}'],
    ['p if not x and not {y}', 'p if {(and not x not body{y})}'],
    ['p if not (x and y)', 'p if {not (and x y)}'],
    ['p if ((x and y))', 'p if {(and x y)}'],
    ['p if x == y and z := 1', 'p if {(and (== x y) (:= z 1))}'],
    ['p if (x == y) and z', 'p if {(and (paren (== x y)) z)}'],
    ['p if (x + y) * z == 1 and w', 'p if {(and (== (* (paren (+ x y)) z) 1) w)}'],
    ['p if x and (y)', 'p if {(and x y)}'],
    ['p if x and ({y: 1})', 'p if {(and x {y: 1})}'],
    ['p if k, v in y and z', 'p if {(and (in k v y) z)}'],
    ['p if x and y with input as 1', 'p if {(and x y) with input as 1}'],
    ['p if (x with input as 1) and y', 'p if {(and <x with input as 1> y)}'],
    ['p if x and (y or z with input as 1)', 'p if {(and x <(or y z) with input as 1>)}'],
    ['p if (x := 1 and y)', 'p if {(and (:= x 1) y)}'],
    ['p if x and {some y in z; y} {w}', 'p if {(and x body{some y in z; y})} {w}'],
    ['p if { {x} }', 'p if {#{x}}'],
    ['p if {x} == y', 'p if {(== #{x} y)}'],
    ['p if { x and y; (z or w)\nq }', 'p if {(and x y); (or z w); q}'],
    ['p if and(x, y) and or(x, y)', 'p if {(and and(x y) or(x y))}'],
    ['p if and.x or x.or', 'p if {(or and.x x.or)}'],
    ['p if every x in y { x and z }', 'p if {every x in y {(and x z)}}'],
    ['p := [x | x and y]', 'p := [x | (and x y)]'],
    ['p := $"{x or y}"', 'p := (template (or x y))'],
  ])('%j', (text, dumped) => {
    expect(dumpRule(text, ['and', 'or', 'not'])).toBe(dumped)
  })

  test.each([
    ['p if x with input as 1 and y', '5:6-5:7 `with` modifier is not allowed on operand of `and`'],
    ['p if some x in y and z', '5:18-5:21 unexpected and keyword'],
    ['p if x and some y in z', '5:12-5:16 unexpected some keyword'],
    ['p if (some x in y) and z', '5:7-5:11 unexpected some keyword'],
    ['p if x and {y: 1}', '5:12-5:13 `{...}` in an operand position must contain expression(s), got: object'],
    ['p if {y}.z and x', '5:6-5:11 `{...}` in an operand position must contain expression(s), got: a value'],
    [
      'p if x and {y | z}',
      '5:12-5:13 ambiguous `{ ... | ... }` operand: read as a body holding a set-union expression, not as a comprehension',
    ],
    ['p if x and {}', '5:13-5:14 found empty body'],
    ['p if x and {y} == z', '5:16-5:18 unexpected equal token'],
    ['p if x and (y = 1)', '5:13-5:18 non-terminated expression'],
    ['p if (x with input as 1)', '5:9-5:24 non-terminated expression: unexpected with keyword'],
    ['p if x and', '5:11-5:11 unexpected eof token'],
    ['p if x and or y', '5:12-5:14 unexpected or keyword'],
    ['p if (in.x or y) and z', '5:7-5:9 unexpected in keyword'],
    ['p if (x and y', '5:14-5:14 non-terminated expression: unexpected eof token'],
    ['p if (x and y) == z', '5:9-5:12 non-terminated expression: unexpected and keyword'],
    ['p := x and y', '5:8-5:11 unexpected and keyword'],
    ['p if x := and', '5:11-5:14 unexpected and keyword'],
    ['and := 1', '5:1-5:4 and keyword cannot be used for rule name'],
  ])('%j is refused: %s', (text, fault) => {
    const imports = ['and', 'or', 'not'].map((name) => `import future.keywords.${name}\n`)
    expect(faultsOf(`package test\n${imports.join('')}${text}`, { version: 'v1', experimentalKeywords: true })).toEqual([fault])
  })

  test('one of the words may be a name while only the other is imported', () => {
    expect(dumpRule('or if { or := 1 } else := or if x and or', ['and'])).toBe('or if {(:= or 1)} else := or if {(and x or)}')
  })
})
