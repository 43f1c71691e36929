import { z } from 'zod'
import { ConfigError, messageOf } from '../../harness/model/errors.ts'
import { readConfig } from '../shared/config.ts'
import type { Path } from './path.ts'
import { parsePath } from './path.ts'

const DEFAULT_TIMEOUT_MS = 300_000
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024

const path = z.string().transform((text, context): Path => {
  try {
    return parsePath(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: messageOf(error) })
    return z.NEVER
  }
})

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'expected a text, a number, true or false',
})
const query = z.record(
  z.string(),
  z.union([scalar, z.array(scalar)], {
    error: 'expected a text, a number, true or false, or a list of them',
  }),
)
const STATUSES = 'expected statuses: 2xx, 201, or a list of such'
const status = z.union([z.int().min(200).max(599), z.string().regex(/^[2-5](?:\d\d|xx)$/, STATUSES)], {
  error: STATUSES,
})
/** Where a session's id is in a reply, or goes in a request: one of the members. */
const oneOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject(shape)
    .partial()
    .refine(
      (place) => Object.values(place).filter((member) => member !== undefined).length === 1,
      `expected one of ${Object.keys(shape).join(', ')}`,
    )
const name = z.string().min(1)

/** How a reply is read. A prompt may set these for itself. */
const reading = {
  streaming: z
    .literal(['auto', 'sse', 'ndjson', 'text', false], { error: 'expected auto, sse, ndjson, text or false' })
    .default('auto'),
  output: path.optional(),
  delta: path.optional(),
  done: z.string().min(1).optional(),
  error: path.optional(),
  finishReason: path.optional(),
  usage: z
    .strictObject({
      input: path,
      output: path,
      cacheRead: path.optional(),
      cacheWrite: path.optional(),
      inputIncludesCached: z.boolean().default(false),
    })
    .optional(),
  costPath: path.optional(),
  metadata: z.record(z.string(), path).default({}),
  billing: z
    .string()
    .regex(/^[^/\s]+\/\S+$/, 'expected vendor/model, like openai/gpt-4o-mini')
    .optional(),
  status: z.union([status, z.array(status).min(1)], { error: STATUSES }).default('2xx'),
  timeoutMs: z.int().min(1).max(2_147_483_647).default(DEFAULT_TIMEOUT_MS),
}

const schema = z.strictObject({
  url: z.string().min(1),
  method: z.string().min(1).default('POST'),
  headers: z.record(z.string(), scalar).default({}),
  query: query.optional(),
  /** promptfoo's word for it. */
  queryParams: query.optional(),
  body: z.unknown().optional(),
  session: z
    .strictObject({
      from: oneOf({ header: name, path, cookie: name }),
      send: oneOf({ header: name, query: name, body: name, cookie: name }).optional(),
    })
    .optional(),
  maxBytes: z.int().min(1).default(DEFAULT_MAX_BYTES),
  ...reading,
})

/** What a suite may set under `config`, with defaults. */
export type HttpConfig = z.infer<typeof schema>

/** Keys of promptfoo's http provider that mean code, or what is not offered here, and what does the same. */
const PROMPTFOOS: Readonly<Record<string, string>> = {
  request: 'write it as `url`, `method`, `headers` and `body`',
  transformRequest: 'write `body` as a map: each text in it is a template',
  transformResponse: 'name where the text is: `output: choices[0].message.content`',
  responseParser: 'name where the text is: `output: choices[0].message.content`',
  sessionParser: 'name where the id is: `session: {from: {path: session_id}}`, or `{header: x-session-id}`',
  sessionSource: 'use `session: {from, send}`',
  stateful: 'use `session: {from, send}`',
  validateStatus: 'list the codes that are replies: `status: [2xx, 422]`',
  tokenEstimation: 'name where the counts are: `usage: {input: usage.prompt_tokens, output: …}`',
  auth: "write the header: `headers: {Authorization: 'Bearer {{env.API_KEY}}'}`",
  maxRetries: 'leave it out: assay itself tries again',
  useHttps: 'write `https://` into `url`',
  tls: 'name the certificate of your authority in the environment: NODE_EXTRA_CA_CERTS=ca.pem',
}
const OTHERWISE = 'promptfoo’s own provider has it: use its id `http` or `https://…` instead of this file'
const ELSEWHERE: ReadonlySet<string> = new Set([
  'multipart',
  'signatureAuth',
  'tools',
  'tool_choice',
  'transformToolsFormat',
])

/** @throws {ConfigError} for the first mistake */
export function readHttpConfig(config: unknown): HttpConfig {
  for (const key of Object.keys(config ?? {})) {
    const instead = PROMPTFOOS[key] ?? (ELSEWHERE.has(key) ? OTHERWISE : undefined)
    if (instead !== undefined)
      throw new ConfigError(`http knows no config key \`${key}\``, [key], true, instead)
  }
  const { session } = (config ?? {}) as { session?: unknown }
  if (typeof session === 'object' && session !== null && 'url' in session)
    throw new ConfigError(
      'http: a session that a call of its own opens is not offered',
      ['session', 'url'],
      true,
      OTHERWISE,
    )
  const read = readConfig(schema, config, 'http')
  if (read.query !== undefined && read.queryParams !== undefined)
    throw new ConfigError('http: `query` and `queryParams` are the same: write one', ['queryParams'], true)
  return read
}

/**
 * The config with what a prompt sets for itself, key by key: how the reply is read. Where the request goes and what it holds
 * is not a prompt's to change, for a prompt's config may hold data, and templates are code.
 * @throws {ConfigError} for a key of the request, or a wrong value
 */
export function forPrompt(config: unknown, own: unknown): HttpConfig | undefined {
  const set = Object.entries((own ?? {}) as Record<string, unknown>).filter(([key]) =>
    Object.hasOwn(schema.shape, key),
  )
  if (set.length === 0) return undefined
  const fixed = set.find(([key]) => !Object.hasOwn(reading, key))?.[0]
  if (fixed !== undefined)
    throw new ConfigError(
      `http: the config of a prompt cannot set \`${fixed}\``,
      [fixed],
      true,
      'list the provider once more, with another label and its own `prompts`',
    )
  return readHttpConfig({ ...(config as object | undefined), ...Object.fromEntries(set) })
}
