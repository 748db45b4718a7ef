/**
 * The order that Go's YAML writes keys in: as people count, `a9` before `a10`, and other characters before letters.
 */

export function compareNaturally(a: string, b: string): number {
  const left = Array.from(a)
  const right = Array.from(b)
  const at = left.findIndex((char, place) => char !== right[place])
  if (at === -1 || at >= right.length) return left.length - right.length
  const [one, other] = [left[at] as string, right[at] as string]
  const [isLetterOne, isLetterOther] = [isLetter(one), isLetter(other)]
  if (isLetterOne && isLetterOther) return codeOf(one) - codeOf(other)
  if (isLetterOne !== isLetterOther) {
    // Right after equal digits a letter ends the shorter number; elsewhere letters come last.
    const isInNumber = at > 0 && isDigit(left[at - 1] as string)
    return isLetterOne === isInNumber ? -1 : 1
  }
  // Equal digits before the difference count, unless they are but zeros.
  const lead =
    /[1-9][0-9]*$/.test(
      left
        .slice(0, at)
        .join('')
        .replace(/^.*[^0-9]/su, ''),
    ) &&
    (one === '0' || other === '0')
      ? '1'
      : ''
  const [digitsOne, digitsOther] = [digitsAt(left, at), digitsAt(right, at)]
  // Long numbers wrap around in Go's machine integers.
  const valueOf = (digits: string): bigint => BigInt.asIntN(64, BigInt(`0${lead}${digits}`))
  const [valueOne, valueOther] = [valueOf(digitsOne), valueOf(digitsOther)]
  if (valueOne !== valueOther) return valueOne < valueOther ? -1 : 1
  return digitsOne.length - digitsOther.length || codeOf(one) - codeOf(other)
}

function digitsAt(chars: readonly string[], start: number): string {
  let end = start
  while (end < chars.length && isDigit(chars[end] as string)) end++
  return chars.slice(start, end).join('')
}

function isLetter(char: string): boolean {
  return /^\p{L}$/u.test(char)
}

function isDigit(char: string): boolean {
  return /^[0-9]$/.test(char)
}

function codeOf(char: string): number {
  return char.codePointAt(0) as number
}
