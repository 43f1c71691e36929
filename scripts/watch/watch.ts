import { dirname, relative, resolve } from 'node:path'
import { baselinePlace } from '../../harness/baseline/location.ts'
import { INTERRUPTED } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { openFile } from '../open-file.ts'
import { parseReporters } from '../reporters.ts'
import { type RunOptions, shuffleSeed } from '../run-options.ts'
import { WatchLoop } from './loop.ts'
import { refuseUnwatchable } from './refuse.ts'
import { ReportServer } from './serve.ts'
import { shownBy } from './shown-by.ts'

/**
 * `assay run SUITE --watch`: a round now, and one for every save of a file that the suite rests on. All rounds go on with one run
 * folder, so that only cells are called that are others than before. Ctrl-C ends it, with the exit code of the last round.
 */
export async function watchSuite(io: Io, suites: readonly string[], options: RunOptions): Promise<number> {
  refuseUnwatchable(suites, options, io)
  parseReporters(options.reporter, io.cwd)
  const [suite = ''] = suites
  const file = resolve(io.cwd, suite)
  const server = options.serve ? await ReportServer.start(options.port ?? 0, suite) : undefined
  const loop = new WatchLoop({
    suite,
    dir: dirname(file),
    options: options.stopEarly ? { ...options, seed: shuffleSeed(options, io) } : options,
    command: commandOf(process.argv.slice(2)),
    // Those that are not there are awaited.
    besides: [
      file,
      baselinePlace(file).file,
      ...['.env', ...options.envFile].map((name) => resolve(io.cwd, name)),
    ],
    shownAs: (path) => relative(io.cwd, path),
    events: shownBy(io, server),
  })
  const onSignal = (): void => loop.interrupt()
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  try {
    if (server !== undefined) await tellOf(server, options, io)
    return (await loop.run()) ?? INTERRUPTED
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
    await server?.close()
  }
}

async function tellOf({ url }: ReportServer, { open }: RunOptions, io: Io): Promise<void> {
  io.err(`report: ${url}\n`)
  if (open && !(await openFile(url, io.env))) io.err('warning: no browser took the page: open it yourself\n')
}

/** The command that runs the suite once. */
function commandOf(args: readonly string[]): string[] {
  const once = args.filter(
    (arg, i) =>
      !['--watch', '--open', '--no-serve', '--port'].includes(arg) &&
      !arg.startsWith('--port=') &&
      args[i - 1] !== '--port',
  )
  return ['assay', ...once]
}
