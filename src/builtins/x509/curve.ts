/** The elliptic curves that keys and tokens use, on `@noble/curves`. */
import { p256, p384, p521 } from '@noble/curves/nist'

export type CurveName = 'P-256' | 'P-384' | 'P-521'

export interface Curve {
  /** Bytes of a coordinate. */
  readonly size: number
  readonly isPoint: (bytes: Uint8Array) => boolean
  readonly coordinates: (point: Uint8Array) => readonly [x: bigint, y: bigint]
  /** Checks r and s, each `size` bytes, over a digest. */
  readonly verify: (signature: Uint8Array, digest: Uint8Array, point: Uint8Array) => boolean
  /** r and s over a digest. */
  readonly sign: (digest: Uint8Array, secret: Uint8Array) => Uint8Array
  /** The point of a secret, uncompressed. */
  readonly publicPoint: (secret: Uint8Array) => Uint8Array
}

function curve(engine: typeof p256, size: number): Curve {
  return {
    size,
    isPoint: (bytes) => {
      if (bytes[0] !== 4 || bytes.length !== 1 + 2 * size) return false
      try {
        engine.Point.fromHex(bytes).assertValidity()
        return true
      } catch {
        return false
      }
    },
    coordinates: (point) => {
      const { x, y } = engine.Point.fromHex(point).toAffine()
      return [x, y]
    },
    verify: (signature, digest, point) => {
      try {
        return engine.verify(signature, digest, point, { lowS: false, prehash: false, format: 'compact' })
      } catch {
        return false
      }
    },
    sign: (digest, secret) => engine.sign(digest, secret, { lowS: false, prehash: false }).toBytes('compact'),
    publicPoint: (secret) => engine.getPublicKey(secret, false),
  }
}

export const CURVES: Readonly<Record<CurveName, Curve>> = {
  'P-256': curve(p256, 32),
  'P-384': curve(p384, 48),
  'P-521': curve(p521, 66),
}

const OIDS: ReadonlyMap<string, CurveName> = new Map([
  ['1.2.840.10045.3.1.7', 'P-256'],
  ['1.3.132.0.34', 'P-384'],
  ['1.3.132.0.35', 'P-521'],
])

export function curveOfOid(oid: string): CurveName | undefined {
  return OIDS.get(oid)
}

export function isCurveName(name: string): name is CurveName {
  return Object.hasOwn(CURVES, name)
}
