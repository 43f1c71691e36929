import { onTestFinished } from 'vitest'
import type { ProviderResponse, Told } from '../../../harness/model/provider.ts'
import Bedrock from '../../../providers/bedrock.ts'
import type { WireServer } from './wire-server.ts'

export const MODEL = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'

/** What every test knows of the environment; nothing of the machine's own. */
export const ENV = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_REGION: 'us-east-1',
  AWS_BEARER_TOKEN_BEDROCK: '',
  AWS_PROFILE: '',
  AWS_SESSION_TOKEN: '',
  AWS_BEDROCK_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_ENDPOINT_URL: '',
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: '',
}

export type Metadata = Told & Record<string, unknown>

export function bedrock(
  server: Pick<WireServer, 'url'>,
  config: Record<string, unknown> = {},
  env: Record<string, string | undefined> = ENV,
): Bedrock {
  const provider = new Bedrock({ config: { model: MODEL, endpoint: server.url, ...config }, env })
  onTestFinished(() => provider.cleanup())
  return provider
}

/** Asks once, and has the reply with its metadata typed. */
export async function ask(
  server: Pick<WireServer, 'url'>,
  config: Record<string, unknown> = {},
  prompt = 'Is "I love it" positive?',
): Promise<ProviderResponse & { metadata: Metadata }> {
  return (await bedrock(server, config).callApi(prompt)) as ProviderResponse & { metadata: Metadata }
}
