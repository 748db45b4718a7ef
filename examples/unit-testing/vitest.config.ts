import { regoTests } from 'cce-policy/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({ plugins: [regoTests({ paths: ['policies'], strict: true })] })
