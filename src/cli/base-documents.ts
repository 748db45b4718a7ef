/** The documents of many files as one: objects are merged, whatever else meets is a conflict. */
import { RegoObject, type RegoValue } from '../value/value.js'
import type { FileProblem } from './file-problem.js'

/** A document that a file brings, and the path of keys below `data` where it belongs. */
export interface BaseDocument {
  readonly file: string
  readonly path: readonly string[]
  readonly value: RegoValue
}

export interface MergedDocuments {
  readonly data: RegoObject
  readonly problems: readonly FileProblem[]
}

/** A value of one file, not looked into. */
interface Leaf {
  readonly file: string
  readonly value: RegoValue
}

/** An object that has come from several files. */
class Branch {
  readonly children = new Map<RegoValue, Branch | Leaf>()
}

/** Conflicts told of one file; where there are more, it is the same document in another edition. */
const MAX_CONFLICTS = 5

/**
 * Merge documents in order. Objects are looked into only where two files meet, so that the time and the memory are those
 * of the smaller ones.
 */
export function mergeDocuments(documents: readonly BaseDocument[]): MergedDocuments {
  const branches = [new Branch()]
  const problems: FileProblem[] = []
  for (const { file, path, value } of documents) {
    let conflicts = 0
    const waiting: Meeting[] = [{ branch: branches[0] as Branch, at: [], value: wrap(path, value) }]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const [key, one] of next.value.entries) {
        const there = next.branch.children.get(key)
        const at = [...next.at, String(key)]
        if (there === undefined) next.branch.children.set(key, { file, value: one })
        else if (one instanceof RegoObject && (there instanceof Branch || there.value instanceof RegoObject)) {
          waiting.push({ branch: there instanceof Branch ? there : branchAt(next.branch, key, there), at, value: one })
        } else if (conflicts++ < MAX_CONFLICTS) problems.push(conflict(file, at, there))
      }
    }
  }
  return { data: freeze(branches), problems }

  function branchAt(parent: Branch, key: RegoValue, { file, value }: Leaf): Branch {
    const branch = new Branch()
    for (const [inner, one] of (value as RegoObject).entries) branch.children.set(inner, { file, value: one })
    parent.children.set(key, branch)
    branches.push(branch)
    return branch
  }
}

interface Meeting {
  readonly branch: Branch
  readonly at: readonly string[]
  readonly value: RegoObject
}

/** Text as OPA says it. */
function conflict(file: string, at: readonly string[], there: Branch | Leaf): FileProblem {
  const other = there instanceof Branch ? 'other files' : there.file
  return { file, message: `merge error: conflicting values at data.${at.join('.')}, also defined in ${other}` }
}

function wrap(path: readonly string[], value: RegoValue): RegoObject {
  const wrapped = path.reduceRight((inner, key) => RegoObject.of([[key, inner]]), value)
  return wrapped instanceof RegoObject ? wrapped : RegoObject.of([])
}

/** INVARIANT: a branch comes after the one it is in, so that, from the end, what is inside is ready. */
function freeze(branches: readonly Branch[]): RegoObject {
  const ready = new Map<Branch, RegoObject>()
  for (const branch of [...branches].reverse()) {
    const entries = [...branch.children].map(([key, child]): [RegoValue, RegoValue] => [
      key,
      child instanceof Branch ? (ready.get(child) as RegoObject) : child.value,
    ])
    ready.set(branch, RegoObject.of(entries))
  }
  return ready.get(branches[0] as Branch) as RegoObject
}
