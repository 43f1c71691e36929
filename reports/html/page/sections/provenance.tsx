import type { ComponentChildren } from 'preact'
import type { ReportInput } from '../../../../harness/model/report.ts'
import type { Manifest } from '../../../../harness/model/run.ts'
import { count, counted, duration } from '../../../format/figures.ts'
import { moment } from '../../../format/moment.ts'
import { shellCommand } from '../../../format/shell-word.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { Command } from './command.tsx'
import { LISTED, UNITS } from './limits.ts'
import { Recorded } from './recorded.tsx'

/** Hex digits of a digest that tell it from others. */
const DIGITS = 16

/** What was run, on what, by which versions, and the command that runs it again. */
export function Provenance({ input: { run } }: { readonly input: ReportInput }) {
  const { manifest } = run
  const {
    id,
    suite,
    command,
    git,
    seed,
    versions,
    machine,
    repeat,
    verifies,
    baseline,
    warnings = [],
  } = manifest
  return (
    <section id="provenance" class="report-part" aria-labelledby="provenance-title">
      <h2 id="provenance-title">Provenance</h2>
      <dl>
        <Entry term="run">
          <code>
            <InlineText text={id} />
          </code>
          , {times(manifest)}
        </Entry>
        <Entry term="folder">
          <code>
            <InlineText text={run.dir} limit={UNITS.line} />
          </code>
        </Entry>
        <Entry term="to run it again">
          <Command text={shellCommand(command)} />
          {git?.dirty === true && (
            <span class="quiet line">
              The checkout had uncommitted changes: they are no part of the commit.
            </span>
          )}
        </Entry>
        <Entry term="suite">
          <code>
            <InlineText text={suite.file} />
          </code>{' '}
          <Hash of={suite.hash} />
        </Entry>
        <Entry term="commit">
          {git === undefined ? (
            'not in a git repository'
          ) : (
            <>
              <code>
                <InlineText text={git.commit} />
              </code>
              {git.branch !== undefined && (
                <>
                  {' '}
                  on <InlineText text={git.branch} />
                </>
              )}
              {git.dirty && <span class="warn">, with uncommitted changes</span>}
            </>
          )}
        </Entry>
        {baseline !== undefined && (
          <Entry term="baseline">
            <InlineText text={`${baseline.name}, run ${baseline.run}`} />
          </Entry>
        )}
        {verifies !== undefined && (
          <Entry term="replies of">
            <InlineText text={`run ${verifies}`} />
          </Entry>
        )}
        <Entry term="repeats">{count(repeat)}</Entry>
        {seed !== undefined && <Entry term="seed">{String(seed)}</Entry>}
        <Entry term="versions">
          <InlineText text={list(versions, ['prices'])} limit={UNITS.line} />
        </Entry>
        {versions['prices'] !== undefined && (
          <Entry term="price table">
            <InlineText text={versions['prices']} />
          </Entry>
        )}
        <Entry term="machine">
          <InlineText text={list(machine)} limit={UNITS.line} />
        </Entry>
        {warnings.length > 0 && (
          <Entry term="warnings">
            {warnings.slice(0, LISTED.others).map((warning) => (
              <span class="line">
                <span class="warn">▲ </span>
                <InlineText text={warning} limit={UNITS.line} />
              </span>
            ))}
          </Entry>
        )}
        <Notes manifest={manifest} />
        <Entry term="files beside this page">
          <code>manifest.json</code>, <code>trials.jsonl</code>, <code>analysis.json</code>,{' '}
          <code>verdict.json</code>
        </Entry>
      </dl>
      <Recorded manifest={manifest} />
    </section>
  )
}

/** What was done to the record after it was begun. */
function Notes({ manifest: { resumed = [], scrubbed = [] } }: { readonly manifest: Manifest }) {
  return (
    <>
      {resumed.length > 0 && (
        <Entry term="resumed">
          {resumed.slice(0, LISTED.others).map(({ at, command }) => (
            <span class="line">
              <InlineText text={`${moment(at)}: ${shellCommand(command)}`} limit={UNITS.line} />
            </span>
          ))}
        </Entry>
      )}
      {scrubbed.length > 0 && (
        <Entry term="scrubbed">
          {scrubbed.slice(0, LISTED.others).map(({ at, rules, hits }) => (
            <span class="line">
              <InlineText
                text={`${moment(at)}: ${counted(hits, 'secret')} taken out, by ${rules.join(', ')}`}
                limit={UNITS.line}
              />
            </span>
          ))}
        </Entry>
      )}
    </>
  )
}

function Entry({ term, children }: { readonly term: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Hash({ of }: { readonly of: string }) {
  return (
    <code class="quiet">
      <InlineText text={of.slice(0, DIGITS)} />
    </code>
  )
}

function times({ startedAt, endedAt }: Manifest): string {
  const began = `started ${moment(startedAt)}`
  const took = endedAt === undefined ? Number.NaN : Date.parse(endedAt) - Date.parse(startedAt)
  return Number.isFinite(took) ? `${began}, took ${duration(took)}` : `${began}, no end on record`
}

function list(record: Readonly<Record<string, string | number>>, without: readonly string[] = []): string {
  return Object.entries(record)
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
