/**
 * The policies that a file holds: the file itself, or each `ccePolicy` of a deployment template, or the annotation that
 * carries one in the YAML of virtual nodes.
 */
import { policiesInTemplate } from '../cce/arm-template.js'
import { text as isText } from '../options.js'

export interface FoundPolicy {
  /** JSON pointer of the member that holds it; undefined where the whole file is the policy. */
  readonly pointer?: string
  /** The container group's name, as the template has it. */
  readonly group?: string
  /** The policy as it stands there: Rego, structured JSON, or base64 of either. */
  readonly text: string
}

export interface FoundPolicies {
  readonly policies: readonly FoundPolicy[]
  /** Pointers of `ccePolicy` members that are empty: the service then generates a policy that allows everything. */
  readonly empty: readonly string[]
  /** Pointers of `ccePolicy` members that are filled in later: an expression of the template, or words. */
  readonly placeholders: readonly string[]
  /** Every `ccePolicy` of a JSON template, whatever it holds. */
  readonly places: readonly { readonly pointer: string; readonly group?: string }[]
  readonly isTemplate: boolean
}

/** Finds the policies of a text. A text that is no template is taken as one policy, whatever it turns out to be. */
export function findPolicies(text: string): FoundPolicies {
  isText(text, 'text')
  const template = templateOf(text)
  if (template === undefined)
    return annotationsOf(text) ?? { policies: [{ text }], empty: [], placeholders: [], places: [], isTemplate: false }
  const all = policiesInTemplate(template)
  return {
    policies: all
      .filter(({ base64 }) => base64.trim() !== '' && !PLACEHOLDER.test(base64))
      .map(({ pointer, base64 }) => ({ pointer, ...groupOf(template, pointer), text: base64 })),
    empty: all.filter(({ base64 }) => base64.trim() === '').map(({ pointer }) => pointer),
    placeholders: all.filter(({ base64 }) => PLACEHOLDER.test(base64)).map(({ pointer }) => pointer),
    places: all.map(({ pointer }) => ({ pointer, ...groupOf(template, pointer) })),
    isTemplate: true,
  }
}

/** An expression, or words in angle brackets. */
const PLACEHOLDER = /^\s*[[<]/

/** A JSON document that has resources, as ARM templates do, or a `ccePolicy` somewhere. */
function templateOf(text: string): object | undefined {
  if (!/^[\ufeff\s]*[{[]/.test(text) || !/"(?:resources|ccePolicy)"/.test(text)) return undefined
  try {
    const document: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    if (typeof document !== 'object' || document === null) return undefined
    return 'resources' in document || policiesInTemplate(document).length > 0 ? document : undefined
  } catch {
    return undefined
  }
}

/** Name of the resource that a pointer leads into. */
function groupOf(template: object, pointer: string): { readonly group?: string } {
  let at: unknown = template
  let name: string | undefined
  for (const step of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) break
    if ('name' in at && typeof at.name === 'string') name = at.name
    at = (at as Readonly<Record<string, unknown>>)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return name === undefined ? {} : { group: name }
}

const ANNOTATION =
  /^[\t ]*["']?microsoft\.containerinstance\.virtualnode\.ccepolicy["']?[\t ]*:[\t ]*["']?([A-Za-z0-9+/=]*)["']?[\t ]*$/gm

function annotationsOf(text: string): FoundPolicies | undefined {
  if (!text.includes('microsoft.containerinstance.virtualnode.ccepolicy') || /^\s*package\s/.test(text)) return undefined
  const found = [...text.matchAll(ANNOTATION)].map(([, base64 = '']) => base64)
  return {
    policies: found.filter((base64) => base64 !== '').map((base64) => ({ text: base64 })),
    empty: found.flatMap((base64, at) => (base64 === '' ? [`annotation ${at + 1}`] : [])),
    placeholders: [],
    places: [],
    isTemplate: true,
  }
}
