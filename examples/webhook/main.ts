/**
 * `npx tsx examples/webhook/main.ts --cert tls.crt --key tls.key [--port 8443] [--annotation <name>] [--allow-without-policy]`:
 * a validating admission webhook that lets a pod in if every container of it can pass the pod's own policy.
 *
 * `manifest.yaml` registers it.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { POLICY_ANNOTATION } from './check-pod.js'
import { createWebhook } from './server.js'

const { values } = parseArgs({
  options: {
    cert: { type: 'string' },
    key: { type: 'string' },
    port: { type: 'string', default: '8443' },
    annotation: { type: 'string', default: POLICY_ANNOTATION },
    'allow-without-policy': { type: 'boolean', default: false },
  },
})

if (values.cert === undefined || values.key === undefined) {
  console.error('a certificate and its key are needed: --cert <file> --key <file>')
  process.exitCode = 2
} else {
  const server = createWebhook({
    tls: { cert: readFileSync(values.cert), key: readFileSync(values.key) },
    annotation: values.annotation,
    withoutPolicy: values['allow-without-policy'] ? 'allow' : 'refuse',
  })
  server.listen(Number(values.port), () => {
    const address = server.address()
    console.log(`judging pods on port ${typeof address === 'object' && address !== null ? address.port : values.port}`)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close(() => process.exit()))
}
