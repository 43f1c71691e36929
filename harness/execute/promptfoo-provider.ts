import { messageOf } from '../model/errors.ts'
import type { Provider } from '../model/provider.ts'
import type { ProviderSpec, Suite } from '../model/suite.ts'
import { fail } from '../suite/config/fail.ts'
import { importPromptfoo } from '../verify/promptfoo.ts'

export interface PromptfooOptions {
  /** The environment, `.env` files included: what promptfoo's own providers look their keys up in. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where promptfoo may write. */
  readonly cacheDir: string
}

/** One of promptfoo's own providers. @throws HarnessError `suite`, at its place in the suite, for one it cannot load */
export async function loadPromptfoo(
  id: string,
  { label, config, delay, transform, env, at }: ProviderSpec,
  suite: Suite,
  options: PromptfooOptions,
): Promise<Provider> {
  const promptfoo = await importPromptfoo({ cacheDir: options.cacheDir })
  try {
    return await promptfoo.loadApiProvider(id, {
      options: { id, label, config, delay, transform, env },
      basePath: suite.dir,
      env: { ...options.env, ...suite.env },
    })
  } catch (error) {
    throw fail(
      'suite',
      `promptfoo cannot load the provider \`${id}\`: ${messageOf(error)}`,
      at,
      undefined,
      error,
    )
  }
}
