import type { Flip, RunComparison } from '../../../../harness/model/comparison.ts'
import { isWithin } from '../../../format/comparison.ts'
import { count, counted } from '../../../format/figures.ts'
import { type Fallen, fallenCases } from '../../../format/flips.ts'
import { slicesSection } from '../../../format/why.ts'
import type { ReportView } from '../../page-module.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { FlippedCase } from './flipped-case.tsx'
import { type FlipGroup, flipGroups } from './flip-groups.ts'
import { LISTED, UNITS } from './limits.ts'
import { More } from './more.tsx'
import { SectionList } from './section-list.tsx'
import { WhatChanged } from './what-changed.tsx'
import { WhereTheyLie } from './where-they-lie.tsx'

interface Props {
  readonly view: ReportView
  readonly comparison: RunComparison
}

/** The cases that came out otherwise, what got worse first, beside what was changed. */
export function Flips({ view, comparison }: Props) {
  const { worse, better } = comparison.flipCounts
  const fallen = fallenCases(comparison)
  const groups = flipGroups(fallen, LISTED.flips)
  const several = comparison.pairing.columns.length > 1
  const isOwn = isWithin(comparison, view.input.run.manifest.id)
  const than = isOwn ? 'the other column' : 'the baseline'
  const total = Math.max(worse, fallen.length)
  const printed = new Set(groups.flatMap(({ cases }) => cases).slice(0, LISTED.printedFlips))
  return (
    <section id="flips" class="report-part" aria-labelledby="flips-title">
      <h2 id="flips-title">
        Flips: {count(worse)} worse, {count(better)} better
        {several && <span class="beside"> in all columns</span>}
      </h2>
      <div class={isOwn ? undefined : 'beside-what-changed'}>
        {!isOwn && <WhatChanged comparison={comparison} />}
        <div>
          <WhereTheyLie comparison={comparison} />
          {slicesSection(comparison, LISTED.others).map((section) => (
            <SectionList {...section} />
          ))}
          {fallen.length === 0 && (
            <p>
              {worse + better === 0 ? `No case came out otherwise than in ${than}.` : 'No case got worse.'}
            </p>
          )}
          {groups.map((group) => (
            <Group {...group} view={view} than={than} printed={printed} />
          ))}
          <More
            of={total}
            listed={Math.min(fallen.length, LISTED.flips)}
            noun="case that got worse"
            plural="cases that got worse"
          />
          <Improved view={view} comparison={comparison} than={than} />
        </div>
      </div>
    </section>
  )
}

interface GroupProps extends FlipGroup {
  readonly view: ReportView
  readonly than: string
  /** What is on paper too. */
  readonly printed: ReadonlySet<Fallen>
}

function Group({ title, isFolded, isOfOneColumn, cases, view, than, printed }: GroupProps) {
  const all = cases.map((one) => (
    <FlippedCase view={view} than={than} isPrinted={printed.has(one)} isNamed={!isOfOneColumn} {...one} />
  ))
  const rest = all.slice(LISTED.groupedFlips)
  const list = (
    <>
      {all.slice(0, LISTED.groupedFlips)}
      {rest.length > 0 && (
        <details class="rest beyond">
          <summary>{counted(rest.length, 'more case')}</summary>
          {rest}
        </details>
      )}
    </>
  )
  if (isFolded)
    return (
      <details class="folded">
        <summary>
          <InlineText text={title} limit={UNITS.line} />
        </summary>
        {list}
      </details>
    )
  return (
    <>
      <h3 class={cases.some((one) => printed.has(one)) ? undefined : 'beyond'}>
        <InlineText text={title} limit={UNITS.line} />
      </h3>
      {list}
    </>
  )
}

function Improved({ view, comparison, than }: Props & { readonly than: string }) {
  const better = comparison.flips.filter(isBetter)
  const total = Math.max(comparison.flipCounts.better, better.length)
  if (total === 0) return null
  return (
    <details class="improved">
      <summary>
        <span class="good">↑ {count(total)} got better</span>
      </summary>
      {better.slice(0, LISTED.improved).map((flip) => (
        <FlippedCase
          view={view}
          than={than}
          at={flip}
          broken={undefined}
          gates={flip.gates}
          isPrinted={false}
          isNamed
        />
      ))}
      <More
        of={total}
        listed={Math.min(better.length, LISTED.improved)}
        noun="case that got better"
        plural="cases that got better"
      />
    </details>
  )
}

function isBetter({ base, candidate }: Flip): boolean {
  return candidate.passed * base.of > base.passed * candidate.of
}
