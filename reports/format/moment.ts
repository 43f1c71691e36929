/** An ISO time as `2026-11-23 10:00 UTC`; another text as it is. */
export function moment(iso: string): string {
  return iso.replace(/^(\S+)T(\d\d:\d\d):\S*Z$/, '$1 $2 UTC')
}
