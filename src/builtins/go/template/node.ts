/** What a template is made of once it is parsed. */

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | {
      readonly kind: 'if' | 'with' | 'range'
      readonly pipe: Pipe
      readonly body: readonly TemplateNode[]
      readonly otherwise: readonly TemplateNode[]
    }
  | { readonly kind: 'template'; readonly name: string; readonly pipe: Pipe | undefined }
  | { readonly kind: 'break' | 'continue' }

/** Commands, each of which gets the value of the one before as its last argument; perhaps named in the end. */
export interface Pipe {
  readonly variables: readonly string[]
  /** Whether the variables are new (`:=`) or get another value (`=`). */
  readonly declares: boolean
  readonly commands: readonly Command[]
}

/** A function and its arguments, or a value alone. */
export type Command = readonly Operand[]

export type Operand =
  | { readonly kind: 'dot' }
  | { readonly kind: 'nil' }
  | { readonly kind: 'literal'; readonly value: string | boolean | bigint | number }
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'chain'; readonly pipe: Pipe; readonly path: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }

export interface Template {
  readonly main: readonly TemplateNode[]
  readonly named: ReadonlyMap<string, readonly TemplateNode[]>
}
