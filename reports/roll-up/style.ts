import { PALETTE, PRINTED, staticPolicy } from '../format/static-style.ts'

/** The roll-up page's only style sheet; its policy allows nothing else. */
export const STYLE = `${PALETTE}
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
h1 { margin: 0; font-size: 1.1rem; font-weight: 600 }
.outcome { margin: .4rem 0 0; font-size: 1.6rem; line-height: 1.3; font-weight: 600 }
.total { margin: .2rem 0 1.4rem; color: var(--quiet) }
a { color: var(--mark); text-underline-offset: .15em }
a:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px }
.quiet { color: var(--quiet); font-size: .87rem; font-weight: 400 }
.word { font-weight: 600; white-space: nowrap }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { padding: .35rem .7rem; text-align: left; vertical-align: top; font-weight: 400 }
thead th { border-bottom: 1px solid var(--line); color: var(--quiet); font-size: .87rem; vertical-align: bottom }
tbody { border-bottom: 1px solid var(--line) }
tbody tr:first-child > * { padding-top: .7rem } tbody tr:last-child > *, tbody tr > [rowspan] { padding-bottom: .7rem }
th.suite { min-width: 16rem; max-width: 30rem; overflow-wrap: anywhere }
th.suite strong { font-weight: 600 }
.sentence { margin: .15rem 0 0 }
pre { margin: .3rem 0 0; max-height: 20rem; overflow: auto; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
.column { overflow-wrap: anywhere }
.number { text-align: right; white-space: nowrap }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 1.6rem 0 0; font-size: .87rem }
dt { color: var(--quiet) } dd { margin: 0; overflow-wrap: anywhere }
code { font: 13px/1.45 ui-monospace, monospace }
@media (max-width: 60rem) {
  body { padding: 1rem }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  table, tbody, tr, th, td { display: block }
  tbody { padding: .9rem 0 }
  tbody tr > th, tbody tr > td, tbody tr:first-child > *, tbody tr:last-child > *, tbody tr > [rowspan] { padding: .1rem 0; max-width: none; min-width: 0 }
  .number { text-align: left }
  td[data-label] { display: grid; grid-template-columns: 9.5rem 1fr }
  td[data-label]::before { content: attr(data-label); color: var(--quiet) }
  td.column { display: block; margin-top: .4rem; font-weight: 600 } td.column::before { content: none }
}
@media print {
  ${PRINTED}
  tbody { break-inside: avoid } pre { max-height: none }
}
`

export const POLICY = staticPolicy(STYLE)
