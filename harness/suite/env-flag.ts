export type Env = Readonly<Record<string, string | undefined>>

const TRUE_WORDS = new Set(['1', 'true', 'yes', 'yup', 'yeppers'])

/** True when a `PROMPTFOO_…` switch is on, by the words promptfoo takes for yes. */
export function envFlag(env: Env, name: string): boolean {
  return TRUE_WORDS.has((env[name] ?? '').toLowerCase())
}
