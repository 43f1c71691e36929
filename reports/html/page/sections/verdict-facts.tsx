import type { ComponentChildren } from 'preact'
import { type Change, columnName, type RunComparison } from '../../../../harness/model/comparison.ts'
import type { ReportInput } from '../../../../harness/model/report.ts'
import { isWithin, originLines, pairingLines } from '../../../format/comparison.ts'
import { count, counted } from '../../../format/figures.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { UNITS } from './limits.ts'

/** Changes that are none of the prompt's, and that no warning of the comparison tells. */
const BESIDE_THE_PROMPT: ReadonlySet<Change['kind']> = new Set([
  'graders',
  'model',
  'checks',
  'prices',
  'provider_file',
])
const LISTED = 4

/** What the run is compared with, over how much, and what else is another now. */
export function VerdictFacts({ input }: { readonly input: ReportInput }) {
  const { comparison } = input.analysis
  return (
    <dl class="facts">
      {comparison === undefined ? <Alone input={input} /> : <Against input={input} comparison={comparison} />}
      <OwnWarnings warnings={input.run.manifest.warnings} />
      <Fact term="Suite">
        <code>
          <InlineText text={input.run.manifest.suite.file} limit={UNITS.name} />
        </code>
      </Fact>
    </dl>
  )
}

/** How well the run itself was measured: told in full where it is recorded. */
function OwnWarnings({ warnings = [] }: { readonly warnings: readonly string[] | undefined }) {
  if (warnings.length === 0) return null
  return (
    <Fact term="This run">
      <span class="warn">▲ </span>
      <a href="#provenance">{counted(warnings.length, 'warning')}, under Provenance</a>
    </Fact>
  )
}

function Against({ input, comparison }: { readonly input: ReportInput; readonly comparison: RunComparison }) {
  const notes = [...beside(comparison), ...comparison.warnings]
  const prompts = comparison.changes.filter(({ kind }) => kind === 'prompt')
  const isOwn = isWithin(comparison, input.run.manifest.id)
  const [pairing = '', ...pairingNotes] = pairingLines(input)
  return (
    <>
      <Fact term="Compared with">
        {isOwn ? (
          <List texts={comparison.pairing.columns.map(pairSentence)} />
        ) : (
          <code>
            <InlineText text={comparison.baseline.name} limit={UNITS.name} />
          </code>
        )}
        <Small lines={originLines(input)} />
      </Fact>
      <Fact term="Over">
        <InlineText text={pairing} limit={UNITS.reason} />
        <Small lines={pairingNotes} />
      </Fact>
      {!isOwn && (
        <Fact term="Changed">
          {prompts.length === 0 ? 'no prompt' : <List texts={prompts.map(({ what }) => what)} />}
        </Fact>
      )}
      {notes.length > 0 && (
        <Fact term="Warnings">
          <List texts={notes} tone="warn" />
        </Fact>
      )}
    </>
  )
}

function pairSentence({ column, against }: RunComparison['pairing']['columns'][number]): string {
  return `${columnName(column)} with ${columnName(against)}, a column of this run`
}

function Alone({ input }: { readonly input: ReportInput }) {
  const { manifest } = input.run
  const { columns } = input.analysis
  return (
    <>
      <Fact term="Compared with">nothing: there is no baseline</Fact>
      <Fact term="Over">
        {counted(manifest.cells.cases, 'case')} ·{' '}
        {manifest.repeat > 1 ? counted(manifest.repeat, 'repeat') : 'run once'} ·{' '}
        {counted(columns.length, 'column')}
      </Fact>
    </>
  )
}

function Fact({ term, children }: { readonly term: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Small({ lines }: { readonly lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <span class="quiet line">
          {' '}
          <InlineText text={line} limit={UNITS.reason} />
        </span>
      ))}
    </>
  )
}

function List({ texts, tone }: { readonly texts: readonly string[]; readonly tone?: 'warn' }) {
  return (
    <>
      {texts.slice(0, LISTED).map((text) => (
        <span class="line">
          {' '}
          {tone === 'warn' && <span class="warn">▲ </span>}
          <InlineText text={text} limit={UNITS.reason} />
        </span>
      ))}
      {texts.length > LISTED && (
        <span class="quiet line"> … and {count(texts.length - LISTED)} more below</span>
      )}
    </>
  )
}

function beside({ changes }: RunComparison): string[] {
  return changes.filter(({ kind }) => BESIDE_THE_PROMPT.has(kind)).map(({ what }) => what)
}
