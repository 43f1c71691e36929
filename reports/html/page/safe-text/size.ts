import { count } from '../../../format/figures.ts'

/** A number of bytes or characters: `840 B`, `12 kB`, `1.2 MB`. */
export function sizeOf(n: number): string {
  if (n < 1_000) return `${count(n)} B`
  if (n < 999_500) return `${(n / 1_000).toFixed(n < 9_950 ? 1 : 0)} kB`
  return `${(n / 1e6).toFixed(1)} MB`
}
