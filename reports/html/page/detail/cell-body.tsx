import type { ComponentChildren } from 'preact'
import { whyNot } from '../../../format/trial-text.ts'
import type { RowText } from '../model/arm.ts'
import type { ReportData } from '../model/report-data.ts'
import { LongText } from '../safe-text/long-text.tsx'
import { hasFlag } from '../table/words.ts'
import { Attempts } from './attempts.tsx'
import { armOf, type CellRef } from './case-rows.ts'
import { Checks } from './checks.tsx'
import { otherName } from './compare-chooser.tsx'
import { outputForms } from './output-text.ts'
import { Part } from './part.tsx'
import { RawRecord } from './raw-record.tsx'
import { Spending } from './spending.tsx'
import { TextsSection } from './texts-section.tsx'
import type { ReadText } from './use-row-text.ts'
import { Variables } from './variables.tsx'
import type { View } from './view-choice.tsx'

interface CellBodyProps {
  readonly data: ReportData
  readonly row: number
  readonly text: ReadText
  readonly other: CellRef | undefined
  readonly otherText: ReadText
  readonly view: View
  /** What stands between checks and prompt. */
  readonly children: ComponentChildren
}

const WITHHELD = 'Left out of this page, which was made for sharing. It is in the run’s own folder.'

/** What is known only from the cell's record. */
export function CellBody({ data, row, text, other, otherText, view, children }: CellBodyProps) {
  if (text.state === 'broken')
    return (
      <>
        <p class="failed">✗ {text.message}</p>
        {children}
      </>
    )
  if (text.state !== 'read') return <p class="quiet reading">Reading…</p>
  const { trial } = text
  const isWithheld = isLeftOut(data, { arm: 'main', row })
  const compared = comparedWith(data, row, other, otherText)
  return (
    <>
      {trial.outcome !== 'passed' && !isWithheld && <Why trial={trial} />}
      {compared.note !== '' && <p class="quiet">{compared.note}</p>}
      <TextsSection
        title="Output"
        id="output"
        forms={outputForms(isWithheld ? undefined : trial.output)}
        other={isWithheld ? undefined : compared.of((other) => outputForms(other.output))}
        view={view}
        empty={isWithheld ? WITHHELD : emptyOutput(trial)}
      />
      <Checks checks={trial.checks} output={isWithheld ? '' : outputForms(trial.output).raw} />
      {children}
      <TextsSection
        title="Prompt"
        id="prompt"
        forms={isWithheld ? outputForms('') : promptForms(trial)}
        other={isWithheld ? undefined : compared.of(promptForms)}
        view={view}
        empty={isWithheld ? WITHHELD : 'The prompt is empty.'}
      />
      {!isWithheld && <Variables vars={trial.cell.vars} />}
      <Attempts attempts={trial.attempts} />
      <Spending trial={trial} />
      <RawRecord trial={trial} dir={data.about.run.dir} />
    </>
  )
}

function Why({ trial }: { readonly trial: RowText }) {
  return (
    <Part
      title={trial.outcome === 'failed' ? 'Why it failed' : 'Why it has no verdict'}
      id="why"
      class={trial.outcome}
    >
      <LongText text={whyNot(trial)} label="Reason" />
    </Part>
  )
}

/** The other cell's texts, and what is to be said where there are none. */
function comparedWith(data: ReportData, row: number, other: CellRef | undefined, text: ReadText) {
  const name = other === undefined ? '' : otherName(data, other, row)
  const none = { note: '', of: () => undefined }
  if (other === undefined) return none
  if (text.state === 'broken') return { ...none, note: `The text of ${name} cannot be read: ${text.message}` }
  if (text.state !== 'read') return { ...none, note: `Reading ${name}…` }
  if (isLeftOut(data, other)) return { ...none, note: `The text of ${name} was left out for sharing.` }
  if (isBare(text.trial))
    return { ...none, note: `Of ${name}, replies and prompts were not kept: there is nothing to compare.` }
  return {
    note: '',
    of: (forms: (trial: RowText) => ReturnType<typeof outputForms>) => ({ forms: forms(text.trial), name }),
  }
}

function isLeftOut(data: ReportData, cell: CellRef): boolean {
  return hasFlag(armOf(data, cell), cell.row, 'withheld')
}

/** A baseline may be accepted without what was said. */
function isBare({ output, request }: RowText): boolean {
  return (output ?? '') === '' && request?.prompt === ''
}

function promptForms({ request }: RowText) {
  return outputForms(request.prompt)
}

function emptyOutput({ output, outcome }: RowText): string {
  if (output === '') return 'The reply is empty.'
  return outcome === 'errored' ? 'There is no reply: the call broke.' : 'There is no reply.'
}
