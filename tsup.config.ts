import { type Options, defineConfig } from 'tsup'

const common: Options = {
  entry: { index: 'src/index.ts' },
  dts: true,
  sourcemap: true,
  target: 'node20',
  platform: 'neutral',
}

// CommonJS is not split: the tool rewrites classes for that, and changes what they mean.
export default defineConfig([
  { ...common, format: 'esm', splitting: true },
  { ...common, format: 'cjs', splitting: false },
])
