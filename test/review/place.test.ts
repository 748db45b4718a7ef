/** Places of policies in their three forms. */
import { expect, test } from 'vitest'
import { openPolicy } from '../../src/review/document.js'
import { locationOf, pointerOf, stepsOf, whereOf } from '../../src/review/place.js'

test.each([
  ['containers[0].command[1]', ['containers', 0, 'command', 1], '/containers/0/command/1'],
  ['allow_dump_stacks', ['allow_dump_stacks'], '/allow_dump_stacks'],
  ['fragments[0].parameters["a/b~c"]', ['fragments', 0, 'parameters', 'a/b~c'], '/fragments/0/parameters/a~1b~0c'],
  ['', [], ''],
])('%s', (where, steps, pointer) => {
  expect(stepsOf(where)).toEqual(steps)
  expect(pointerOf(steps)).toBe(pointer)
  expect(whereOf(steps)).toBe(where)
})

const { module } = openPolicy('package policy\ncontainers := [\n  {"command": ["a", "b"]},\n]\nallow_dump_stacks := true\n')

test.each([
  ['package', 1, 1],
  ['containers', 2, 1],
  ['containers[0]', 3, 3],
  ['containers[0].command[1]', 3, 21],
  ['containers[0].command[9]', 3, 15],
  ['containers[0].missing.more', 3, 3],
  ['allow_dump_stacks', 5, 1],
])('%s is written at %i:%i', (where, row, col) => {
  expect(locationOf(module, stepsOf(where))).toMatchObject({ row, col })
})

test('what is not written is nowhere', () => {
  expect(locationOf(module, ['fragments'])).toBeUndefined()
})
