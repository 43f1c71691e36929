import { createHash } from 'node:crypto'

/** The page's only style sheet; the policy allows nothing else. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fff; --panel: #f6f7f9; --text: #16191d; --quiet: #5b636e; --line: #d9dde3;
  --good: #1a7f37; --warn: #8a5a00; --bad: #b3261e; --mark: #2557c7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --panel: #1c2127; --text: #e7eaee; --quiet: #9aa4b0; --line: #333b45;
    --good: #4cc26a; --warn: #e0a83a; --bad: #ff7b72; --mark: #8ab0ff;
  }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
h1 { margin: 0; font-size: 1.1rem; font-weight: 600 }
h2 { margin: 2.2rem 0 .6rem; font-size: 1.05rem }
h3 { margin: 1rem 0 .3rem; font-size: .85rem; font-weight: 600; color: var(--quiet) }
p { margin: .3rem 0; max-width: 60rem; overflow-wrap: anywhere }
.quiet { color: var(--quiet); font-size: .87rem }
.verdict { margin: .8rem 0 1rem; padding: 1rem 1.2rem; border-left: .35rem solid currentColor; background: var(--panel) }
.verdict strong { display: block; font-size: 1.6rem; line-height: 1.3 }
.verdict p { color: var(--text) }
.good { color: var(--good) } .warn { color: var(--warn) } .bad { color: var(--bad) }
.notice { padding: .6rem 1.2rem; border: 1px solid var(--line); border-radius: .4rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums }
th, td { padding: .4rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: middle }
th { color: var(--quiet); font-weight: 500; vertical-align: bottom }
tbody th { vertical-align: middle; min-width: 6rem; color: var(--text); font-weight: 600; overflow-wrap: break-word }
.number { text-align: right }
td.number, .result { white-space: nowrap }
.plot { display: block } .plot line { stroke: var(--line); stroke-width: 1 }
.plot .range { stroke: var(--mark); stroke-width: 3; stroke-linecap: round } .plot circle { fill: var(--mark) }
details { border-bottom: 1px solid var(--line); padding: .5rem 0 }
summary { cursor: pointer; overflow-wrap: anywhere }
summary .reason { display: block; padding-left: 1.1rem }
summary:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px }
.cell { margin: .6rem 0 1rem 1.1rem; padding-left: 1rem; border-left: 2px solid var(--line) }
pre { margin: .2rem 0; padding: .6rem .8rem; max-height: 22rem; overflow: auto; background: var(--panel); font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
code { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere }
ul { margin: .3rem 0; padding-left: 1.2rem } li { overflow-wrap: anywhere }
li > ul { font-size: .92rem; color: var(--quiet) }
del { color: var(--bad) } ins { color: var(--good) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; font-size: .87rem }
dt { color: var(--quiet) } dd { margin: 0; overflow-wrap: anywhere }
@media print {
  :root { --page: #fff; --panel: #fff; --text: #000; --quiet: #444; --line: #999; --good: #1a7f37; --warn: #8a5a00; --bad: #b3261e; --mark: #000 }
  body { max-width: none; padding: 0; font-size: 11px }
  pre { max-height: none } tr, .verdict { break-inside: avoid }
}
`

/** No script, no request, no style but ours: text from a model could do nothing even if it were not escaped. */
export const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`
