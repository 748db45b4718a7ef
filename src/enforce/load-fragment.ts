/**
 * Loading a fragment: asked about before its text is even parsed, then compiled in and asked about again, once for each
 * set of parameters that the policy names.
 */
import { RegoCompileError } from '../errors.js'
import { type Decision, type JsonObject, deny } from './decision.js'
import type { FragmentModule, PolicyEngine } from './engine.js'
import { type FragmentOffer, FragmentNamespaceFault, fragmentKey, fragmentNamespace, withParameters } from './fragment.js'
import { inAuthorsText } from './fragment-errors.js'
import type { LoadFragmentGrant } from './inputs.js'
import { cutItems, cutMembers } from './json-text.js'
import { messageOf } from './message-of.js'
import { ResolveFault } from './resolve.js'
import type { Session } from './session.js'

const POINT = 'load_fragment'

/** Asks the enforcer's own `load_fragment` with the text of an input; every question is one decision of the trail. */
export type AskLoadFragment = (inputText: string) => Decision<LoadFragmentGrant>

/** Runs both phases. The last decision is the answer. */
export async function loadFragment(
  session: Session,
  offer: FragmentOffer,
  ask: AskLoadFragment,
): Promise<Decision<LoadFragmentGrant>> {
  if (!isOffer(offer)) return deny(POINT, 'input', 'the fragment needs an issuer, a feed and a text; its SVN is an integer')
  let namespace: string
  try {
    namespace = fragmentNamespace(offer.module)
  } catch (error) {
    if (error instanceof FragmentNamespaceFault) return deny(POINT, 'fragment_namespace', error.message)
    throw error
  }
  const first = ask(questionText(offer, namespace, false))
  if (!first.allowed) return first

  const given = parameterTexts(first)
  const many = given.length > 1
  let last: Decision<LoadFragmentGrant> = first
  for (const parameters of given) {
    last = await loadOnce(session, offer, namespace, parameters, () => ask(questionText(offer, namespace, true)), !many)
    if (!last.allowed) return last
    if (last.addModule && many) {
      return deny(
        POINT,
        'result_document',
        'Fragment cannot include namespace if multiple possible parameter combinations are defined',
      )
    }
  }
  return last
}

/** What goes into the text of a question has to be what its type says. */
function isOffer({ issuer, feed, module, headerSvn = null }: FragmentOffer): boolean {
  const isSvn = headerSvn === null || typeof headerSvn === 'bigint' || Number.isInteger(headerSvn)
  return isSvn && [issuer, feed, module].every((text) => typeof text === 'string')
}

/** The input of `load_fragment`, as text: an SVN of any size keeps its digits. */
function questionText(offer: FragmentOffer, namespace: string, loaded: boolean): string {
  const { issuer, feed, receipts = [], headerSvn = null } = offer
  const members = JSON.stringify({
    issuer,
    feed,
    namespace,
    fragment_loaded: loaded,
    has_header_svn: headerSvn !== null,
    receipts,
  })
  return `${members.slice(0, -1)},"header_svn":${String(headerSvn)}}`
}

/** Compiles the module in, asks, and takes it out again unless it is to stay. */
async function loadOnce(
  session: Session,
  offer: FragmentOffer,
  namespace: string,
  parameters: string,
  ask: () => Decision<LoadFragmentGrant>,
  mayStay: boolean,
): Promise<Decision<LoadFragmentGrant>> {
  const key = fragmentKey(offer)
  const module: FragmentModule = { namespace, text: withParameters(offer.module, parameters) }
  const replaced = session.kept.delete(key)
  const others = [...session.kept.values()]
  const compile = (text: string): Promise<PolicyEngine> =>
    session.compileWith([...others.filter((other) => other.namespace !== namespace), { namespace, text }])
  // Made in advance, so that a refused module is gone at once.
  const without = replaced ? await engineOf(session, others) : undefined
  let engine
  try {
    engine = await compile(module.text)
  } catch (error) {
    if (without !== undefined) session.use(without)
    const fault = compileFault(await inAuthorsText(error, `${namespace}.rego`, offer.module, () => compile(offer.module)))
    return deny(POINT, fault.code, fault.message)
  }
  const before = session.use(engine)
  const decision = ask()
  if (decision.allowed && decision.addModule && mayStay) session.kept.set(key, module)
  else session.use(without ?? before)
  return decision
}

/** An engine of these fragments; if there is none without the one that is gone, one that refuses every question. */
async function engineOf(session: Session, fragments: readonly FragmentModule[]): Promise<PolicyEngine> {
  const { entrypoints } = session.engine
  try {
    return await session.compileWith(fragments)
  } catch (error) {
    const fault = compileFault(error)
    return {
      entrypoints,
      memoryBytes: 0,
      trustsFacts: false,
      evaluateText: () => {
        throw fault
      },
      setDataText: () => undefined,
      addDataPath: () => undefined,
      removeDataPath: () => undefined,
    }
  }
}

/** Why modules do not become an engine: what is wrong with them, or else a fault of ours, which no other fragment would mend. */
function compileFault(error: unknown): ResolveFault {
  return error instanceof RegoCompileError || error instanceof FragmentNamespaceFault
    ? new ResolveFault('compile', `error when compiling modules: ${messageOf(error)}`)
    : new ResolveFault('eval_internal_error', `internal fault when compiling modules: ${messageOf(error)}`, { cause: error })
}

/** The parameter objects of a first phase, as exact texts; one empty object where there are none. */
function parameterTexts(decision: Decision<LoadFragmentGrant>): readonly string[] {
  const document: JsonObject | undefined = decision.result
  if (document?.parameters === undefined || decision.resultText === undefined) return ['{}']
  const texts = parametersOf(decision.resultText)
  return texts.length === 0 ? ['{}'] : texts
}

function parametersOf(resultText: string): readonly string[] {
  const parameters = cutMembers(resultText).get('parameters')
  return parameters === undefined ? [] : cutItems(parameters)
}
