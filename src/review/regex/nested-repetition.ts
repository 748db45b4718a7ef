/**
 * Repetitions of repetitions, `(a+)+`: RE2 takes them in linear time, engines that backtrack may try every way of dividing a
 * text between the two.
 */
import { type Shape, shapeOf } from './shape.js'

/** The first part of a pattern that repeats without end something that may itself take any length; undefined if none does. */
export function nestedRepetition(pattern: string): string | undefined {
  const open: Shape[] = [shapeOf(pattern)]
  for (let shape = open.pop(); shape !== undefined; shape = open.pop()) {
    if (shape.kind === 'repeat') {
      if (shape.most === Infinity && optionsOf(shape.item).some(isElastic)) return shape.text
      open.push(shape.item)
    } else if (shape.kind === 'sequence') open.push(...[...shape.items].reverse())
    else if (shape.kind === 'either') open.push(...[...shape.options].reverse())
  }
  return undefined
}

function optionsOf(shape: Shape): readonly Shape[] {
  return shape.kind === 'either' ? shape.options : [shape]
}

/** Repeats without end, and has no part that marks where one round ends and the next begins. */
function isElastic(shape: Shape): boolean {
  const items = shape.kind === 'sequence' ? shape.items : [shape]
  const isEndless = (item: Shape): boolean => item.kind === 'repeat' && item.most === Infinity
  return (
    items.some(isEndless) &&
    items.every((item) => item.kind === 'empty' || isEndless(item) || (item.kind === 'repeat' && item.least === 0))
  )
}
