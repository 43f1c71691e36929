/**
 * A number with commas between its thousands: `1,800`, `1,234.50`. Without `Intl`, which takes 15 ms to load.
 * @param decimals as many; where it is left out at most three, and none that say nothing
 */
export function grouped(n: number, decimals?: number): string {
  const text = decimals === undefined ? String(Number(n.toFixed(3))) : n.toFixed(decimals)
  const [whole = '', fraction] = text.split('.')
  const commas = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return fraction === undefined ? commas : `${commas}.${fraction}`
}
