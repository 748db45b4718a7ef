/** What is wrong with a document that should be a CCE policy. Rego's own faults are in the other catalogues. */

/** Like a row of the other catalogues, without the field's error class: these documents are no Rego. */
export interface PolicyMessageRow<Facts extends readonly unknown[] = readonly never[]> {
  readonly text: (...facts: Facts) => string
  readonly hint?: (...facts: Facts) => string
  readonly explain: string
}

export const POLICY_MESSAGES = {
  'policy-is-empty': {
    text: () => 'the policy is empty',
    hint: () => 'a template that was not filled in yet has an empty `ccePolicy`',
    explain: 'An empty text states nothing, and the guest would refuse everything under it.',
  },
  'policy-is-not-utf8': {
    text: () => 'the policy is not UTF-8 text',
    explain: 'Policies are UTF-8 text. A digest is taken over its bytes, so nothing is guessed or replaced.',
  },
  'policy-is-not-text': {
    text: (found: string) => `expected Rego text, base64 or a JSON object, found ${found}`,
    explain: 'A policy is given as Rego text, as a structured JSON document or its text, or as the base64 of one of these.',
  },
  'policy-is-bad-base64': {
    text: () => 'the policy looks like base64, but is not',
    hint: () => 'it may have been cut off: base64 has a multiple of four characters, padded with `=`',
    explain:
      'The text consists of base64 characters only, but its length or its padding does not fit. Without padding the guest ' +
      'refuses it too.',
  },
  'policy-is-a-template': {
    text: () => 'this is a deployment template, not a policy',
    hint: () => 'take the policy out of it: `policiesInTemplate` finds every `ccePolicy`',
    explain: 'A template can hold several policies, so which one is meant has to be said.',
  },
  'policy-in-old-json': {
    text: () => 'this is the JSON form of policies that early releases had',
    hint: () => 'generate the policy again; guests accept Rego only',
    explain: 'In it every list is an object with `length` and `elements`. No guest of today accepts it.',
  },
  'json-syntax': {
    text: (message: string) => `not JSON: ${message}`,
    explain: 'The text begins like a JSON object, but is not one.',
  },
  'not-json': {
    text: () => 'expected JSON: null, booleans, numbers, text, arrays and objects',
    explain: 'A structured policy is JSON. Other JavaScript values have no counterpart in a policy.',
  },
  'inexact-number': {
    text: () => 'the number is not exact here',
    hint: () => 'write it as text',
    explain: 'The number has more digits than a double keeps, so it would come out as another one.',
  },
  'broken-text': {
    text: () => 'the text has half of a surrogate pair',
    explain: 'A surrogate without its other half has no UTF-8 form.',
  },
  'too-deep': {
    text: () => 'the values nest too deeply',
    explain: 'Values may nest 64 levels deep.',
  },
  'wrong-shape': {
    text: (message: string) => message,
    explain: 'The document does not have the shape of a structured policy; the JSON Schema of policies describes it.',
  },
  'bad-pattern': {
    text: (pattern: string) => `\`${pattern}\` is not a regular expression`,
    hint: () => 'patterns follow RE2: no look-around, no back-references, repeat counts up to 1000',
    explain: 'A pattern that does not compile never matches anything, so the rule it stands in would only refuse.',
  },
  'open-door-with-containers': {
    text: () => 'a policy that allows all cannot list containers',
    hint: () => 'leave out `allow_all`, or the containers',
    explain: 'With `allow_all` the policy allows every request, so the containers would mean nothing.',
  },
} as const satisfies Record<string, PolicyMessageRow<never>>
