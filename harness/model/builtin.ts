import type { Provider } from './provider.ts'

/** promptfoo's contract for a provider class. */
export type ProviderClass = new (options: {
  readonly id: string
  readonly config: Record<string, unknown>
  readonly env: Record<string, string> | undefined
}) => Provider

/** What a suite means by a provider that assay serves itself, or by a file of its own that speaks to the same vendors. */
export interface ServedModel {
  /** Whose limits its calls count against: `bedrock:amazon.nova-lite-v1:0`, `ollama`. */
  readonly account: string
  /** Where the suite names a class of models: the provider id of the one it stands for now. */
  readonly meant?: string | undefined
}

/** A provider id that assay serves itself. */
export interface ServedId extends ServedModel {
  load(): Promise<ProviderClass>
}

/** The providers that come with assay, and what they serve. Ids that they do not serve are promptfoo's. */
export interface Builtin {
  /** @throws HarnessError `suite`, without a place, for a class of models that nobody knows or the vendor does not have */
  serve(id: string): ServedId | undefined
  /** Of a provider that is a file, by its `config`; undefined for files that are not assay's. @throws as `serve` */
  serveFile(path: string, config: Readonly<Record<string, unknown>> | undefined): ServedModel | undefined
  /** Names of the classes of models, for suggestions. */
  readonly classes: readonly string[]
}
