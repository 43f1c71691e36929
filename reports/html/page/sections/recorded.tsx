import type { ComponentChildren } from 'preact'
import { columnName } from '../../../../harness/model/column-name.ts'
import type { Manifest } from '../../../../harness/model/run.ts'
import { count, counted } from '../../../format/figures.ts'
import { moment } from '../../../format/moment.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { LISTED, UNITS } from './limits.ts'
import { More } from './more.tsx'
import { Figure, ScrollTable } from './scroll-table.tsx'

/** The long lists of a manifest, folded: models and accounts, columns and files with their digests. */
export function Recorded({ manifest }: { readonly manifest: Manifest }) {
  const { providers, accounts = [], columns } = manifest
  const files = Object.entries(manifest.files)
  return (
    <>
      <Folded title={counted(providers.length, 'model')} isEmpty={providers.length === 0}>
        <ScrollTable
          label="Models"
          caption="Models as the suite names them, their configuration without secrets."
          head={[{ title: 'name' }, { title: 'id' }, { title: 'account' }, { title: 'configuration' }]}
        >
          {providers.slice(0, LISTED.columns).map(({ key, id, model, account, config }) => (
            <tr>
              <th scope="row">
                <InlineText text={key} limit={UNITS.column} />
              </th>
              <td>
                <InlineText text={model === undefined ? id : `${id}, which is ${model}`} limit={UNITS.name} />
              </td>
              <td>
                <InlineText text={account} limit={UNITS.name} />
              </td>
              <td>
                <code>
                  <InlineText
                    text={config === undefined ? '' : (JSON.stringify(config) ?? '')}
                    limit={UNITS.reason}
                  />
                </code>
              </td>
            </tr>
          ))}
        </ScrollTable>
        <More of={providers.length} listed={LISTED.columns} noun="model" where="manifest.json" />
      </Folded>
      <Folded title={counted(accounts.length, 'account')} isEmpty={accounts.length === 0}>
        <ScrollTable
          label="Accounts"
          caption="When each account was called: what is compared between them may lie apart in time."
          head={[
            { title: 'account' },
            { title: 'first call' },
            { title: 'last call' },
            { title: 'calls', number: true },
          ]}
        >
          {accounts.slice(0, LISTED.columns).map(({ account, startedAt, endedAt, calls }) => (
            <tr>
              <th scope="row">
                <InlineText text={account} limit={UNITS.name} />
              </th>
              <td>{moment(startedAt)}</td>
              <td>{moment(endedAt)}</td>
              <Figure>{count(calls)}</Figure>
            </tr>
          ))}
        </ScrollTable>
      </Folded>
      <Digests
        title={counted(columns.length, 'column')}
        caption="Digest of each prompt and its model’s configuration."
        rows={columns.map((column) => [columnName(column), column.hash])}
      />
      <Digests
        title={counted(files.length, 'file')}
        caption="SHA-256 of every file the suite read."
        rows={files}
      />
    </>
  )
}

interface FoldedProps {
  readonly title: string
  readonly isEmpty: boolean
  readonly children: ComponentChildren
}

function Folded({ title, isEmpty, children }: FoldedProps) {
  if (isEmpty) return null
  return (
    <details>
      <summary>{title}</summary>
      {children}
    </details>
  )
}

interface DigestsProps {
  readonly title: string
  readonly caption: string
  readonly rows: readonly (readonly [name: string, digest: string])[]
}

function Digests({ title, caption, rows }: DigestsProps) {
  return (
    <Folded title={title} isEmpty={rows.length === 0}>
      <ScrollTable label={title} caption={caption} head={[{ title: 'name' }, { title: 'digest' }]}>
        {rows.slice(0, LISTED.columns).map(([name, digest]) => (
          <tr>
            <th scope="row">
              <InlineText text={name} limit={UNITS.name} />
            </th>
            <td>
              <code>
                <InlineText text={digest} />
              </code>
            </td>
          </tr>
        ))}
      </ScrollTable>
      <More of={rows.length} listed={LISTED.columns} noun="line" where="manifest.json" />
    </Folded>
  )
}
