import { quoted } from '../shared/quote.ts'

/** A confidence as a share: a number from 0 to 1, a text that is one, or a percentage with its sign. What is neither is told, not guessed. */
export function confidenceOf(
  value: unknown,
  path: string,
): { readonly confidence: number } | { readonly remark: string } {
  if (value === undefined || value === null) return { remark: `it gives no \`${path}\`` }
  const confidence = shareOf(value)
  if (confidence >= 0 && confidence <= 1) return { confidence }
  const written = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return { remark: `its \`${path}\` is no share from 0 to 1: ${quoted(written)}` }
}

function shareOf(value: unknown): number {
  if (typeof value === 'number') return value
  const percent = typeof value === 'string' ? /^\s*([\d.]{1,20})\s*(%?)\s*$/.exec(value) : null
  return percent === null ? Number.NaN : Number(percent[1]) / (percent[2] === '%' ? 100 : 1)
}
