import type { Manifest } from '../../../../harness/model/run.ts'
import type { ReportInput } from '../../../../harness/model/report.ts'
import type { Decision } from '../../../../harness/model/verdict.ts'
import { decisionMark } from '../../../format/history.ts'
import { decisionWord, headlineOf } from '../../../format/headline.ts'
import { nextSteps } from '../../../format/next-steps.ts'
import { noticesOf } from '../../../format/notices.ts'
import type { Tone } from '../../../format/section.ts'
import { totals } from '../../../format/totals.ts'
import type { ReportView } from '../../page-module.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { Command } from './command.tsx'
import { LISTED, UNITS } from './limits.ts'
import { More } from './more.tsx'
import { Sections } from './section-links.tsx'
import { Shape, type ShapeName } from './shape.tsx'
import { VerdictFacts } from './verdict-facts.tsx'
import { VerdictFigures } from './verdict-figures.tsx'

const SHAPES: Record<Decision, ShapeName> = {
  pass: 'check',
  no_baseline: 'ring',
  warn: 'triangle',
  block: 'cross',
  invalid: 'question',
}

/** What was decided and why, what to do about it, and the figures that decided: the first screen. */
export function Verdict({ view }: { readonly view: ReportView }) {
  const { input } = view
  const { verdict, analysis, run } = input
  const headline = headlineOf(input)
  const isReplaced = headline !== undefined && verdict.decision === 'invalid'
  const [first, ...others] = verdict.reasons
  const tone = toneOf(input)
  return (
    <section id="verdict" class="report-part" aria-labelledby="verdict-word">
      {headline !== undefined && !isReplaced && (
        <div class="partly warn">
          <p>
            <strong>{headline.title}</strong>
          </p>
          <p>
            <InlineText text={headline.detail} limit={UNITS.line} />
          </p>
        </div>
      )}
      <div class={analysis.comparison === undefined ? 'decision' : 'decision compared'}>
        <div>
          <div class={`said ${tone}`}>
            <h2 id="verdict-word">
              <Shape name={verdict.exitCode === 4 ? 'diamond' : SHAPES[verdict.decision]} tone={tone} />
              <span>
                <span class="unseen">Verdict: </span>
                {isReplaced ? headline.title : decisionWord(input)}
                {isUnproven(verdict) && <span class="beside"> not proven</span>}
              </span>
            </h2>
            {first !== undefined && (
              <p class="why">
                <InlineText text={first} limit={UNITS.reason} />
              </p>
            )}
            {others.length > 0 && (
              <ul class="reasons">
                {others.slice(0, LISTED.reasons).map((reason) => (
                  <li>
                    <InlineText text={reason} limit={UNITS.reason} />
                  </li>
                ))}
              </ul>
            )}
            <More of={others.length} listed={LISTED.reasons} noun="reason" where="verdict.json" />
          </div>
          <NextSteps input={input} />
        </div>
        <VerdictFacts input={input} />
        <VerdictFigures input={input} />
      </div>
      <p class="totals quiet">{totals(analysis).join(' · ')}</p>
      <Notices manifest={run.manifest} />
      <Sections view={view} />
    </section>
  )
}

/** A pass or a warning whose comparison neither proved nor ruled out a drop. */
function isUnproven({ inconclusive, exitCode, decision }: ReportInput['verdict']): boolean {
  return inconclusive === true && exitCode !== 4 && decision !== 'block' && decision !== 'invalid'
}

/** A run that is let pass for want of an account's replies warns; it does not fail. */
function toneOf({ verdict }: ReportInput): Tone {
  const isForgiven = verdict.decision === 'invalid' && verdict.exitCode === 0
  return isForgiven ? 'warn' : decisionMark(verdict).tone
}

function NextSteps({ input }: { readonly input: ReportInput }) {
  const steps = nextSteps(input)
  if (steps.length === 0) return null
  return (
    <div class="next">
      <h3>What to do</h3>
      <ul>
        {steps.map(({ text, command }) => (
          <li>
            {text} {command !== undefined && <Command text={command} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Notices({ manifest }: { readonly manifest: Manifest }) {
  const { endedAt, interrupted } = manifest
  const isOpen = endedAt === undefined && interrupted !== true
  const notices = [
    ...(isOpen ? ['The record has no end yet: the run is still going on, or its process was stopped.'] : []),
    ...noticesOf(manifest),
  ]
  return (
    <>
      {notices.map((notice) => (
        <p class="notice">
          <InlineText text={notice} limit={UNITS.line} />
        </p>
      ))}
    </>
  )
}
