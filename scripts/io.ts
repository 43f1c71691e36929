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
}

/**
 * Takes stdout for assay's own data. Whatever a library prints there (promptfoo's banners, a provider's
 * `console.log`) goes to stderr from now on, so that `--json` can be piped. A reader that leaves early changes no exit code.
 */
export function claimStdout(): Io {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = process.stderr.write.bind(process.stderr)
  process.stdout.on('error', ignoreClosed)
  process.stderr.on('error', ignoreClosed)
  const { env } = process
  const redrawn = process.stderr.isTTY && !isSet(env.CI) && env.TERM !== 'dumb'
  const plain = isSet(env.NO_COLOR) || isSet(env.CI)
  return {
    out: (text) => void write(text),
    err: (text) => void process.stderr.write(text),
    env,
    cwd: process.cwd(),
    live: redrawn && { columns: process.stderr.columns || 80 },
    terminal: {
      columns: process.stdout.columns ?? 120,
      color: isSet(env.FORCE_COLOR) || (process.stdout.isTTY && !plain),
    },
  }
}

/** `| head` has seen enough. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false'
}
