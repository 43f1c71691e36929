import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { describe, expect, it, onTestFinished } from 'vitest'
import { acquire } from '../../../providers/bedrock/client/connection.ts'
import { ENV, MODEL } from './asked.ts'
import { replay, type WireServer } from './wire-server.ts'

const KEYS = { accessKeyId: ENV.AWS_ACCESS_KEY_ID, secretAccessKey: ENV.AWS_SECRET_ACCESS_KEY }

/** What only retries and the telling of features have a use for. */
const NOT_SENT = new Set(['amz-sdk-invocation-id', 'amz-sdk-request', 'x-amz-user-agent'])

function untrimmed(endpoint: string): BedrockRuntimeClient {
  const client = new BedrockRuntimeClient({
    endpoint,
    region: 'us-east-1',
    credentials: KEYS,
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
  })
  onTestFinished(() => client.destroy())
  return client
}

async function trimmed(endpoint: string): Promise<BedrockRuntimeClient> {
  const identity = { kind: 'keys', from: 'config', ...KEYS } as const
  const { connection, release } = acquire({ region: 'us-east-1', endpoint, identity, proxy: undefined })
  onTestFinished(release)
  return (await connection).client
}

/** Its middlewares, with the step that each is of. */
function stackOf(client: BedrockRuntimeClient): string[] {
  return client.middlewareStack.identify().toSorted()
}

interface Protocol {
  loadEventStreamCapability: () => Promise<unknown>
}

function signedHeaders({ headers }: WireServer['requests'][number]): string[] {
  return /SignedHeaders=([^,]*)/.exec(headers['authorization'] ?? '')?.[1]?.split(';') ?? []
}

describe('the trimmed client', () => {
  it('has every middleware of the SDK’s by its name and step, and one that observes the wire', async () => {
    const own = stackOf(await trimmed('http://127.0.0.1:9'))
    const theirs = stackOf(untrimmed('http://127.0.0.1:9'))
    expect(theirs).toContain('retryMiddleware - finalizeRequest')
    expect(own).toEqual([...theirs, 'observeWire - deserialize'].toSorted())
  })

  it('loads the reader of event streams once, and it is what the SDK reads them with', async () => {
    await using server = await replay('converse-stream')
    const client = await trimmed(server.url)
    const protocol = client.config.protocol as unknown as Protocol
    expect(await protocol.loadEventStreamCapability()).toBe(await protocol.loadEventStreamCapability())
    protocol.loadEventStreamCapability = () => Promise.reject(new Error('no reader'))
    await expect(client.send(new ConverseStreamCommand({ modelId: MODEL, messages: [] }))).rejects.toThrow(
      'no reader',
    )
  })

  it.each([
    ['converse', ConverseCommand],
    ['converse-stream', ConverseStreamCommand],
  ] as const)(
    'sends what the SDK’s own sends by %s, but for what retries have a use for',
    async (api, Command) => {
      await using server = await replay(api)
      const input = { modelId: MODEL, messages: [{ role: 'user' as const, content: [{ text: 'x' }] }] }
      for (const client of [untrimmed(server.url), await trimmed(server.url)]) {
        const reply = await client.send(new Command(input) as ConverseStreamCommand)
        for await (const _ of reply.stream ?? []) void _
      }
      const [theirs, ours] = server.requests as [
        WireServer['requests'][number],
        WireServer['requests'][number],
      ]
      expect([ours.method, ours.path, ours.body]).toEqual([theirs.method, theirs.path, theirs.body])
      const kept = Object.keys(theirs.headers).filter((name) => !NOT_SENT.has(name))
      expect(Object.keys(ours.headers).toSorted()).toEqual(kept.toSorted())
      expect(signedHeaders(ours)).toEqual(signedHeaders(theirs).filter((name) => !NOT_SENT.has(name)))
      expect(signedHeaders(ours)).toContain('x-amz-date')
      for (const name of ['host', 'content-length', 'content-type', 'x-amz-content-sha256'])
        expect(ours.headers[name]).toBe(theirs.headers[name])
    },
  )
})
