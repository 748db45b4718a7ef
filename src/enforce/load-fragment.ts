/**
 * Loading a fragment: asked about before its text is even parsed, then compiled in and asked about again, once for each
 * set of parameters that the policy names.
 */
import { type Decision, type JsonObject, deny } from './decision.js'
import type { FragmentModule } from './engine.js'
import { type FragmentOffer, FragmentNamespaceFault, fragmentKey, fragmentNamespace, withParameters } from './fragment.js'
import type { LoadFragmentGrant, LoadFragmentInput } from './inputs.js'
import { cutItems, cutMembers } from './json-text.js'
import type { Session } from './session.js'

const POINT = 'load_fragment'

/** Asks the enforcer's own `load_fragment` with an input; every question is one decision of the trail. */
export type AskLoadFragment = (input: LoadFragmentInput) => Decision<LoadFragmentGrant>

/** Runs both phases. The last decision is the answer. */
export async function loadFragment(session: Session, offer: FragmentOffer, ask: AskLoadFragment): Promise<Decision<LoadFragmentGrant>> {
  let namespace: string
  try {
    namespace = fragmentNamespace(offer.module)
  } catch (error) {
    if (error instanceof FragmentNamespaceFault) return deny(POINT, 'fragment_namespace', error.message)
    throw error
  }
  const headerSvn = offer.headerSvn ?? null
  const question: LoadFragmentInput = {
    issuer: offer.issuer,
    feed: offer.feed,
    namespace,
    fragment_loaded: false,
    has_header_svn: headerSvn !== null,
    header_svn: headerSvn,
    receipts: offer.receipts ?? [],
  }
  const first = ask(question)
  if (!first.allowed) return first

  const given = parameterTexts(first)
  const many = given.length > 1
  let last: Decision<LoadFragmentGrant> = first
  for (const parameters of given) {
    const module = { namespace, text: withParameters(offer.module, parameters) }
    last = await loadOnce(session, fragmentKey(offer), module, () => ask({ ...question, fragment_loaded: true }), !many)
    if (!last.allowed) return last
    if (last.addModule && many) {
      return deny(POINT, 'result_document', 'Fragment cannot include namespace if multiple possible parameter combinations are defined')
    }
  }
  return last
}

/** Compiles the module in, asks, and takes it out again unless it is to stay. */
async function loadOnce(
  session: Session,
  key: string,
  module: FragmentModule,
  ask: () => Decision<LoadFragmentGrant>,
  mayStay: boolean,
): Promise<Decision<LoadFragmentGrant>> {
  const replaced = session.kept.delete(key)
  const others = [...session.kept.values()]
  let engine
  try {
    engine = await session.compileWith([...others.filter((other) => other.namespace !== module.namespace), module])
  } catch (error) {
    if (replaced) session.use(await session.compileWith(others))
    return deny(POINT, 'compile', `error when compiling modules: ${error instanceof Error ? error.message : String(error)}`)
  }
  const before = session.use(engine)
  const decision = ask()
  if (decision.allowed && decision.addModule && mayStay) session.kept.set(key, module)
  else session.use(replaced ? await session.compileWith(others) : before)
  return decision
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
