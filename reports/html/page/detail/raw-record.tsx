import { useMemo } from 'preact/hooks'
import type { RowText } from '../model/arm.ts'
import { Disclosure } from '../safe-text/disclosure.tsx'
import { LongText } from '../safe-text/long-text.tsx'
import { CopyButton } from './copy-button.tsx'

/** The cell's line of the journal, laid out when it is asked for. */
export function RawRecord({ trial, dir }: { readonly trial: RowText; readonly dir: string }) {
  return (
    <section aria-labelledby="raw-title">
      <Disclosure summary={<h3 id="raw-title">Raw record</h3>}>
        {() => <Laid trial={trial} dir={dir} />}
      </Disclosure>
    </section>
  )
}

function Laid({ trial, dir }: { readonly trial: RowText; readonly dir: string }) {
  const json = useMemo(() => JSON.stringify(trial, undefined, 2), [trial])
  return (
    <>
      <p class="quiet">
        Long hashes are cut here. The whole line is in <code>{dir}/trials.jsonl</code>.{' '}
        <CopyButton text={json} what="the record" />
      </p>
      <LongText text={json} label="Raw record" />
    </>
  )
}
