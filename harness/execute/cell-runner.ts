import type { Cell } from '../model/cell.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Provider } from '../model/provider.ts'
import type { Attempt, Trial } from '../model/trial.ts'
import { askModel, fixedAttempt } from './ask-model.ts'
import type { HookResult } from './extensions.ts'
import { caseAfterHook, copyOfTest } from './hook-case.ts'
import { hookResultOf, withHookResult } from './hook-result.ts'
import type { Slot } from './lane.ts'
import type { Prepared } from './prepare.ts'
import { prepare, templateOf } from './prepare.ts'
import { responseOf } from './reply.ts'
import type { Shared } from './shared.ts'
import { writeLine } from './shared.ts'
import type { Finding } from './trial-of.ts'
import { checkedTrial, erroredTrial } from './trial-of.ts'

/** Takes single cells from rendering to the record. */
export class CellRunner {
  readonly #shared: Shared
  /** Results as the afterAll hooks are given them, of cells not recorded yet. */
  readonly #rows = new Map<string, HookResult>()

  constructor(shared: Shared) {
    this.#shared = shared
  }

  /** Runs a cell to its end. Never rejects: what stops the run is told to `stop`. */
  async run(planned: Cell, slot: Slot): Promise<void> {
    try {
      const cell = await this.#enter(planned)
      const trial = await this.#trial(cell, slot)
      if (trial !== undefined) await this.#finish(cell, await this.#leave(trial, cell))
    } catch (error) {
      this.#shared.stop.fail(error)
    }
  }

  /** The cell as the beforeEach hooks leave it. */
  async #enter(cell: Cell): Promise<Cell> {
    const { extensions } = this.#shared
    if (extensions?.has('beforeEach') !== true) return cell
    const test = await extensions.beforeEach(copyOfTest(cell.case))
    return { ...cell, case: caseAfterHook(cell.case, test) }
  }

  /** Undefined for a cell that was cut off by an abort. */
  async #trial(cell: Cell, slot: Slot): Promise<Trial | undefined> {
    const { cwd, verifier, undefinedVariables } = this.#shared
    const provider = this.#providerOf(cell)
    const finding = {
      cell,
      cwd,
      vars: cell.case.vars,
      checksHash: verifier.checksHash(cell.case),
      attempts: [],
    }
    let prepared: Prepared
    try {
      prepared = await prepare(cell, { ...this.#shared, suite: this.#shared.plan.suite, provider })
    } catch (error) {
      const why = error instanceof HarnessError ? error.format() : messageOf(error)
      return erroredTrial(
        { ...finding, prompt: '', asked: false },
        `the prompt could not be rendered: ${why}`,
      )
    }
    const { prompt, vars } = prepared
    const asked = !cell.case.test.providerOutput
    const attempt = asked ? await askModel(prepared, provider, slot, this.#shared) : fixedAttempt(prepared)
    if (attempt === undefined) return undefined
    this.#remember(cell, provider, prompt, attempt)
    const warnings = undefinedVariables.tell(prepared.undefinedVariables, cell)
    return this.#check({ ...finding, vars, prompt, attempts: [attempt], asked, warnings }, provider, attempt)
  }

  /** A turn of a conversation is what the provider answered, be it an error; a call that threw is none. */
  #remember(cell: Cell, provider: Provider, prompt: string, attempt: Attempt): void {
    const { conversation } = this.#shared
    if (conversation === undefined) return
    const { reply, failure } = attempt
    const metadata = failure?.metadata
    if (reply !== undefined) conversation.remember(cell, provider, prompt, responseOf(attempt))
    else if (metadata !== undefined) {
      const isEmpty = Object.keys(metadata).length === 0
      conversation.remember(cell, provider, prompt, { metadata: isEmpty ? undefined : metadata })
    }
  }

  async #check(finding: Finding, provider: Provider, attempt: Attempt): Promise<Trial> {
    const { verifier, conversation } = this.#shared
    const { cell, vars, prompt } = finding
    const { failure, timing, reply } = attempt
    if (failure !== undefined) return erroredTrial(finding, failure.message)
    const response = responseOf(attempt)
    const latencyMs = response.latencyMs ?? (reply?.cached === true ? null : timing.latencyMs)
    const { case: testCase, id: cellId } = cell
    const template = templateOf(cell)
    try {
      const input = { case: testCase, vars, prompt, template, provider, response, latencyMs, cellId }
      const verification = await verifier.verify(input)
      if (verification.error === undefined) conversation?.store(cell, verification.output)
      return checkedTrial(finding, verification)
    } catch (error) {
      return erroredTrial(finding, `the reply could not be checked: ${messageOf(error)}`)
    }
  }

  /** The trial as the afterEach hooks leave it. One that throws is told of, and changes nothing. */
  async #leave(trial: Trial, cell: Cell): Promise<Trial> {
    const { extensions, onWarning } = this.#shared
    if (extensions === undefined) return trial
    const reply = trial.attempts.at(-1)?.reply && { ...trial.response, output: trial.output }
    const response = responseOf({ reply, costUsd: trial.costUsd })
    const rowOf = () => hookResultOf(trial, cell, this.#providerOf(cell), response)
    this.#keepRow(cell.id, rowOf())
    if (!extensions.has('afterEach')) return trial
    try {
      const after = await extensions.afterEach(cell.case.test, rowOf())
      this.#keepRow(cell.id, after)
      return withHookResult(trial, rowOf(), after)
    } catch (error) {
      onWarning(messageOf(error))
      return trial
    }
  }

  #keepRow(cellId: string, row: HookResult): void {
    if (this.#shared.extensions?.has('afterAll') === true) this.#rows.set(cellId, row)
  }

  /** Records the trial, or keeps it until those it is compared with are there, and records all of them. */
  async #finish(cell: Cell, trial: Trial): Promise<void> {
    const { verifier, groups } = this.#shared
    const done = verifier.comparesColumns(cell.case) ? await groups.add(cell, trial) : [trial]
    await Promise.all(done.map((each) => this.#record(each)))
  }

  async #record(trial: Trial): Promise<void> {
    const { journal, onRecorded } = this.#shared
    await writeLine(journal, trial)
    const row = this.#rows.get(trial.cell.id)
    this.#rows.delete(trial.cell.id)
    const { outcome, score, namedScores } = trial
    const verdict = { success: outcome === 'passed', score: score ?? 0, namedScores: { ...namedScores } }
    onRecorded(trial, row && { ...row, ...verdict })
  }

  #providerOf(cell: Cell): Provider {
    const provider = this.#shared.providers.get(cell.column.provider.key)
    if (provider === undefined) throw new Error(`no provider was loaded for ${cell.column.provider.key}`)
    return provider
  }
}
