/**
 * A file of recorded decisions, read without losing a digit: documents stay texts until they are compared.
 */
import { cutItems, cutMembers } from '../../src/enforce/json-text.js'

export interface VectorStep {
  readonly point: string
  readonly note: string | undefined
  readonly inputText: string
  readonly decision: 'allow' | 'deny' | 'error' | undefined
  readonly errorKind: string | undefined
  readonly reasonErrorKind: string | undefined
  readonly callError: string | undefined
  /** Exact texts; undefined where the step has none. */
  readonly resultText: string | undefined
  readonly reasonText: string | undefined
  readonly metadataText: string | undefined
  readonly metadataDeltaText: string | undefined
  readonly fragment: { readonly index: number; readonly loaded: boolean } | undefined
  readonly activeFragments: readonly string[] | undefined
}

export interface VectorFile {
  readonly name: string
  readonly description: string
  readonly os: 'linux' | 'windows'
  readonly policy: string
  readonly compileErrorCodes: readonly string[] | undefined
  readonly fragments: readonly { readonly issuer: string; readonly feed: string; readonly namespace: string; readonly module: string }[]
  readonly dataText: string
  readonly initialMetadataText: string
  readonly steps: readonly VectorStep[]
}

export function readVectorFile(text: string): VectorFile {
  const file = cutMembers(text)
  const read = <Value>(name: string): Value | undefined => {
    const member = file.get(name)
    return member === undefined ? undefined : (JSON.parse(member) as Value)
  }
  return {
    name: read<string>('name') ?? '',
    description: read<string>('description') ?? '',
    os: read<'linux' | 'windows'>('osType') ?? 'linux',
    policy: read<string>('policy') ?? '',
    compileErrorCodes: read<{ codes: string[] }>('compileError')?.codes,
    fragments: read<VectorFile['fragments']>('fragments') ?? [],
    dataText: file.get('data') ?? '{}',
    initialMetadataText: file.get('initialMetadata') ?? '{}',
    steps: cutItems(file.get('steps') ?? '[]').map(readStep),
  }
}

function readStep(text: string): VectorStep {
  const step = cutMembers(text)
  const read = <Value>(name: string): Value | undefined => {
    const member = step.get(name)
    return member === undefined ? undefined : (JSON.parse(member) as Value)
  }
  const fragment = read<{ index: number; parameters?: unknown }>('fragment')
  return {
    point: read<string>('point') ?? '',
    note: read<string>('note'),
    inputText: step.get('input') ?? 'null',
    decision: read<'allow' | 'deny' | 'error'>('decision'),
    errorKind: read<string>('errorKind'),
    reasonErrorKind: read<string>('reasonErrorKind'),
    callError: read<string>('callError'),
    resultText: step.get('result'),
    reasonText: step.get('reason'),
    metadataText: step.get('metadata'),
    metadataDeltaText: step.get('metadataDelta'),
    fragment: fragment === undefined ? undefined : { index: fragment.index, loaded: fragment.parameters !== undefined },
    activeFragments: read<string[]>('activeFragments'),
  }
}
