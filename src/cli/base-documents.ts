/** The documents of many files as one: objects are merged, whatever else meets is a conflict. */
import { parseJson, writeJson } from '../value/json.js'
import { RegoObject, type RegoValue } from '../value/value.js'
import { CliError } from './command.js'
import type { FileProblem } from './file-problem.js'

/**
 * A document that a file brings, and the path of keys below `data` where it belongs. It is well-formed JSON text or a value;
 * each is made of the other when it is asked for, because values take many times the room of their text.
 */
export class BaseDocument {
  #value: RegoValue | undefined
  readonly #text: string | undefined

  constructor(
    readonly file: string,
    readonly path: readonly string[],
    contents: { readonly text: string } | { readonly value: RegoValue },
  ) {
    if ('text' in contents) this.#text = contents.text
    else this.#value = contents.value
  }

  get value(): RegoValue {
    this.#value ??= readExactly(this.#text as string, this.file)
    return this.#value
  }

  get text(): string {
    return this.#text ?? writeJson(this.value)
  }

  /** The same document deeper in `data`. */
  below(path: readonly string[]): BaseDocument {
    return new BaseDocument(
      this.file,
      [...path, ...this.path],
      this.#text === undefined ? { value: this.value } : { text: this.#text },
    )
  }
}

/** Well-formed text may still be too deep. */
function readExactly(text: string, file: string): RegoValue {
  try {
    return parseJson(text)
  } catch (error) {
    throw new CliError(`${file}: is not read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** All of `data`, as a value and as text. */
export interface BaseData {
  readonly value: RegoObject
  readonly text: string
}

/** The documents as one. A single document is not looked into before it is asked for. */
export function baseData(documents: readonly BaseDocument[]): {
  readonly data: BaseData
  readonly problems: readonly FileProblem[]
} {
  const [only] = documents
  if (only === undefined || documents.length > 1) {
    const { data, problems } = mergeDocuments(documents)
    return {
      problems,
      data: {
        value: data,
        get text() {
          return writeJson(data)
        },
      },
    }
  }
  return {
    problems: [],
    data: {
      get value() {
        return wrap(only.path, only.value)
      },
      get text() {
        return only.path.reduceRight((inner, key) => `{${JSON.stringify(key)}:${inner}}`, only.text)
      },
    },
  }
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
