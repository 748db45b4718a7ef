/**
 * A WebAssembly module as plain data, section by section.
 *
 * Code and constant expressions stay bytes: nobody here needs to look inside them. Index spaces follow the format: imports
 * come first in each. Custom sections are kept so that a module read and written again is the same.
 */

/** A type byte, see `TYPE`. */
export type ValueType = number

export interface FuncType {
  readonly params: readonly ValueType[]
  readonly results: readonly ValueType[]
}

export interface Limits {
  readonly min: number
  readonly max: number | undefined
  readonly shared: boolean
}

export interface TableType {
  readonly element: ValueType
  readonly limits: Limits
}

export interface GlobalType {
  readonly type: ValueType
  readonly mutable: boolean
}

export interface Import {
  readonly module: string
  readonly name: string
  readonly desc:
    | { readonly kind: 'func'; readonly type: number }
    | { readonly kind: 'table'; readonly table: TableType }
    | { readonly kind: 'memory'; readonly memory: Limits }
    | { readonly kind: 'global'; readonly global: GlobalType }
}

export interface Global {
  readonly global: GlobalType
  /** A constant expression, its `end` included. */
  readonly init: Uint8Array
}

export type ExportKind = 'func' | 'table' | 'memory' | 'global'

export interface Export {
  readonly name: string
  readonly kind: ExportKind
  readonly index: number
}

export interface ElementSegment {
  readonly mode: 'active' | 'passive' | 'declared'
  readonly table: number
  /** Constant expression; present for active segments. */
  readonly offset: Uint8Array | undefined
  readonly elementType: ValueType
  readonly items:
    | { readonly kind: 'functions'; readonly functions: readonly number[] }
    | { readonly kind: 'expressions'; readonly expressions: readonly Uint8Array[] }
}

export interface DataSegment {
  /** Absent for passive segments. */
  readonly active: { readonly memory: number; readonly offset: Uint8Array } | undefined
  readonly bytes: Uint8Array
}

export interface CustomSection {
  readonly name: string
  readonly bytes: Uint8Array
  /** Id of the section that it follows; 0 if it comes first. */
  readonly after: number
}

export interface WasmModule {
  readonly types: readonly FuncType[]
  readonly imports: readonly Import[]
  /** Type of each function that is defined here. */
  readonly functions: readonly number[]
  readonly tables: readonly TableType[]
  readonly memories: readonly Limits[]
  readonly globals: readonly Global[]
  readonly exports: readonly Export[]
  readonly start: number | undefined
  readonly elements: readonly ElementSegment[]
  /** Body of each function: declarations of locals and instructions, without the size in front. */
  readonly code: readonly Uint8Array[]
  readonly data: readonly DataSegment[]
  /** Whether the number of data segments is announced in front of the code, as `memory.init` needs. */
  readonly dataCount: boolean
  readonly customs: readonly CustomSection[]
}

/** How many entries of an index space are imported. */
export function importedCount(module: Pick<WasmModule, 'imports'>, kind: ExportKind): number {
  return module.imports.reduce((count, one) => count + (one.desc.kind === kind ? 1 : 0), 0)
}

/** Ids of the sections, in the order in which they have to come. */
export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  dataCount: 12,
  code: 10,
  data: 11,
} as const
