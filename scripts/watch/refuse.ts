import { HarnessError } from '../../harness/model/errors.ts'
import type { Io } from '../io.ts'
import type { RunOptions } from '../run-options.ts'

/** @throws HarnessError `usage` for what a watch cannot be asked for */
export function refuseUnwatchable(
  suites: readonly string[],
  options: RunOptions,
  { env }: Pick<Io, 'env'>,
): void {
  const { json, failed, errors } = options
  if (suites.length > 1)
    throw refusal(
      `--watch goes with one suite, but there are ${suites.length}`,
      'Watch each in a terminal of its own.',
    )
  if (isSet(env['CI']))
    throw refusal(
      '--watch never ends by itself, and this is CI',
      'Leave it away; or unset CI where somebody watches.',
    )
  if (json)
    throw refusal(
      '--json prints the summary of one run, and a watch has many',
      'Leave one of --json and --watch away.',
    )
  const cells = failed === undefined ? errors && '--errors' : '--failed'
  if (cells !== undefined)
    throw refusal(
      `${cells} names cells as they were: edited, they are others`,
      'Choose cases with --filter, --tag or --sample, which hold over edits.',
    )
}

/** @throws HarnessError `usage` for an option of --watch without it */
export function refuseWithoutWatch({ port, open, serve }: RunOptions): void {
  const given = port !== undefined ? '--port' : open ? '--open' : serve ? undefined : '--no-serve'
  if (given !== undefined) throw refusal(`${given} is about the page of --watch`, 'Give --watch too.')
}

function refusal(message: string, hint: string): HarnessError {
  return new HarnessError('usage', message, { hint })
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false'
}
