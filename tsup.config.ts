import { type Options, defineConfig } from 'tsup'

const common: Options = {
  sourcemap: true,
  target: 'node20',
  platform: 'neutral',
  external: [/^node:/],
}

const library = { index: 'src/index.ts' }
const vitest = { vitest: 'src/vitest/index.ts' }

// The programs share the library's chunks. CommonJS is not split: the tool rewrites classes for that, and changes what they mean.
export default defineConfig([
  {
    ...common,
    entry: { ...library, ...vitest, cce: 'src/cli/bin.ts' },
    format: 'esm',
    dts: { entry: { ...library, ...vitest } },
    splitting: true,
  },
  { ...common, entry: library, format: 'cjs', dts: { entry: library }, splitting: false },
])
