/** The agenda against the passes it stands for. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Agenda } from '../../src/check/order/agenda.js'

/** A member of a body: it needs some locals and binds others. */
interface Member {
  readonly needs: readonly number[]
  readonly binds: readonly number[]
}

/** Pass after pass over what is left, until one changes nothing. */
function orderByPasses(members: readonly Member[]): readonly number[] {
  const bound = new Set<number>()
  const placed: number[] = []
  for (let before = -1; placed.length > before; ) {
    before = placed.length
    for (const [at, { needs, binds }] of members.entries()) {
      if (placed.includes(at) || !needs.every((local) => bound.has(local))) continue
      placed.push(at)
      for (const local of binds) bound.add(local)
    }
  }
  return placed
}

function orderByAgenda(members: readonly Member[]): { readonly placed: readonly number[]; readonly waiting: readonly number[] } {
  const bound = new Set<number>()
  const placed: number[] = []
  const agenda = new Agenda(members.length)
  for (let at = agenda.next(); at !== undefined; at = agenda.next()) {
    const { needs, binds } = members[at] as Member
    const missing = needs.filter((local) => !bound.has(local))
    if (missing.length > 0) {
      agenda.wait(at, missing)
      continue
    }
    placed.push(at)
    for (const local of binds) bound.add(local)
    agenda.bound(binds)
  }
  return { placed, waiting: agenda.waiting() }
}

const locals = fc.array(fc.nat(8), { maxLength: 3 })

test('places the same members in the same order', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ needs: locals, binds: locals }), { maxLength: 14 }), (members) => {
      const placed = orderByPasses(members)
      const waiting = members.map((_, at) => at).filter((at) => !placed.includes(at))
      expect(orderByAgenda(members)).toEqual({ placed, waiting })
    }),
    { numRuns: 500 },
  )
})
