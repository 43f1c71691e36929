import { outputText } from '../../../format/plain.ts'
import { Disclosure } from '../safe-text/disclosure.tsx'
import { InlineText } from '../safe-text/inline-text.tsx'
import { LongText } from '../safe-text/long-text.tsx'
import { visibleText } from '../safe-text/marks.ts'
import { sizeOf } from '../safe-text/size.ts'
import { Part } from './part.tsx'

/** UTF-16 units of a value that stands in the line. */
const IN_LINE = 160

/** What the case puts into the prompt. */
export function Variables({ vars }: { readonly vars: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(vars)
  return (
    <Part title="Variables" id="vars">
      {entries.length === 0 ? (
        <p class="quiet">The case has none.</p>
      ) : (
        <dl class="vars">
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt>
                <InlineText text={name} />
              </dt>
              <dd>
                <Value text={typeof value === 'string' ? value : outputText(value)} name={name} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Part>
  )
}

function Value({ text, name }: { readonly text: string; readonly name: string }) {
  if (text.length <= IN_LINE && !text.includes('\n')) return <InlineText text={text} />
  return (
    <Disclosure
      summary={
        <>
          <InlineText text={text} limit={IN_LINE} /> <span class="quiet">{sizeOf(text.length)}</span>
        </>
      }
    >
      {() => <LongText text={text} label={visibleText(name.slice(0, 80))} />}
    </Disclosure>
  )
}
