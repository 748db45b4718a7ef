/** Reads a policy file as deployments carry it: ARM template, base64, Rego text or structured JSON. */
import { readFileSync } from 'node:fs'
import { type CcePolicy, parsePolicy, policiesInTemplate } from 'cce-policy'

export function readPolicy(path: string): CcePolicy {
  const text = readFileSync(path, 'utf8')
  const document = parseJson(text)
  const inTemplate = document === undefined ? [] : policiesInTemplate(document).filter(({ base64 }) => base64 !== '')
  if (inTemplate.length > 1) console.log(`${path} holds ${inTemplate.length} policies; the first is used (${inTemplate[0]?.pointer})`)
  return parsePolicy(inTemplate[0]?.base64 ?? text)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
