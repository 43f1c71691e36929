/** How an address is shown: what follows the path may hold secrets, and so may what comes before the host. */
export function shownAddress(address: string): string {
  return address.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//')
}
