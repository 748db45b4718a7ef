/** Distinguished names, as documents in the shape of Go's `pkix.Name`. */
import { RegoObject, type RegoValue, num } from '../../value/value.js'
import { type DerElement, DerSequence, TAG, oidOf, oidText, textOf } from './der.js'

export interface NameAttribute {
  readonly oid: readonly number[]
  readonly value: string
}

export interface DistinguishedName {
  readonly attributes: readonly NameAttribute[]
  readonly raw: Uint8Array
}

export function readName(element: DerElement): DistinguishedName {
  const attributes: NameAttribute[] = []
  for (const set of new DerSequence(element).rest()) {
    for (const pair of new DerSequence(set, TAG.set).rest()) {
      const attribute = new DerSequence(pair)
      attributes.push({ oid: oidOf(attribute.next()), value: textOf(attribute.next()) })
    }
  }
  return { attributes, raw: element.raw }
}

const LISTS: Readonly<Record<string, string>> = {
  '2.5.4.6': 'Country',
  '2.5.4.10': 'Organization',
  '2.5.4.11': 'OrganizationalUnit',
  '2.5.4.7': 'Locality',
  '2.5.4.8': 'Province',
  '2.5.4.9': 'StreetAddress',
  '2.5.4.17': 'PostalCode',
}
const SINGLES: Readonly<Record<string, string>> = { '2.5.4.3': 'CommonName', '2.5.4.5': 'SerialNumber' }

export function nameDocument({ attributes }: DistinguishedName): RegoObject {
  const lists = Object.entries(LISTS).map(([oid, field]) => {
    const values = attributes.filter((one) => oidText(one.oid) === oid).map(({ value }) => value)
    return [field, values.length === 0 ? null : values] as const
  })
  const singles = Object.entries(SINGLES).map(
    ([oid, field]) => [field, attributes.findLast((one) => oidText(one.oid) === oid)?.value ?? ''] as const,
  )
  const names: RegoValue = attributes.map(({ oid, value }) =>
    RegoObject.of([
      ['Type', oid.map(num)],
      ['Value', value],
    ]),
  )
  return RegoObject.of([...lists, ...singles, ['Names', attributes.length === 0 ? null : names], ['ExtraNames', null]])
}
