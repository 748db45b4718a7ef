/** Reading documents that anybody may have sent. A member of a wrong kind is an error that names its place. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type JsonMembers = { readonly [name: string]: Json }

/** A document that is not what it has to be. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
}

export function isMembers(value: Json | undefined): value is JsonMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value with the place it was found at. Absent members and `null` are the same, as in Kubernetes. */
export class Field {
  constructor(
    readonly value: Json | undefined,
    readonly path: string,
  ) {}

  get isAbsent(): boolean {
    return this.value === undefined || this.value === null
  }

  /** A member of an object; absent where the object is. */
  member(name: string): Field {
    const value = this.isAbsent ? undefined : this.members()[name]
    return new Field(value, `${this.path}.${name}`)
  }

  members(): JsonMembers {
    if (!isMembers(this.value)) throw this.fault('an object')
    return this.value
  }

  /** Items of a list; none where it is absent. */
  items(): readonly Field[] {
    if (this.isAbsent) return []
    if (!Array.isArray(this.value)) throw this.fault('a list')
    return (this.value as readonly Json[]).map((item, at) => new Field(item, `${this.path}[${at}]`))
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.fault('text')
    return this.value
  }

  optionalText(): string | undefined {
    return this.isAbsent ? undefined : this.text()
  }

  optionalFlag(): boolean | undefined {
    if (this.isAbsent) return undefined
    if (typeof this.value !== 'boolean') throw this.fault('true or false')
    return this.value
  }

  optionalNumber(): number | undefined {
    if (this.isAbsent) return undefined
    if (typeof this.value !== 'number' || !Number.isSafeInteger(this.value)) throw this.fault('a whole number')
    return this.value
  }

  texts(): readonly string[] {
    return this.items().map((item) => item.text())
  }

  private fault(expected: string): DocumentError {
    const found = this.isAbsent ? 'nothing' : Array.isArray(this.value) ? 'a list' : `a ${typeof this.value}`
    return new DocumentError(`${this.path}: expected ${expected}, found ${found}`)
  }
}
