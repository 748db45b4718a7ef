/** A text that a pattern of a policy accepts: for examples, and to stand for a value that is not known. */
import { compilePattern } from './compile.js'
import { type Shape, shapeOf } from './shape.js'

/** How long a sample may get: counted repetitions multiply. */
const MAX_LENGTH = 4096

/** A text that the pattern accepts, proven by RE2; undefined if none was found. */
export function sampleOf(pattern: string): string | undefined {
  const compiled = compilePattern(pattern)
  if (compiled === undefined) return undefined
  return [textOf(shapeOf(pattern)), '', 'x', '1', 'true'].find((text) => text !== undefined && compiled(text))
}

function textOf(shape: Shape): string | undefined {
  switch (shape.kind) {
    case 'char':
      return shape.sample
    case 'empty':
      return ''
    case 'sequence': {
      let text = ''
      for (const item of shape.items) {
        const next = textOf(item)
        if (next === undefined || text.length + next.length > MAX_LENGTH) return undefined
        text += next
      }
      return text
    }
    case 'either':
      return textOf(shape.options[0] as Shape)
    case 'repeat': {
      const item = textOf(shape.item)
      return item === undefined || item.length * shape.least > MAX_LENGTH ? undefined : item.repeat(shape.least)
    }
  }
}
