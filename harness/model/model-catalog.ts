/** What a model can be given and asked for, besides text. */
export const CAPABILITIES = ['image', 'document', 'tools', 'json', 'cache', 'reasoning', 'system'] as const
export type Capability = (typeof CAPABILITIES)[number]

/** What is known of a model before it is called. */
export interface ModelInfo {
  /** The vendor's own id, without an inference profile's prefix: `anthropic.claude-sonnet-4-5-20250929-v1:0`. */
  readonly id: string
  /** Scheme of the provider ids it is called by: bedrock, google, openai, anthropic. */
  readonly scheme: string
  /** Prompt and reply together, in tokens. */
  readonly contextWindow?: number | undefined
  /** Longest reply, in tokens. */
  readonly maxOutput?: number | undefined
  readonly capabilities: readonly Capability[]
  /** Key in the price table (`aws/…`) where it is another than the id says. */
  readonly price?: string | undefined
  /** Bedrock: inference profiles it has (us, eu, apac, global…). */
  readonly profiles?: readonly string[] | undefined
  /** Bedrock: true where it is called by an inference profile alone. */
  readonly profileOnly?: boolean | undefined
  /** Fewest tokens of a prompt that are cached; below it nothing is, and nothing says so. */
  readonly cacheMinTokens?: number | undefined
  /** ISO date from which it is no longer served. */
  readonly retires?: string | undefined
}

/** The models and classes of models that are known (`providers/models.yaml`). */
export interface ModelCatalog {
  /**
   * The provider id a class stands for: of `sonnet-class` the one of its first vendor, of `bedrock:sonnet-class` Bedrock's.
   * Undefined where that names no class, or one that the vendor does not have.
   */
  idOfClass(id: string): string | undefined
  /** Names of the classes, for suggestions. */
  readonly classes: readonly string[]
  /** Provider ids of the models (`openai:gpt-4o`), for suggestions. */
  readonly ids: readonly string[]
  /** By the scheme of its provider id and its model id, with or without an inference profile's prefix. */
  find(scheme: string, model: string): ModelInfo | undefined
}
