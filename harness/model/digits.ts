/** A number with commas between its thousands: `1,800`, `1,234.50`. Without `Intl`, which takes 15 ms to load. */
export function grouped(n: number, decimals = 0): string {
  const [whole = '', fraction] = n.toFixed(decimals).split('.')
  const commas = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return fraction === undefined ? commas : `${commas}.${fraction}`
}
