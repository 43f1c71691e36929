/** What promptfoo, and assay, construct a provider with. */
export interface ProviderOptions {
  readonly id?: string | undefined
  readonly label?: string | undefined
  readonly config?: unknown
  /** The suite's and the provider's own `env`; goes before the process's. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** The environment a provider sees. */
export function environmentOf({ env }: ProviderOptions): Readonly<Record<string, string | undefined>> {
  return env === undefined ? process.env : { ...process.env, ...env }
}
