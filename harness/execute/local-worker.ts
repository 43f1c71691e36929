import type { Cell } from '../model/cell.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Provider } from '../model/provider.ts'
import type { Attempt, Trial } from '../model/trial.ts'
import type { Verification } from '../model/verification.ts'
import { fixedAttempt, modelRequest } from './ask-model.ts'
import type { Withheld } from './call.ts'
import { isWithheld } from './call.ts'
import type { HookResult } from './extensions.ts'
import { caseAfterHook, copyOfTest } from './hook-case.ts'
import { hookResultOf, withHookResult } from './hook-result.ts'
import type { Slot } from './lane.ts'
import type { Prepared } from './prepare.ts'
import { prepare, templateOf } from './prepare.ts'
import { responseOf } from './reply.ts'
import type { Shared } from './shared.ts'
import type { Finding, Round } from './trial-of.ts'
import { checkedTrial, erroredTrial } from './trial-of.ts'
import type { CellResult, CellWorker } from './worker.ts'

/** Without `assay.feedback` the first round is the last. */
const NO_FEEDBACK = { ended: undefined, warning: undefined }

/** Runs cells in this process: hooks, rendering, the calls, the checks, and rounds of feedback. */
export class LocalWorker implements CellWorker {
  readonly #shared: Shared

  constructor(shared: Shared) {
    this.#shared = shared
  }

  async run(planned: Cell, slot: Slot): Promise<CellResult> {
    try {
      const cell = await this.#enter(planned)
      // Of the checks as they are planned: a run that is gone on with compares them before any hook has run.
      const checksHash = this.#shared.verifier.checksHash(planned.case)
      const trial = await this.#trial(cell, checksHash, slot)
      return 'withheld' in trial ? trial : await this.#leave(trial, cell)
    } finally {
      this.#shared.conversation?.ended(planned)
    }
  }

