import { relative, resolve } from 'node:path'
import { HarnessError } from '../../harness/model/errors.ts'
import type { Plan } from '../../harness/model/plan.ts'
import type { ProviderSpec } from '../../harness/model/suite.ts'
import { providerFiles } from '../../harness/plan/provider-file.ts'
import { Resumption } from '../../harness/record/resumption.ts'
import type { RunEvents } from '../../harness/run-events.ts'
import { run } from '../../harness/run.ts'
import { readSuite } from '../../harness/suite/read.ts'
import type { World } from '../../harness/world.ts'
import { decisionWord } from '../../reports/format/headline.ts'
import { summarize } from '../../reports/summary.ts'
import { loadEnvFiles } from '../env-file.ts'
import { showRun } from '../finish-run.ts'
import { listenForInterrupts } from '../interrupt.ts'
import type { Io } from '../io.ts'
import { parseReporters, reportsToShow } from '../reporters.ts'
import { commonRequest } from '../run-options.ts'
import { errorText, tellError } from '../tell-error.ts'
import { watchRun } from '../watch-run.ts'
import { realWorld } from '../world.ts'
import { ImportLog } from './imports.ts'
import type { EndedRound, OtherFile, RoundMessage, RoundRequest } from './messages.ts'
import { namedFiles } from './named-files.ts'
import { readOutcomes } from './outcomes.ts'
import { RoundTally } from './round-tally.ts'
import { roundText } from './round-text.ts'

/**
 * One round of `assay run --watch`. It has a process of its own: Node keeps the code that it has imported, and a round must run the
 * code as it was saved.
 */
export async function roundCommand(io: Io): Promise<number> {
  const request = await requested()
  const interrupts = listenForInterrupts(io)
  // Whoever watches is gone: what is begun is finished, and nothing more.
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  const imports = new ImportLog()
  imports.listen()
  try {
    loadEnvFiles(io, request.options.envFile)
    const world = realWorld(io, interrupts)
    if (await isUnchanged(request, world)) {
      await tell({ is: 'unchanged' })
      return 0
    }
    const ended = await runRound(request, { io, world, imports, onFolder: interrupts.onFolder })
    await tell(ended)
    return ended.exitCode
  } catch (thrown) {
    const { redact = String } = io
    const error = redact(errorText(io, thrown))
    if (error === request.unless?.error) {
      await tell({ is: 'unchanged' })
      return 0
    }
    const exitCode = tellError(io, thrown)
    await tell({ is: 'broken', exitCode, error })
    return exitCode
  } finally {
    interrupts.forget()
  }
}

interface Surroundings {
  readonly io: Io
  readonly world: World
  readonly imports: ImportLog
  readonly onFolder: (dir: string) => void
}

async function runRound(
  request: RoundRequest,
  { io, world, imports, onFolder }: Surroundings,
): Promise<EndedRound> {
  const { options, previous, number, recheck } = request
  const reporters = parseReporters(options.reporter, io.cwd)
  const common = await commonRequest(options, request.command, io)
  const watch = watchRun(io, world.clock.now, onFolder, previous === undefined)
  const tally = new RoundTally((progress) => void tell({ is: 'progress', ...progress }))
  let plan: Plan | undefined
  const events: RunEvents = {
    ...watch.events,
    onStart(planned, dir, onRecord = 0) {
      plan = planned
      watch.events.onStart(planned, dir, onRecord)
      tally.begin(planned.size.cells, onRecord)
      void tell({ is: 'begun', dir, hash: planned.suite.hash, files: filesOf(planned) })
    },
    onChild(name, planned, onRecord = 0) {
      watch.events.onChild(name, planned, onRecord)
      tally.beginAgain(planned.size.cells, onRecord)
    },
    onTrial(trial) {
      watch.events.onTrial(trial)
      tally.addTrial(trial)
    },
    onCall(call) {
      watch.events.onCall(call)
      tally.addCall(call)
    },
  }
  const resumption =
    previous === undefined ? undefined : await Resumption.begin(previous.dir, world.clock.wallClock)
  try {
    const result = await run(
      {
        ...common,
        suite: request.suite,
        maxCostUsd: options.maxCost,
        ...(resumption !== undefined && { resume: { resumption, errors: true, recheck } }),
      },
      world,
      events,
    ).finally(watch.stop)
    await showRun(result, previous === undefined ? reportsToShow(reporters, false) : reporters, io)
    const { outcomes, flips } = await readOutcomes(result.run.trials(), previous?.outcomes ?? new Map())
    const word = decisionWord(result)
    const spentUsd = result.spent.usd
    const summary = {
      number,
      changed: plan === undefined ? [] : savedSince(request, plan).map((path) => relative(io.cwd, path)),
      cells: { ...tally.cells, absent: result.analysis.cells.absent },
      word,
      before: previous?.word,
      spentUsd: spentUsd - (previous?.spentUsd ?? 0),
      spentInAllUsd: spentUsd,
      flips,
    }
    io.out(roundText(summary, io))
    return {
      is: 'ended',
      dir: result.run.dir,
      exitCode: summarize(result).exitCode,
      word,
      outcomes,
      spentUsd,
      others: plan === undefined ? [] : await othersOf(plan, imports),
    }
  } finally {
    await resumption?.end()
  }
}

