/** Arrays and sets. */
import { RegoSet, type RegoValue, isArray } from '../../value/value.js'
import type { FunctionTable, HostFunction } from '../context.js'
import { arrayOperand, indexOperand, setOperand } from '../operand.js'

const difference: HostFunction = (_, a, b) => {
  const [from, taken] = [setOperand(a, 1), setOperand(b, 2)]
  return RegoSet.of(from.items.filter((item) => !taken.has(item)))
}

export const COLLECTIONS: FunctionTable = {
  'array.concat': (_, a, b) => [...arrayOperand(a, 1), ...arrayOperand(b, 2)],
  'array.flatten': (_, array) => arrayOperand(array, 1).flatMap((item) => (isArray(item) ? item : [item])),
  'array.reverse': (_, array) => [...arrayOperand(array, 1)].reverse(),
  'array.slice': (_, array, start, stop) => {
    const items = arrayOperand(array, 1)
    const from = Math.max(0, indexOperand(start, 2))
    const to = Math.max(from, indexOperand(stop, 3))
    return items.slice(from, to)
  },
  and: (_, a, b) => intersect([setOperand(a, 1), setOperand(b, 2)]),
  or: (_, a, b) => RegoSet.of([...setOperand(a, 1).items, ...setOperand(b, 2).items]),
  set_diff: difference,
  intersection: (_, sets) => intersect(setsOf(sets)),
  union: (_, sets) => RegoSet.of(setsOf(sets).flatMap((set) => set.items)),
}

function setsOf(value: RegoValue | undefined): readonly RegoSet[] {
  return setOperand(value, 1).items.map((item) => setOperand(item, 1))
}

function intersect([first, ...others]: readonly RegoSet[]): RegoSet {
  return others.reduce(intersectTwo, first ?? RegoSet.of([]))
}

/** Of equal members that are spelt differently, that of the smaller set stays. */
function intersectTwo(a: RegoSet, b: RegoSet): RegoSet {
  const [small, large] = b.size < a.size ? [b, a] : [a, b]
  return RegoSet.of(small.items.filter((item) => large.has(item)))
}
