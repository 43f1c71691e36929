import { HarnessError } from '../../harness/model/errors.ts'
import { formatWarning } from '../../harness/warning-log.ts'
import { loadEnvFiles } from '../env-file.ts'
import { worstExitCode } from '../exit-code.ts'
import { inspectSuite } from '../inspect-suite.ts'
import { counted } from '../../reports/format/figures.ts'
import type { Io } from '../io.ts'
import { relativePaths } from '../relative-paths.ts'
import { realWorld } from '../world.ts'

interface ValidateOptions {
  readonly envFile: readonly string[]
  readonly allowOutside: boolean
  readonly json: boolean
}

interface Finding {
  readonly suite: string
  readonly ok: boolean
  readonly exitCode: number
  readonly cases?: number
  readonly cells?: number
  readonly warnings: readonly string[]
  readonly error?: string
}

/** `assay validate SUITE…`: all that can be known of a suite without a call. Every suite is checked, also after a bad one. */
export async function validateCommand(
  io: Io,
  suites: readonly string[],
  options: ValidateOptions,
): Promise<number> {
  loadEnvFiles(io, options.envFile)
  const findings: Finding[] = []
  for (const suite of suites) findings.push(await validate(io, suite, options))
  if (options.json) io.out(`${JSON.stringify({ v: 1, suites: findings })}\n`)
  else for (const finding of findings) tell(io, finding)
  return worstExitCode(findings.map(({ exitCode }) => exitCode))
}

async function validate(io: Io, file: string, { allowOutside }: ValidateOptions): Promise<Finding> {
  try {
    const { plan, warnings } = await inspectSuite(file, { allowOutside }, realWorld(io))
    const { cases, cells } = plan.size
    return {
      suite: file,
      ok: true,
      exitCode: 0,
      cases,
      cells,
      warnings: warnings.map(formatWarning),
    }
  } catch (thrown) {
    if (!(thrown instanceof HarnessError)) throw thrown
    return { suite: file, ok: false, exitCode: thrown.exitCode, warnings: [], error: thrown.format() }
  }
}

function tell(io: Io, { suite, ok, cases, cells, warnings, error }: Finding): void {
  for (const warning of warnings) io.err(`warning: ${relativePaths(warning, io.cwd)}\n`)
  if (ok) io.out(`ok ${suite}: ${counted(cases ?? 0, 'case')}, ${counted(cells ?? 0, 'cell')}\n`)
  else io.err(`${relativePaths(error ?? '', io.cwd)}\n`)
}