  /** The cell as the beforeEach hooks leave it. */
  async #enter(cell: Cell): Promise<Cell> {
    const { extensions } = this.#shared
    if (extensions?.has('beforeEach') !== true) return cell
    const test = await extensions.beforeEach(copyOfTest(cell.case))
    return { ...cell, case: caseAfterHook(cell.case, test) }
  }

  async #trial(cell: Cell, checksHash: string, slot: Slot): Promise<Trial | Withheld> {
    const { cwd, undefinedVariables, plan } = this.#shared
    const provider = this.#providerOf(cell)
    const finding = { cell, cwd, vars: cell.case.vars, checksHash }
    let prepared: Prepared
    try {
      prepared = await prepare(cell, { ...this.#shared, suite: plan.suite, provider })
    } catch (error) {
      const why = error instanceof HarnessError ? error.format() : messageOf(error)
      const message = `the prompt could not be rendered: ${why}`
      return erroredTrial({ ...finding, prompt: '', asked: false, rounds: [] }, message)
    }
    const { vars } = prepared
    if (cell.case.test.providerOutput)
      return this.#fixed({ ...finding, vars, asked: false }, prepared, provider)
    const warnings = undefinedVariables.tell(prepared.undefinedVariables, cell)
    return this.#rounds({ ...finding, vars, asked: true, warnings }, prepared, provider, slot)
  }

  async #fixed(
    finding: Omit<Finding, 'prompt' | 'rounds'>,
    prepared: Prepared,
    provider: Provider,
  ): Promise<Trial> {
    const attempt = fixedAttempt(prepared)
    const { prompt } = prepared
    const whole = { ...finding, prompt, rounds: [{ prompt, attempt, earlier: [] }] }
    return trialOf(whole, await this.#verify(prepared, provider, attempt, 0))
  }

  /** Asks, checks, and where feedback is wanted asks again with the reasons, until it need not or must not go on. */
  async #rounds(
    finding: Omit<Finding, 'prompt' | 'rounds'>,
    first: Prepared,
    provider: Provider,
    slot: Slot,
  ): Promise<Trial | Withheld> {
    const { callModel, feedback, graders, verifier } = this.#shared
    const { cell } = first
    // A reply that nobody can grade need not be paid for.
    const ungraded = graders?.firstGivenUp(await verifier.gradersOf(cell.case))
    if (ungraded !== undefined) return ungraded
    const rounds: Round[] = []
    let checked: Checked | undefined
    for (let prepared = first; ;) {
      const called = await callModel(modelRequest(prepared, provider, rounds.length, slot))
      if (isWithheld(called)) {
        if (called.unrecorded !== true || checked === undefined) return called
        return trialOf({ ...finding, prompt: first.prompt, rounds, ended: 'max_attempts' }, checked)
      }
      const { attempt, earlier } = called
      // The question is the first one: a correction is between us and the model.
      checked = await this.#verify(first, provider, attempt, rounds.length)
      const withheld = graders?.takeWithheld(cell.id)
      if (withheld !== undefined) return withheld
      const { prompt } = prepared
      const round: Round = { prompt, attempt, earlier, ...(called.replayed === true && { replayed: true }) }
      const next = feedback?.decide({ testCase: cell.case, prompt, attempt, checked, rounds }) ?? NO_FEEDBACK
      if ('again' in next) {
        rounds.push({ ...round, feedback: next.reasons, verification: checked.verification })
        prepared = { ...prepared, prompt: next.again }
        continue
      }
      rounds.push(round)
      this.#remember(first, attempt)
      const { ended, warning } = next
      const warnings = [...(finding.warnings ?? []), ...(warning === undefined ? [] : [warning])]
      return trialOf({ ...finding, prompt: first.prompt, rounds, ended, warnings }, checked)
    }
  }

  /** A turn of a conversation is what the provider answered, be it an error; a call that threw is none. */
  #remember({ cell, prompt }: Prepared, attempt: Attempt): void {
    const { conversation } = this.#shared
    if (conversation === undefined) return
    const { reply, failure } = attempt
    const metadata = failure?.metadata
    if (reply !== undefined) conversation.remember(cell, prompt, responseOf(attempt))
    else if (metadata !== undefined) {
      const isEmpty = Object.keys(metadata).length === 0
      conversation.remember(cell, prompt, { metadata: isEmpty ? undefined : metadata })
    }
  }

  async #verify(
    { cell, vars, prompt }: Prepared,
    provider: Provider,
    attempt: Attempt,
    round: number,
  ): Promise<Checked> {
    const { verifier, conversation } = this.#shared
    const { failure, timing, reply } = attempt
    if (failure !== undefined) return { error: failure.message }
    const response = responseOf(attempt)
    const latencyMs = response.latencyMs ?? (reply?.cached === true ? null : timing.latencyMs)
    const { case: testCase, id: cellId, repeat } = cell
    const origin = { cellId, caseId: testCase.id, varsHash: testCase.digest, repeat, attempt: round }
    try {
      const template = templateOf(cell)
      const verification = await verifier.verify({
        case: testCase,
        vars,
        prompt,
        template,
        provider,
        response,
        latencyMs,
        origin,
      })
      if (verification.error === undefined) conversation?.store(cell, verification.output)
      return { verification }
    } catch (error) {
      return { error: `the reply could not be checked: ${messageOf(error)}` }
    }
  }

  /** The trial as the afterEach hooks leave it. One that throws is told of, and changes nothing. */
  async #leave(trial: Trial, cell: Cell): Promise<CellResult> {
    const { extensions, onWarning } = this.#shared
    if (extensions === undefined) return { trial, cell }
    const reply = trial.attempts.at(-1)?.reply && { ...trial.response, output: trial.output }
    const response = responseOf({ reply, costUsd: trial.costUsd })
    const rowOf = () => hookResultOf(trial, cell, this.#providerOf(cell), response)
    const kept = (row: HookResult) => (extensions.has('afterAll') ? { row } : {})
    if (!extensions.has('afterEach')) return { trial, cell, ...kept(rowOf()) }
    try {
      const after = await extensions.afterEach(cell.case.test, rowOf())
      return { trial: withHookResult(trial, rowOf(), after), cell, ...kept(after) }
    } catch (error) {
      onWarning(messageOf(error))
      return { trial, cell, ...kept(rowOf()) }
    }
  }

  #providerOf(cell: Cell): Provider {
    const provider = this.#shared.providers.get(cell.column.provider.key)
    if (provider === undefined) throw new Error(`no provider was loaded for ${cell.column.provider.key}`)
    return provider
  }
}

/** What checking a reply came to: a verification, or why there is none. */
export type Checked =
  | { readonly verification: Verification; readonly error?: undefined }
  | { readonly error: string; readonly verification?: undefined }

function trialOf(finding: Finding, { verification, error }: Checked): Trial {
  return verification === undefined ? erroredTrial(finding, error) : checkedTrial(finding, verification)
}
