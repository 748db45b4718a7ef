/**
 * The order in which what is ranked can be done: each after all that it needs, and otherwise by rank.
 *
 * What a vertex needs is found on ways through vertices without a rank. Those are shared, and each keeps the ranks behind
 * it as a list, from which what is done is dropped only once.
 */
import type { Graph } from './graph.js'
import { MinHeap } from './min-heap.js'

/** Ranks in ascending order; those before `next` are done or under way. */
interface Ranks {
  readonly ranks: readonly number[]
  next: number
}

/** The vertices in `ranked`, which are distinct; where a cycle allows no order, in some order. */
export function orderByNeed(edges: Graph, ranked: readonly number[]): readonly number[] {
  return new NeedOrder(edges, ranked).all()
}

class NeedOrder {
  readonly #rankOf: Int32Array
  readonly #lists = new Map<number, Ranks>()
  /** By rank. */
  readonly #isSeen: Uint8Array

  constructor(
    readonly edges: Graph,
    readonly ranked: readonly number[],
  ) {
    this.#rankOf = new Int32Array(edges.length).fill(-1)
    for (const [rank, vertex] of ranked.entries()) this.#rankOf[vertex] = rank
    this.#isSeen = new Uint8Array(ranked.length)
  }

  all(): readonly number[] {
    const order: number[] = []
    const path: { readonly rank: number; readonly needs: Needs }[] = []
    const enter = (rank: number): void => {
      if (this.#isSeen[rank] === 1) return
      this.#isSeen[rank] = 1
      path.push({ rank, needs: this.#needs(this.ranked[rank] as number) })
    }
    for (const root of this.ranked.keys()) {
      enter(root)
      for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
        const need = top.needs.next(this.#isSeen)
        if (need !== undefined) {
          enter(need)
          continue
        }
        order.push(this.ranked[top.rank] as number)
        path.pop()
      }
    }
    return order
  }

  #needs(vertex: number): Needs {
    return new Needs((this.edges[vertex] as readonly number[]).map((to) => this.#list(to)))
  }

  /** The ranks that a vertex stands for: its own, or those behind it. */
  #list(vertex: number): Ranks {
    const known = this.#lists.get(vertex)
    if (known !== undefined) return known
    const found = new Set<number>()
    const seen = new Set([vertex])
    // What is added to a set while it is gone through has its turn too.
    for (const one of seen) {
      const rank = this.#rankOf[one] as number
      if (rank >= 0) found.add(rank)
      else for (const to of this.edges[one] as readonly number[]) seen.add(to)
    }
    const list = { ranks: [...found].sort((a, b) => a - b), next: 0 }
    this.#lists.set(vertex, list)
    return list
  }
}

/** The least rank of several lists that is not seen yet, one after the other. */
class Needs {
  readonly #heads = new MinHeap()

  constructor(readonly lists: readonly Ranks[]) {
    for (const place of lists.keys()) this.#push(place)
  }

  next(isSeen: Uint8Array): number | undefined {
    for (let head = this.#heads.pop(); head !== undefined; head = this.#heads.pop()) {
      const place = head % this.lists.length
      const rank = (head - place) / this.lists.length
      const list = this.lists[place] as Ranks
      while (list.next < list.ranks.length && isSeen[list.ranks[list.next] as number] === 1) list.next++
      // The list may have gone on since, and then its head has another place.
      this.#push(place)
      if (isSeen[rank] === 0) return rank
    }
    return undefined
  }

  #push(place: number): void {
    const { ranks, next } = this.lists[place] as Ranks
    const rank = ranks[next]
    if (rank !== undefined) this.#heads.push(rank * this.lists.length + place)
  }
}
