import type { Case } from '../model/case.ts'
import { messageOf } from '../model/errors.ts'
import type { JudgeStanding } from '../model/judge-standing.ts'
import type { ProviderResponse } from '../model/provider.ts'
import type { Suite } from '../model/suite.ts'
import type { Verifier } from '../model/verification.ts'
import { templatesOf } from '../suite/templates.ts'
import { isComparison } from './assertion-kind.ts'
import { createChecksHash } from './checks-hash.ts'
import { compareTrials } from './compare.ts'
import { createFileValues } from './prepare/file-value.ts'
import type { AskGrader, GraderAsk } from './graders/grader-calls.ts'
import type { GraderRef, LoadGrader } from './graders/graders.ts'
import { createGraders, isProvider } from './graders/graders.ts'
import { createJudges } from './judges.ts'
import { createCasePreparer } from './prepare/prepare-case.ts'
import type { PreparedCheck } from './prepare/prepare-check.ts'
import type { Promptfoo } from './promptfoo.ts'
import { importPromptfoo, settleDefaultGraders } from './promptfoo.ts'
import { createMatcher } from './regex/matcher.ts'
import { createSchemas } from './prepare/schema-value.ts'
import { createTransforms } from './prepare/transforms.ts'
import { verifyReply } from './verify-reply.ts'

export interface VerifierOptions {
  /** Where promptfoo may write. */
  readonly cacheDir: string
  /** The environment, `.env` files included: what promptfoo's own graders look their keys up in. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds a check may take, 60,000 by default; `assay.checkTimeoutMs` comes first. */
  readonly checkTimeoutMs?: number | undefined
  /** Milliseconds a pattern may take on one text, 2,000 by default. */
  readonly regexTimeoutMs?: number | undefined
  /** Names code that is about to run, for whoever watches for code that blocks the thread. */
  readonly watchdog?: { enter(name: string): () => void } | undefined
  /** Loads graders; by default promptfoo does. */
  readonly loadGrader?: LoadGrader | undefined
  /** Makes the calls of graders; by default they are simply made. */
  readonly askGrader?: AskGrader | undefined
}

/** A verifier that can tell before the first call what would keep a check from running. */
export interface OpenVerifier extends Verifier {
  /**
   * Imports the files of a case's checks, parses its schemas, finds its graders; without promptfoo.
   * @returns whether any of its checks counts: what a judge says that was not calibrated is only shown
   * @throws HarnessError `suite` at the assertion
   */
  prepare(testCase: Case): Promise<{ readonly counts: boolean }>
  /** Custom checks of the cases prepared that ask models, and what each is known to be worth. */
  readonly judges: readonly JudgeStanding[]
  /** Loads the graders of the cases prepared. @throws HarnessError `suite` for one that cannot be loaded */
  loadGraders(): Promise<void>
  /**
   * Imports promptfoo, which blocks the thread for over a second, and loads the graders of the cases prepared.
   * @throws HarnessError `suite` for a grader that cannot be loaded
   */
  warmUp(): Promise<void>
}

const CHECK_TIMEOUT_MS = 60_000
const REGEX_TIMEOUT_MS = 2_000

/** Opens the verification stage of a suite. Imports nothing yet. */
export async function openVerifier(suite: Suite, options: VerifierOptions): Promise<OpenVerifier> {
  const { cacheDir, env, watchdog, askGrader = askDirectly } = options
  const timeoutMs = suite.assay.checkTimeoutMs ?? options.checkTimeoutMs ?? CHECK_TIMEOUT_MS
  const enter = watchdog === undefined ? () => () => {} : (name: string) => watchdog.enter(name)
  const load = (): Promise<Promptfoo> => importPromptfoo({ cacheDir })
  const loadGrader: LoadGrader = async ({ id, label, config, env: ofProvider }) =>
    (await load()).loadApiProvider(id, {
      options: { id, label, config, env: ofProvider },
      basePath: suite.dir,
      env: { ...env, ...suite.env },
    })
  const tools = {
    suite,
    enter,
    templates: templatesOf(suite),
    files: createFileValues(suite),
    schemas: createSchemas(),
    matcher: createMatcher({ timeoutMs: options.regexTimeoutMs ?? REGEX_TIMEOUT_MS }),
    transforms: createTransforms(suite, enter),
    graders: createGraders(suite, options.loadGrader ?? loadGrader),
    judges: createJudges(suite),
  }
  const preparer = createCasePreparer({ tools, askGrader })
  const checksHash = createChecksHash(suite)

  return {
    checksHash,
    get judges() {
      return tools.judges.found
    },
    async prepare(testCase) {
      const { checks } = await preparer.prepare(testCase)
      return { counts: checks.some(mayCount) }
    },
    async loadGraders() {
      await tools.graders.loadAll()
    },
    async warmUp() {
      const promptfoo = await load()
      const graders = await tools.graders.loadAll()
      const asksGoogle = graders.some((id) => /google|vertex|gemini/i.test(id))
      if (graders.length > 0 && !asksGoogle) await settleDefaultGraders(promptfoo)
    },
    async verify(input) {
      const prepared = await preparer.prepare(input.case)
      return verifyReply(prepared, input, { ...tools, promptfoo: await load(), timeoutMs })
    },
    async gradersOf(testCase) {
      const refs = refsOf((await preparer.prepare(testCase)).checks)
      const graders = await Promise.all(refs.map((ref) => tools.graders.load(ref)))
      return graders.flatMap((grader) => (isProvider(grader) ? [grader] : Object.values(grader)))
    },
    comparesColumns: ({ checks }) => checks.some(({ assertion }) => isComparison(assertion.type)),
    async compare(testCase, cells, trials) {
      const context = { promptfoo: await load(), tools, askGrader }
      return compareTrials(testCase, cells, trials, context)
    },
    close: () => tools.matcher.close(),
  }
}

/** Whether a reply can fail by it: an assert-set counts by its members. */
function mayCount({ uncalibrated, members = [] }: PreparedCheck): boolean {
  return uncalibrated !== true && (members.length === 0 || members.some(mayCount))
}

function refsOf(checks: readonly PreparedCheck[]): GraderRef[] {
  return checks.flatMap(({ graders = [], members = [] }) => [...graders, ...refsOf(members)])
}

async function askDirectly({ invoke }: GraderAsk): Promise<ProviderResponse> {
  try {
    return await invoke()
  } catch (error) {
    return { error: messageOf(error) }
  }
}
