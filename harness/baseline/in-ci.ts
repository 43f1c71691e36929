/** True where `CI` is set, as every CI service does. */
export function isInCi(env: Readonly<Record<string, string | undefined>>): boolean {
  return !['', '0', 'false'].includes((env['CI'] ?? '').toLowerCase())
}
