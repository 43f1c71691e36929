/**
 * One process of the `providers` benchmark: asks a server, whose address is the first argument, through our Bedrock provider, the
 * bare SDK on the same kind of handler, and promptfoo's Bedrock provider, in turns, so that noise meets all alike. Prints the median
 * milliseconds a call of each, and how long 200 calls at once take. The second argument is another server, which answers after a
 * second; the third says whether promptfoo takes part.
 */
import { Agent } from 'node:http'
import { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { importPromptfoo } from '../../harness/verify/promptfoo.ts'
import type { ProviderResponse } from '../../harness/model/provider.ts'
import Bedrock from '../../providers/bedrock.ts'
import { median } from './measure.ts'

const MODEL = 'amazon.nova-lite-v1:0'
const ROUNDS = 15
const CALLS = 100
const CONCURRENCY = 50
const AT_ONCE = 200
const BURSTS = 5

/** What the process prints. Times in milliseconds. */
export interface ProviderCalls {
  readonly alone: Readonly<Record<string, number>>
  readonly together: Readonly<Record<string, number>>
  /** The first burst opens its connections, the later ones find them open: their medians. */
  readonly atOnce: { readonly first: Burst; readonly later: Burst }
}

interface Burst {
  readonly wallMs: number
  readonly p50Ms: number
}

type Ask = (prompt: string) => Promise<unknown>

// It would go before the credentials that are signed with.
delete process.env['AWS_BEARER_TOKEN_BEDROCK']
const [url = '', slowUrl = '', withPromptfoo = ''] = process.argv.slice(2)
const contenders: Record<string, Ask> = { assay: ours(url), sdk: bareSdk(url) }
if (withPromptfoo === 'promptfoo') {
  // promptfoo asks without a stream: so does the one it is held against.
  contenders['converse'] = ours(url, { api: 'converse' })
  contenders['promptfoo'] = await promptfoos(url)
}
const alone = await compete(contenders, 1)
const together = await compete(contenders, CONCURRENCY)
const printed: ProviderCalls = { alone, together, atOnce: await bursts(ours(slowUrl)) }
console.log(JSON.stringify(printed))
process.exit()

function ours(endpoint: string, more: object = {}): (prompt: string) => Promise<ProviderResponse> {
  const provider = new Bedrock({ config: { model: MODEL, region: 'us-east-1', endpoint, ...more } })
  return async (prompt) => {
    const response = await provider.callApi(prompt)
    if (response.error !== undefined) throw new Error(response.error)
    return response
  }
}

function bareSdk(endpoint: string): Ask {
  const client = new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ httpAgent: new Agent({ keepAlive: true }) }),
  })
  return async (prompt) => {
    const command = new ConverseStreamCommand({
      modelId: MODEL,
      messages: [{ role: 'user', content: [{ text: prompt }] }],
    })
    let text = ''
    const { stream } = await client.send(command)
    for await (const event of stream ?? []) text += event.contentBlockDelta?.delta?.text ?? ''
    if (text === '') throw new Error('no reply')
  }
}

async function promptfoos(endpoint: string): Promise<Ask> {
  const library = await importPromptfoo({ cacheDir: process.env['ASSAY_BENCH_CACHE'] ?? '.cache' })
  const config = { region: 'us-east-1', endpoint }
  const provider = await library.loadApiProvider(`bedrock:converse:${MODEL}`, { options: { config } })
  return async (prompt) => {
    const response = await provider.callApi(prompt, { vars: {}, prompt: { raw: prompt, label: '' } })
    if (response.error !== undefined) throw new Error(response.error)
  }
}

/** Median milliseconds a call of each, over rounds in which each has its turn; the first round warms up. */
async function compete(
  asks: Readonly<Record<string, Ask>>,
  concurrency: number,
): Promise<Record<string, number>> {
  const times: Record<string, number[]> = {}
  const names = Object.keys(asks)
  for (let round = 0; round <= ROUNDS; round++) {
    // Whoever comes first changes from round to round.
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length] ?? ''
      const took = await timed(asks[name] as Ask, concurrency, `${name} ${round}`)
      if (round > 0) (times[name] ??= []).push(took)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, each]) => [name, median(each)]))
}

async function timed(ask: Ask, concurrency: number, label: string): Promise<number> {
  let next = 0
  const started = performance.now()
  const lane = async (): Promise<void> => {
    while (next < CALLS) await ask(`${label}: call ${next++} of many, that asks for one word`)
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return (performance.now() - started) / CALLS
}

async function bursts(ask: (prompt: string) => Promise<ProviderResponse>): Promise<ProviderCalls['atOnce']> {
  const first = await burst(ask)
  const later: Burst[] = []
  while (later.length < BURSTS) later.push(await burst(ask))
  return {
    first,
    later: {
      wallMs: median(later.map(({ wallMs }) => wallMs)),
      p50Ms: median(later.map(({ p50Ms }) => p50Ms)),
    },
  }
}

async function burst(ask: (prompt: string) => Promise<ProviderResponse>): Promise<Burst> {
  const started = performance.now()
  const replies = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => ask(`at once ${n}`)))
  const wallMs = performance.now() - started
  const told = replies.map(({ metadata = {} }) => (metadata['timing'] as { latencyMs: number }).latencyMs)
  return { wallMs, p50Ms: median(told) }
}
