/**
 * Repetitions that can be divided in several ways, `(a+)+`, `(.*,)*`, `(a|a)*`: RE2 takes them in linear time, engines that
 * backtrack may try every way.
 */
import { compilePattern } from './compile.js'
import { sampleOf } from './sample.js'
import { type Shape, shapeOf } from './shape.js'

/** Longer patterns, and more repetitions of one, are not looked into beyond what their shape tells. */
const MAX_LENGTH = 2000
const MAX_TRIED = 20

/** The first part of a pattern that repeats without end, and whose rounds can be divided in several ways; undefined if none. */
export function nestedRepetition(pattern: string): string | undefined {
  const flags = /^\(\?[a-zA-Z-]+\)/.exec(pattern)?.[0] ?? ''
  let tried = pattern.length > MAX_LENGTH ? MAX_TRIED : 0
  const open: Shape[] = [shapeOf(pattern)]
  for (let shape = open.pop(); shape !== undefined; shape = open.pop()) {
    if (shape.kind === 'repeat') {
      if (shape.most === Infinity) {
        if (optionsOf(shape.item).some(isElastic)) return shape.text
        if (shape.item.kind !== 'char' && tried++ < MAX_TRIED && isAmbiguous(shape, flags)) return shape.text
      }
      open.push(shape.item)
    } else {
      const parts = shape.kind === 'sequence' ? shape.items : shape.kind === 'either' ? shape.options : []
      for (let at = parts.length - 1; at >= 0; at--) open.push(parts[at] as Shape)
    }
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

/** Whether some text is one round and two, or one round by two options: tried with samples, so that a yes is sure. */
function isAmbiguous({ item, itemText }: Extract<Shape, { kind: 'repeat' }>, flags: string): boolean {
  const sample = sampleOf(`${flags}${itemText}`)
  if (sample !== undefined && sample !== '' && compilePattern(`${flags}${itemText}`)?.(sample + sample) === true) return true
  if (item.kind !== 'either') return false
  const options = item.texts.slice(0, MAX_TRIED).map((text) => `${flags}(?:${text})`)
  return options.some((one, at) => {
    const ofOne = sampleOf(one)
    return (
      ofOne !== undefined && ofOne !== '' && options.some((other, to) => at !== to && compilePattern(other)?.(ofOne) === true)
    )
  })
}
