import type { Manifest } from '../../../../harness/model/run.ts'
import { moment } from '../../../format/moment.ts'
import type { ReportView } from '../../page-module.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { Cells } from './cells.tsx'
import { Figures } from './figures.tsx'
import { Flips } from './flips.tsx'
import { Gates } from './gates.tsx'
import { History } from './history.tsx'
import { UNITS } from './limits.ts'
import { Provenance } from './provenance.tsx'
import { ShareBanner } from './share-banner.tsx'
import { Verdict } from './verdict.tsx'
import { WorstCases } from './worst-cases.tsx'

/** The whole page in the order a reviewer needs it. */
export function Report({ view }: { readonly view: ReportView }) {
  const { input } = view
  const { manifest } = input.run
  const { comparison } = input.analysis
  return (
    <>
      <a class="skip" href="#cells">
        Skip to all cells
      </a>
      <header>
        <h1>
          <InlineText text={manifest.suite.name} limit={UNITS.name} />
        </h1>
        {manifest.suite.description !== undefined && (
          <p>
            <InlineText text={manifest.suite.description} limit={UNITS.reason} />
          </p>
        )}
        <p class="quiet">
          <InlineText text={runLine(manifest)} limit={UNITS.name} />
        </p>
      </header>
      <main id="report">
        <ShareBanner share={input.share} />
        <Verdict view={view} />
        <Gates input={input} />
        {comparison === undefined ? (
          <WorstCases view={view} />
        ) : (
          <Flips view={view} comparison={comparison} />
        )}
        <Figures view={view} />
        <Cells input={input} />
        <History history={input.history} runId={manifest.id} />
        <Provenance input={input} />
      </main>
    </>
  )
}

function runLine({ id, startedAt, git }: Manifest): string {
  const commit =
    git === undefined
      ? ''
      : ` · commit ${git.commit.slice(0, 12)}${git.dirty ? ', with uncommitted changes' : ''}`
  return `run ${id} · ${moment(startedAt)}${commit}`
}
