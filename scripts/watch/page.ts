import { createHash } from 'node:crypto'

const STYLE = `
:root { color-scheme: light dark; --page: #fff; --bar: #f6f7f9; --text: #16191d; --quiet: #5b636e; --line: #d9dde3; --bad: #b3261e }
@media (prefers-color-scheme: dark) { :root { --page: #14171b; --bar: #1c2127; --text: #e7eaee; --quiet: #9aa4b0; --line: #333b45; --bad: #ff7b72 } }
* { box-sizing: border-box }
html, body { height: 100%; margin: 0 }
body { display: flex; flex-direction: column; background: var(--page); color: var(--text); font: 13px/1.4 system-ui, sans-serif }
#bar { display: flex; gap: 1rem; align-items: center; padding: .3rem .9rem; border-bottom: 1px solid var(--line); background: var(--bar) }
#state { color: var(--quiet) }
progress { width: 10rem; max-width: 30vw; accent-color: currentColor }
#error { margin: 0; padding: .7rem .9rem; max-height: 40vh; overflow: auto; border-bottom: 1px solid var(--line); color: var(--bad); font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
iframe { flex: 1; width: 100%; border: 0 }
[hidden] { display: none }
`

/** Every text goes in as text. The report keeps its hash over a reload, and so what its reader sees of it. */
const SCRIPT = `
const $ = (id) => document.getElementById(id)
const frame = $('report')
let shown
frame.src = '/report' + location.hash
const events = new EventSource('/events')
events.addEventListener('error', () => { $('state').textContent = 'the watch has ended'; $('progress').hidden = true })
events.addEventListener('state', (event) => {
  const { title, state, progress, error, version } = JSON.parse(event.data)
  document.title = title
  $('state').textContent = state
  $('progress').hidden = progress === null
  if (progress !== null) { $('progress').max = Math.max(1, progress.planned); $('progress').value = progress.finished }
  $('error').hidden = error === null
  $('error').textContent = error ?? ''
  if (shown !== undefined && shown !== version) frame.contentWindow.location.reload()
  shown = version
})
`

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The report cannot listen for itself: this page around it does, and reloads it. */
export const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>assay</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${STYLE}</style></head><body>
<div id="bar"><span id="state" role="status">connecting</span><progress id="progress" hidden></progress></div>
<pre id="error" role="alert" hidden></pre>
<iframe id="report" title="report"></iframe>
<script>${SCRIPT}</script></body></html>
`

export const PAGE_POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** What stands in the frame until there is a report. */
export const NO_REPORT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>no report yet</title></head>
<body><p>There is no report yet.</p></body></html>
`
