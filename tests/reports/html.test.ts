import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { loadPage } from '../../reports/html/page-module.ts'
import { renderer } from '../../reports/html/page.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { HOSTILE, hostileTrials, withHostileComparison } from './hostile.ts'
import { makeInput, makeManifest, text } from './make-input.ts'
import { staticPage } from './page-text.ts'

const page = async (parts: Parameters<typeof makeInput>[0]): Promise<string> =>
  text(renderer.render(makeInput(parts)))

function hashes(html: string, element: 'script' | 'style'): string[] {
  return [...html.matchAll(new RegExp(`<${element}>([^]*?)</${element}>`, 'g'))].map(
    ([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
  )
}

describe('the page', () => {
  it('has a policy that allows its own script, worker and styles, and nothing else', async () => {
    const rendered = await page({ trials: [makeTrial()] })
    const { client } = await loadPage()
    const unpacked = `'sha256-${createHash('sha256').update(client).digest('base64')}'`
    const [policy] = /(?<=Content-Security-Policy" content=")[^"]*/.exec(rendered) ?? []
    expect(policy).toBe(
      [
        "default-src 'none'",
        `script-src ${hashes(rendered, 'script').join(' ')} ${unpacked}`,
        `style-src ${hashes(rendered, 'style').join(' ')}`,
        'worker-src blob:',
        "require-trusted-types-for 'script'",
        'trusted-types assay assay-loader',
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; '),
    )
    expect(hashes(rendered, 'script')).toHaveLength(1)
  })

  it('has no style attribute, handler, remote anything, or link but to its own parts, whatever a model writes', async () => {
    const input = makeInput({ trials: hostileTrials(), settings: { gate: { floors: { [HOSTILE]: 1 } } } })
    const manifest = makeManifest({ suite: { name: HOSTILE, file: HOSTILE, hash: 'a' }, command: [HOSTILE] })
    const rendered = await text(
      renderer.render(withHostileComparison({ ...input, run: { ...input.run, dir: HOSTILE, manifest } })),
    )
    const tags = staticPage(rendered).match(/<[a-z][^>]*>/gi) ?? []
    expect(tags.length).toBeGreaterThan(50)
    for (const tag of tags) {
      expect(tag).not.toMatch(
        /^<(?:img|link|iframe|object|embed|form|base|script|style)\b|\s(?:style|src|on\w+)=/i,
      )
      expect(/\shref="([^"]*)"/.exec(tag)?.[1] ?? '#cells').toMatch(/^#(?:[\w-]+|cell=[0-9a-f]{16})$/)
    }
  })

  it('ends no script early, and hides no character, whatever a suite is called', async () => {
    const rendered = await text(
      renderer.render({
        ...makeInput({ trials: hostileTrials() }),
        run: {
          ...makeInput({ trials: hostileTrials() }).run,
          dir: `</script><!-- <script> ${HOSTILE}`,
        },
      }),
    )
    const [, about = ''] =
      /<script type="application\/json" id="about">([^<]*)<\/script>/.exec(rendered) ?? []
    expect((JSON.parse(about) as { run: { dir: string } }).run.dir).toBe(`</script><!-- <script> ${HOSTILE}`)
    expect(rendered).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}/u)
  })

  it('has a script and a style sheet of under 100 kB together, as they stand in it', async () => {
    const { loader, packed, worker, style } = await loadPage()
    const sizes = [loader, packed.toString('base64'), worker, style].map((part) => Buffer.byteLength(part))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000)
  })

  it('has a script that may stand in a page as it is', async () => {
    const { loader, worker, style } = await loadPage()
    for (const source of [loader, worker])
      expect(source).not.toMatch(/<\/script|<!--|<script|[^\n\t\x20-\x7e]/i)
    expect(style).not.toMatch(/<\/style/i)
  })

  it('holds the texts of 2,000 cells in a file that grows with what they say, not with their number', async () => {
    const trials = Array.from({ length: 2_000 }, (_, i) =>
      makeTrial({
        cell: { caseId: `c${i >> 3}`, repeat: i & 7 },
        outcome: 'failed',
        output: 'word '.repeat(2_000),
      }),
    )
    const [many, few] = [await page({ trials }), await page({ trials: trials.slice(0, 8) })]
    expect(many.length - few.length).toBeLessThan(400_000)
  })
})
