import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Trial } from '../../../../../harness/model/trial.ts'
import { Project } from '../../../../e2e/cli.ts'

const RUN = 'globalThis.__pwned = 1'
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const encoded = (text: string) => Buffer.from(text).toString('base64')

/** What a model answers: each is a case of its own. */
export const REPLIES = {
  html: `<h1>hi</h1><img src=x onerror="${RUN}"><iframe src="https://evil.test/"></iframe><a href="javascript:${RUN}">go</a><form action="https://evil.test/"><button>Go</button></form><link rel="stylesheet" href="https://evil.test/x.css"><meta http-equiv="refresh" content="0;url=https://evil.test/"><style>*{display:none}</style>`,
  svg: `<svg onload="${RUN}"><script>${RUN}</script><image href="https://evil.test/x.png"/><foreignObject><body onload="${RUN}"></body></foreignObject><animate onbegin="${RUN}" attributeName="x" dur="1s"/></svg>`,
  'script end': `</script><script>${RUN}</script></ScRiPt\t><script src="data:text/javascript,${RUN}"></script>`,
  comment: `<!-- <script> <!--><!--[if IE]> ]]> <![CDATA[ --> </textarea></title></noscript></style></pre>`,
  attribute: `" autofocus onfocus="${RUN}" style="position:fixed;inset:0" x='y' \` onclick=${RUN} {{constructor.constructor('${RUN}')()}} \${${RUN}}`,
  link: `[click](javascript:${RUN}) ![x](https://evil.test/x.png) https://evil.test/ //evil.test mailto:a@evil.test #cell=0000000000000000`,
  'right to left':
    'invoice \u202Egpj.exe\u202C \u2066isolated\u2069 \u2067right\u2069 \u200Fmark \u061C שלום',
  'zero width':
    'zero\u200Bwidth\u200Cnon\u200Djoiner\u2060word\uFEFFmark soft\u00ADhyphen tag\u{E0041}\u{E007F} vs\uFE0F no\u00A0break \u2028line\u2029paragraph',
  control: `${String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i))}\u007F\u0085\u009B2J \u001B[31mred\u001B[0m \u001B]0;title\u0007 a\r\nb\rc`,
  'lone surrogates': 'high \uD83D low \uDE00 both \u{1F600} none \uFFFE\uFFFF and \uFDD0',
  // As a client reads bytes that are not UTF-8.
  'invalid UTF-8': `bytes ${Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x9f]).toString('utf8')} end`,
  'a base64 image': `see ![chart](data:image/png;base64,${PIXEL}) and data:image/svg+xml;base64,${encoded(`<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"/>`).repeat(2_000)} there`,
  '5 MB of one line': `${'x'.repeat(2_500_000)}<b>${'0123456789 '.repeat(227_272)}end`,
  '10,000 lines': Array.from({ length: 10_000 }, (_, i) => `line ${i}: <i>${'word '.repeat(i % 7)}</i>`).join(
    '\n',
  ),
} as const
export type ReplyName = keyof typeof REPLIES

/** 4,000 characters without a place to break it, with a bit of everything. */
export const LONG_NAME = `<b>${'Name'.repeat(990)}</b>\u202E\u0000" '`.padEnd(4_000, 'x')
export const LINES = 'first line\nsecond <img src=x onerror="globalThis.__pwned=1">\r\n\tthird'
export const LABEL = '<img src=x onerror="globalThis.__pwned=1"> label'

const PROVIDER = `import { readFileSync } from 'node:fs'
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
export default class Hostile {
  id() {
    return 'hostile'
  }
  async callApi(prompt, { vars }) {
    const { mode } = read('mode.json')
    return { output: mode === 'fine' ? 'fine' : read('replies.json')[vars.name], tokenUsage: { total: 3, prompt: 2, completion: 1 } }
  }
}
`

export interface HostileRun {
  readonly address: string
  /** As the journal has them, by the names of their replies. */
  trial(name: string): Trial
}

/** The command line's own way: a run whose replies were fine is accepted, then the model turns hostile. */
export async function hostileRun(names: readonly ReplyName[]): Promise<HostileRun> {
  const project = new Project({
    'provider.ts': PROVIDER,
    'replies.json': JSON.stringify(REPLIES),
    'mode.json': '{"mode":"fine"}',
    'suite.yaml': JSON.stringify({
      description: LINES,
      prompts: [{ raw: `Say <b>{{name}}</b>\n${LABEL}`, label: LABEL }],
      providers: [{ id: 'file://provider.ts', label: `${LABEL} 2` }],
      tests: names.map((name, i) => ({
        vars: { name, '<script>key': `</script><script>${RUN}</script>` },
        description: i === 0 ? LINES : i === 1 ? LONG_NAME : name,
        metadata: { id: name, tags: [LABEL] },
        assert: [{ type: 'equals', value: 'fine', metric: LABEL }],
      })),
      assay: { gate: { metrics: ['pass'], margin: 0.1, confirm: 0 } },
    }),
  })
  const run = async (...args: string[]) => {
    const { code, stderr } = await project.assay(args)
    if (code !== 0 && code !== 1) throw new Error(`assay ${args.join(' ')} ended with ${code}: ${stderr}`)
  }
  await run('run', 'suite.yaml', '--no-cache')
  await run('accept', 'last', '--force', '--reason', 'fine')
  project.write('mode.json', '{"mode":"hostile"}')
  await run('run', 'suite.yaml', '--no-cache')
  const dir = project.runs.at(-1) ?? ''
  const file = project.path(join(dir, 'report.html'))
  if (!existsSync(file)) throw new Error('no report was written')
  const trials = new Map(project.trials(dir).map((trial) => [trial.cell.caseId, trial]))
  return {
    address: pathToFileURL(file).href,
    trial(name) {
      const found = trials.get(name)
      if (found === undefined) throw new Error(`no case ${name}`)
      return found
    },
  }
}