/** True where only another suite was worth a round, and it is not one. */
async function isUnchanged({ suite, unless, options }: RoundRequest, world: World): Promise<boolean> {
  if (unless?.hash === undefined) return false
  const { hash } = await readSuite(suite, { ...world, allowOutside: options.allowOutside })
  return hash === unless.hash
}

function filesOf({ suite }: Plan): ReadonlyMap<string, string> {
  return new Map(Object.entries(suite.files).map(([path, digest]) => [resolve(suite.root, path), digest]))
}

/** Absolute paths of what is other than in the round before: a file may have been saved again since this one was asked for. */
function savedSince({ changed, readBefore }: RoundRequest, plan: Plan): string[] {
  if (readBefore === undefined) return [...changed]
  const read = filesOf(plan)
  const others = [...readBefore.keys(), ...read.keys()].filter(
    (path) => readBefore.get(path) !== read.get(path),
  )
  return [...new Set([...changed, ...others])]
}

/** What cases and hooks name, and what code of the suite imports. */
async function othersOf({ suite }: Plan, imports: ImportLog): Promise<OtherFile[]> {
  const read = Object.keys(suite.files).map((path) => resolve(suite.root, path))
  const known = new Set([...read, ...(await namedFiles(suite))])
  const belowAny = (paths: Iterable<string>): Set<string> =>
    new Set([...paths].flatMap((path) => Array.from(imports.below(path))))
  const ofProviders = belowAny(suite.providers.flatMap(({ path }) => path ?? []))
  for (const path of await inProviderHashes(suite.providers)) ofProviders.delete(path)
  const imported = [...belowAny(known)].filter((path) => !known.has(path))
  return [
    ...[...known].map((path) => ({ path })),
    ...imported.map((path): OtherFile => ({
      path,
      importedBy: ofProviders.has(path) ? 'provider' : 'other',
    })),
  ]
}

/** What is imported from a provider's own folder is part of what its replies are known by. */
async function inProviderHashes(providers: readonly ProviderSpec[]): Promise<string[]> {
  const ofEach = providers.map(async (spec) =>
    spec.path === undefined ? [] : [...(await providerFiles(spec, spec.path)).keys()],
  )
  return (await Promise.all(ofEach)).flat()
}

/** What the process that watches asks for. @throws HarnessError `usage` where there is none */
function requested(): Promise<RoundRequest> {
  if (process.send === undefined)
    throw new HarnessError('usage', 'a round of --watch is not run by hand', {
      hint: 'Use `assay run SUITE --watch`.',
    })
  return new Promise((done) => process.once('message', (request) => done(request as RoundRequest)))
}

/** Resolves once it is on its way; with nobody there to be told, too. */
function tell(message: RoundMessage): Promise<void> {
  return new Promise((done) => {
    if (process.connected) process.send?.(message, () => done())
    else done()
  })
}
