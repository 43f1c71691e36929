interface HowWritten {
  /** One dot or comma before exactly three digits parts thousands, as in amounts of money; else only a comma does. */
  readonly groupsThree?: boolean
}

/**
 * A number as people write it: "1,234.56", "1.234,56", "1 234,56", "1'234", "12,5", "−3". Undefined for what is none, and where groups of digits
 * do not add up: "1,23,4".
 */
export function plainNumber(text: string, { groupsThree = false }: HowWritten = {}): number | undefined {
  const trimmed = text.trim().replace('−', '-')
  const sign = trimmed.startsWith('-') ? -1 : 1
  const digits = trimmed.replace(/^[-+]\s*/, '')
  if (!/^\d/.test(digits) || digits.length > 60) return undefined
  const mark = decimalMark(digits, groupsThree)
  const cut = mark === undefined ? digits.length : digits.lastIndexOf(mark)
  const [whole, fraction] = [digits.slice(0, cut), digits.slice(cut + 1)]
  const isWhole = /^\d+$/.test(whole) || isGrouped(whole)
  if (!isWhole || !/^\d*$/.test(fraction) || (mark !== undefined && fraction === '')) return undefined
  return sign * Number(`${whole.replaceAll(/\D/g, '')}.${fraction}`)
}

function decimalMark(digits: string, groupsThree: boolean): '.' | ',' | undefined {
  const [dots, commas] = [digits.split('.').length - 1, digits.split(',').length - 1]
  if (dots > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
  if (dots + commas !== 1) return undefined
  const mark = dots === 1 ? '.' : ','
  const isThree = /[1-9]\d{0,2}[.,]\d{3}$/.test(digits) && /^[1-9]\d{0,2}[.,]/.test(digits)
  return isThree && (mark === ',' || groupsThree) ? undefined : mark
}

/** Groups of one mark: three digits each, or two as in 12,34,567. */
function isGrouped(whole: string): boolean {
  const mark = /\D/.exec(whole)?.[0]
  if (mark === undefined) return false
  const [first = '', ...groups] = whole.split(mark)
  const last = groups.pop() ?? ''
  return /^\d{1,3}$/.test(first) && /^\d{3}$/.test(last) && groups.every((group) => /^\d{2,3}$/.test(group))
}
