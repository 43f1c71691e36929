import { StringDecoder } from 'node:string_decoder'
import type { Conceal } from '../harness/record/known-secrets.ts'
import { KnownSecrets } from '../harness/record/known-secrets.ts'
import { PieceRedactor } from './piece-redactor.ts'

/** The process as commands see it: data on stdout, everything else on stderr. */
export interface Io {
  /** Writes data to the real stdout. */
  readonly out: (text: string) => void
  /** Writes progress, warnings and errors to stderr. */
  readonly err: (text: string) => void
  readonly env: Record<string, string | undefined>
  readonly cwd: string
  /** Set when stderr is a terminal that can be redrawn, and this is not CI. */
  readonly live: false | { readonly columns: number }
  readonly terminal: { readonly columns: number; readonly color: boolean }
  /** Has secrets left out of both from now on, besides those of the environment the process started with. */
  readonly conceal?: Conceal | undefined
  /** A text without them, for what is shown elsewhere than on these two. */
  readonly redact?: ((text: string) => string) | undefined
}

/**
 * Takes stdout for assay's own data. Whatever a library prints there (promptfoo's banners, a provider's
 * `console.log`) goes to stderr from now on, so that `--json` can be piped. Secrets are left out of all of it, line by line where
 * it comes in pieces. A reader that leaves early changes no exit code.
 */
export function claimStdout(): Io {
  const out = process.stdout.write.bind(process.stdout)
  const err = process.stderr.write.bind(process.stderr)
  const { env } = process
  const secrets = new KnownSecrets()
  secrets.add({ env })
  divert(process.stdout, err, secrets.redact)
  divert(process.stderr, err, secrets.redact)
  process.stdout.on('error', ignoreClosed)
  process.stderr.on('error', ignoreClosed)
  const redrawn = process.stderr.isTTY && !isSet(env.CI) && env.TERM !== 'dumb'
  const plain = isSet(env.NO_COLOR) || isSet(env.CI)
  return {
    out: (text) => void out(secrets.redact(text)),
    err: (text) => void err(secrets.redact(text)),
    env,
    cwd: process.cwd(),
    live: redrawn && { columns: process.stderr.columns || 80 },
    terminal: {
      columns: process.stdout.columns ?? 120,
      color: isSet(env.FORCE_COLOR) || (process.stdout.isTTY && !plain),
    },
    conceal: secrets.add,
    redact: secrets.redact,
  }
}

/** What others write to a stream from now on goes elsewhere, without secrets; what it left of a line comes when the process ends. */
function divert(
  stream: NodeJS.WriteStream,
  write: (text: string) => boolean,
  redact: (text: string) => string,
): void {
  const pieces = new PieceRedactor(redact)
  const decoder = new StringDecoder()
  const pass = (text: string): boolean => text === '' || write(text)
  type Done = (error?: Error | null) => void
  stream.write = (chunk: Uint8Array | string, encoding?: BufferEncoding | Done, callback?: Done): boolean => {
    const text = typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk))
    const isFree = pass(pieces.write(text))
    const done = typeof encoding === 'function' ? encoding : callback
    if (done !== undefined) process.nextTick(done)
    return isFree
  }
  process.on('exit', () => void pass(pieces.write(decoder.end()) + pieces.end()))
}

/** `| head` has seen enough. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false'
}
