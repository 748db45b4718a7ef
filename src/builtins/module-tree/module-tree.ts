/** Modules as OPA writes them: package, imports, rules and comments. */
import type { Body, Comment, Else, Head, Import, Module, PackageDecl, Rule } from '../../syntax/ast.js'
import { locate } from '../../source/source.js'
import { encodeBase64 } from '../../value/base64.js'
import { encodeUtf8 } from '../../value/utf8.js'
import { RegoObject, type RegoValue, num } from '../../value/value.js'
import { TermWriter, jsonObject } from './term-writer.js'
import { leaf, refTree, stringTree, termJson, varTree } from './tree.js'

const TRUE = termJson(leaf('boolean', true))
/** Stands for a body that is not there. */
const GENERATED: RegoValue = [jsonObject({ generated: true, index: num(0), terms: TRUE })]

export function moduleTree(module: Module): RegoObject {
  const terms = new TermWriter(module.keywords.has('not'))
  return jsonObject({
    package: packageTree(module.package),
    imports: unlessEmpty(module.imports.map((one) => importTree(one, terms))),
    rules: unlessEmpty(module.rules.flatMap((rule) => ruleTrees(rule, terms))),
    comments: unlessEmpty(module.comments.map(commentTree)),
  })
}

const unlessEmpty = (items: readonly RegoObject[]): RegoValue | undefined => (items.length === 0 ? undefined : items)

function packageTree({ path }: PackageDecl): RegoObject {
  return jsonObject({ path: [varTree('data'), ...path.map(stringTree)].map(termJson) })
}

function importTree({ path: [root = '', ...names], alias }: Import, terms: TermWriter): RegoObject {
  return jsonObject({
    path: termJson(refTree(varTree(root), ...names.map(stringTree))),
    alias: alias === undefined ? undefined : terms.variable(alias).value,
  })
}

function commentTree({ text, span }: Comment): RegoObject {
  const { file, row, col } = locate(span)
  return jsonObject({
    Text: encodeBase64(encodeUtf8(text)),
    Location: jsonObject({ file, row: num(row), col: num(col) }),
  })
}

/** One for each body; bodies after the first have the same head, whose parameters are read anew. */
function ruleTrees(
  { default: isDefault, head, bodies: [first, ...more], elses }: Rule,
  terms: TermWriter,
): readonly RegoObject[] {
  const written = headTree(head, isDefault, first !== undefined, terms)
  const rule = jsonObject({
    default: isDefault ? true : undefined,
    head: written,
    body: bodyTree(first, terms),
    else: elseTree(head, written, elses, terms),
  })
  return [rule, ...more.map((body) => jsonObject({ body: terms.body(body), head: withParameters(written, head, terms) }))]
}

const bodyTree = (body: Body | undefined, terms: TermWriter): RegoValue => (body === undefined ? GENERATED : terms.body(body))

function headTree(head: Head, isDefault: boolean, hasBody: boolean, terms: TermWriter): RegoObject {
  const { written: path, isGround } = terms.watched(() => terms.path(head.path))
  const args = parameters(head, terms)
  const contained = head.contains === undefined ? undefined : terms.term(head.contains)
  const value = head.value === undefined ? undefined : termJson(terms.term(head.value))
  // A path of one step is read as the key of `name[key]`, except in functions and defaults.
  const isKeyed = path.length === 1 && head.args === undefined && contained === undefined && !isDefault
  const key = isKeyed && (!hasBody || !isGround) ? path[0] : contained
  const isNamed = path.length === 0 || (isKeyed && value !== undefined) || (path.length === 1 && args !== undefined && hasBody)
  return jsonObject({
    name: isNamed ? head.name : undefined,
    ref: [varTree(head.name), ...path].map(termJson),
    args,
    key: key === undefined ? undefined : termJson(key),
    value: value ?? (contained === undefined ? TRUE : undefined),
    assign: head.assign === ':=' ? true : undefined,
  })
}

function parameters({ args }: Head, terms: TermWriter): RegoValue | undefined {
  return args === undefined || args.length === 0 ? undefined : terms.terms(args).map(termJson)
}

/** A head with its parameters, whose wildcards have new names. */
function withParameters(written: RegoObject, head: Head, terms: TermWriter): RegoObject {
  const args = parameters(head, terms)
  return args === undefined ? written : RegoObject.of([...written.entries, ['args', args]])
}

/** A chain of `else`: each within the one before, with the head of that one where it has no value of its own. */
function elseTree(head: Head, before: RegoObject, [next, ...rest]: readonly Else[], terms: TermWriter): RegoObject | undefined {
  if (next === undefined) return undefined
  const inherited = withParameters(before, head, terms).entries.filter(
    ([key]) => key !== 'key' && (key !== 'assign' || next.value === undefined),
  )
  const value = next.value === undefined ? TRUE : termJson(terms.term(next.value))
  const own = jsonObject({ value, assign: next.assign === ':=' ? true : undefined })
  const written = RegoObject.of([...inherited, ...own.entries])
  return jsonObject({ head: written, body: bodyTree(next.body, terms), else: elseTree(head, written, rest, terms) })
}
