import { PALETTE, PRINTED, staticPolicy } from '../format/static-style.ts'

/** The only style sheet of a suite's page of runs; the policy allows nothing else. */
export const STYLE = `${PALETTE}
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
h1 { margin: 0 0 .3rem; font-size: 1.45rem; line-height: 1.3; overflow-wrap: anywhere }
h2 { margin: 2.2rem 0 .6rem; font-size: 1.05rem }
h3 { margin: 1.6rem 0 .4rem; font-size: .95rem; overflow-wrap: anywhere }
p { margin: .3rem 0; max-width: 60rem; overflow-wrap: anywhere }
a { color: var(--mark) }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px }
.quiet { color: var(--quiet); font-size: .87rem }
ul { margin: .4rem 0; padding-left: 1.2rem } li { margin: .2rem 0; max-width: 60rem; overflow-wrap: anywhere }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums }
th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap }
th { color: var(--quiet); font-weight: 500; vertical-align: bottom }
tbody th { color: var(--text); vertical-align: middle }
.number { text-align: right }
.note { min-width: 14rem; white-space: normal }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem 1.5rem }
figure { display: flex; flex-direction: column; margin: 0; min-width: 0 }
figcaption { flex: 1; font-size: .85rem; line-height: 1.4; overflow-wrap: anywhere }
svg { display: block; width: 100%; height: auto; margin-top: .25rem; background: var(--panel); color: var(--mark) }
.edit { color: var(--text) }
.axis { display: flex; justify-content: space-between; gap: .5rem; color: var(--quiet); font-size: .75rem }
details { border-bottom: 1px solid var(--line); padding: .5rem 0 }
summary { cursor: pointer; font-size: .87rem; overflow-wrap: anywhere }
@media (max-width: 480px) { body { padding: 1rem } th, td { padding: .3rem .45rem } }
@media print {
  ${PRINTED}
  tr, figure { break-inside: avoid }
}
`

export const POLICY = staticPolicy(STYLE)
