/**
 * Syntax trees as JSON, in the shape of `opa parse --format json`: calls are lists that begin with the function, operators
 * are calls, each rule has one body, and every wildcard has a name of its own.
 */
import { locate } from '../source/source.js'
import type { Else, Head, Import, Module, Rule, Term } from '../syntax/ast.js'
import { type FoundAnnotations, annotationJson, annotationsOf, rulePath } from './annotations.js'
import { TermWriter, listOrNothing, placeOf } from './syntax-json-terms.js'

export interface SyntaxJsonOptions {
  /** Say of every node where it is. */
  readonly locations: boolean
  readonly comments: boolean
}

/** The document of a module. */
export function moduleJson(module: Module, options: SyntaxJsonOptions): object {
  return new SyntaxWriter(module, options).module()
}

class SyntaxWriter {
  readonly #module: Module
  readonly #options: SyntaxJsonOptions
  readonly #annotations: readonly FoundAnnotations[]
  readonly #terms: TermWriter

  constructor(module: Module, options: SyntaxJsonOptions) {
    this.#module = module
    this.#options = options
    this.#terms = new TermWriter(module.keywords, options.locations)
    this.#annotations = annotationsOf([module])
  }

  module(): object {
    const { package: declared, imports, rules, comments } = this.#module
    const { span } = declared
    const path = ['data', ...declared.path].map((value, at) => {
      return { ...this.#terms.at(span), type: at === 0 ? 'var' : 'string', value }
    })
    const texts = this.#options.comments ? comments : []
    return {
      package: { ...this.#terms.at(span), path },
      imports: listOrNothing(imports.map((one) => this.#import(one))),
      annotations: listOrNothing(this.#annotations.map(annotationJson)),
      rules: listOrNothing(rules.flatMap((rule) => this.#rule(rule))),
      comments: listOrNothing(
        texts.map(({ text, span: place }) => ({ Text: Buffer.from(text).toString('base64'), Location: placeOf(place) })),
      ),
    }
  }

  #import({ path, alias, span }: Import): object {
    const value = path.map((part, at) => ({ ...this.#terms.at(span), type: at === 0 ? 'var' : 'string', value: part }))
    return { ...this.#terms.at(span), path: { ...this.#terms.at(span), type: 'ref', value }, alias }
  }

  /** A rule with several bodies is as many rules. */
  #rule(rule: Rule): readonly object[] {
    const head = this.#head(rule.head, rule.usesIf)
    const own = this.#annotationsOf(rule)
    const bodies = rule.bodies.length === 0 ? [undefined] : rule.bodies
    return bodies.map((body, at) => ({
      ...this.#terms.at(rule.span),
      annotations: at === 0 ? listOrNothing(own.map(annotationJson)) : undefined,
      default: rule.default ? true : undefined,
      head,
      body: this.#terms.body(body, rule.span),
      else: at === bodies.length - 1 ? this.#elses(rule.elses, rule.head, head) : undefined,
    }))
  }

  /** Those of its document, wherever they stand, then its own. */
  #annotationsOf(rule: Rule): readonly FoundAnnotations[] {
    const { row, col } = locate(rule.span)
    const path = rulePath(rule, this.#module).join('\0')
    return [
      ...this.#annotations.filter(({ scope, path: other }) => scope === 'document' && other.join('\0') === path),
      ...this.#annotations.filter(({ scope, location }) => scope === 'rule' && location.row === row && location.col === col),
    ]
  }

  #elses([first, ...rest]: readonly Else[], ruleHead: Head, head: HeadJson): object | undefined {
    if (first === undefined) return undefined
    const { span } = first
    // Wildcards among the arguments are others in each branch.
    const args = ruleHead.args === undefined ? undefined : listOrNothing(ruleHead.args.map((arg) => this.#terms.term(arg)))
    const value = first.value === undefined ? this.#terms.true(span) : this.#terms.term(first.value)
    return {
      ...this.#terms.at(span),
      head: { ...head, args, value, assign: first.value === undefined ? head.assign : first.assign === ':=' ? true : undefined },
      body: this.#terms.body(first.body, span),
      else: this.#elses(rest, ruleHead, head),
    }
  }

  /**
   * Names and keys are there beside the reference where OPA's parser comes upon them: for references of two parts that
   * depends on what follows.
   */
  #head({ name, path, args, contains, value, assign, span }: Head, usesIf: boolean): HeadJson {
    const parts = path.map(({ term }) => this.#terms.term(term))
    const isPair = path.length === 1 && contains === undefined
    const isNamed = path.length === 0 || (isPair && (args === undefined ? value !== undefined : usesIf))
    const isKeyed =
      isPair && args === undefined && (!path.every(({ term }) => isGround(term)) || (value !== undefined && !usesIf))
    const argsJson = args === undefined ? undefined : listOrNothing(args.map((arg) => this.#terms.term(arg)))
    const key = contains === undefined ? undefined : this.#terms.term(contains)
    const valueJson = value === undefined ? this.#terms.true(span) : this.#terms.term(value)
    return {
      ...this.#terms.at(span),
      name: isNamed ? name : undefined,
      ref: [{ ...this.#terms.at(span), type: 'var', value: name }, ...parts],
      args: argsJson,
      key: key ?? (isKeyed ? parts[0] : undefined),
      value: contains === undefined ? valueJson : undefined,
      assign: assign === ':=' ? true : undefined,
    }
  }
}

interface HeadJson {
  readonly location?: object
  readonly name: string | undefined
  readonly ref: readonly object[]
  readonly args: readonly object[] | undefined
  readonly key: object | undefined
  readonly value: object | undefined
  readonly assign: true | undefined
}

function isGround(term: Term): boolean {
  return term.kind === 'null' || term.kind === 'boolean' || term.kind === 'number' || term.kind === 'string'
}
