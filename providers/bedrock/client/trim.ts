import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'

/**
 * Takes from the client what costs a fifth of every call and brings nothing here: retries, which are the engine's (the SDK's would
 * be unseen, and their waiting counted as latency), and finding out anew what is the same every time: how it is called, and how
 * event streams are read.
 */
export async function trim(client: BedrockRuntimeClient): Promise<void> {
  const agent = await client.config.defaultUserAgentProvider()
  const userAgent = agent
    .map(([name, version]) => (version === undefined ? name : `${name}/${version}`))
    .join(' ')
  // Others are placed by these names, and a middleware of the same name takes the other's place.
  client.middlewareStack.add((next) => next, {
    name: 'retryMiddleware',
    step: 'finalizeRequest',
    priority: 'high',
    override: true,
  })
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> }
      headers['user-agent'] = userAgent
      return next(args)
    },
    { name: 'getUserAgentMiddleware', step: 'build', priority: 'low', override: true },
  )
  const protocol = client.config.protocol as { loadEventStreamCapability?: () => Promise<unknown> }
  const load = protocol.loadEventStreamCapability
  if (load === undefined) return
  let loaded: Promise<unknown> | undefined
  protocol.loadEventStreamCapability = () => (loaded ??= load.call(protocol))
}
