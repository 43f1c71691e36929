import type { ColumnName } from '../../model/comparison.ts'
import type { Manifest } from '../../model/run.ts'
import { canonicalJson, shortDigest } from '../../suite/cases/identity.ts'

/** A column of an arm: its keys, what it is made of, and the texts where they are on record. */
export interface ArmColumn extends ColumnName {
  readonly hash: string
  /** Of the prompt template, and its config where that is on record. */
  readonly promptHash: string
  /** Of the provider's id, its config as written, and what its class stood for: its file's content is left out. */
  readonly configHash: string
  readonly raw?: string
  readonly providerId?: string
  /** Of a class of models: the provider id of the one it stood for. */
  readonly model?: string
  readonly config?: unknown
}

/** The columns of a run, from what its manifest holds of their prompts and providers. */
export function columnsOfManifest({
  columns,
  prompts,
  providers,
}: Pick<Manifest, 'columns' | 'prompts' | 'providers'>): ArmColumn[] {
  return columns.map(({ prompt, provider, hash }) => {
    const template = prompts.find(({ key }) => key === prompt)
    const asked = providers.find(({ key }) => key === provider)
    const content = { id: asked?.id ?? provider, config: asked?.config ?? null }
    const model = asked?.model
    return {
      prompt,
      provider,
      hash,
      promptHash: shortDigest(canonicalJson([template?.raw ?? prompt, template?.config ?? null])),
      configHash: shortDigest(canonicalJson(model === undefined ? content : { ...content, model })),
      ...(template !== undefined && { raw: template.raw }),
      ...(asked !== undefined && { providerId: asked.id }),
      ...(model !== undefined && { model }),
      ...(asked?.config !== undefined && { config: asked.config }),
    }
  })
}
