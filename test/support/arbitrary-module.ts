/**
 * Random well-formed modules: syntax trees in exactly the forms that the parser makes, of either version.
 *
 * Terms are generated along the grammar, one arbitrary per level of binding, so that no tree needs parentheses that it
 * does not have. Nothing is checked beyond the grammar: variables may be unsafe, functions unknown.
 */
import fc from 'fast-check'
import type { Import, Module } from '../../src/syntax/ast.js'
import { NOWHERE, arbitraryName, arbitraryPart, arbitraryText } from './arbitrary-basics.js'
import { arbitraryRule } from './arbitrary-rule.js'

export interface ArbitraryModuleOptions {
  /** `v0`: without imports of `future.keywords` that are only needed in v0; default: either. */
  readonly version?: 'v0' | 'v1'
  /** Whether `and`, `or` and improved negation occur; default true. */
  readonly experimentalKeywords?: boolean
}

const V1_KEYWORDS = ['contains', 'every', 'if', 'in'] as const
const EXTRA_KEYWORDS = ['and', 'not', 'or'] as const

export function arbitraryModule(options: ArbitraryModuleOptions = {}): fc.Arbitrary<Module> {
  const versions = options.version === undefined ? (['v0', 'v1'] as const) : ([options.version] as const)
  const extra = options.experimentalKeywords === false ? fc.constant([]) : fc.subarray([...EXTRA_KEYWORDS])
  return fc
    .record({ version: fc.constantFrom(...versions), imported: fc.subarray([...V1_KEYWORDS]), extra })
    .chain(({ version, imported, extra: experimental }) => {
      const keywords = new Set<string>([...(version === 'v1' ? V1_KEYWORDS : imported), ...experimental])
      if (keywords.has('every')) keywords.add('in')
      const futureImports = [...(version === 'v1' ? [] : imported), ...experimental].map((word) =>
        importOf(['future', 'keywords', word]),
      )
      return fc
        .record({
          packagePath: fc.tuple(arbitraryPart, fc.array(fc.oneof(arbitraryPart, arbitraryText), { maxLength: 2 })),
          imports: fc.array(arbitraryImport, { maxLength: 2 }),
          rules: fc.array(arbitraryRule(version, keywords), { minLength: 1, maxLength: 4 }),
          blocks: fc.array(fc.option(arbitraryYaml, { nil: undefined, freq: 2 }), { minLength: 4, maxLength: 4 }),
        })
        .map(({ packagePath: [first, rest], imports, rules, blocks }): Module => ({
          kind: 'module',
          version,
          package: { kind: 'package', path: [first, ...rest], span: NOWHERE },
          imports: [...futureImports, ...imports],
          rules,
          comments: [],
          annotations: rules.flatMap((_rule, index) => {
            const text = blocks[index]
            return text === undefined
              ? []
              : [{ kind: 'annotations' as const, text, target: { kind: 'rule' as const, index }, span: NOWHERE }]
          }),
          keywords,
          span: NOWHERE,
        }))
    })
}

const arbitraryYaml: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(' title: x', 'description: y', '  - z', ' # c'), { maxLength: 3 })
  .map((lines) => lines.join('\n'))

const arbitraryImport: fc.Arbitrary<Import> = fc
  .record({
    root: fc.constantFrom('data', 'input'),
    rest: fc.array(fc.oneof(arbitraryName, arbitraryText), { maxLength: 2 }),
    alias: fc.option(fc.constantFrom('a', 'x', '_z'), { nil: undefined }),
  })
  .map(({ root, rest, alias }) => importOf([root, ...rest], alias))

function importOf(path: readonly string[], alias?: string): Import {
  return { kind: 'import', path, alias, span: NOWHERE }
}
