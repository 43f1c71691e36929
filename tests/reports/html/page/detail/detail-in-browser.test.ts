import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { ReviewFile } from '../../../../../harness/model/review.ts'
import { FLAGS } from '../../../../../reports/html/data/about.ts'
import { makeErrored, makeTrial } from '../../../../harness/analyze/make-trial.ts'
import { HOSTILE, hostileTrials } from '../../../hostile.ts'
import { violations } from '../browser/axe.ts'
import { cellId, exampleParts } from './example.ts'
import { useScenes } from './open-scene.ts'

const open = useScenes()

/** Opens a row's detail, and waits for its text. */
async function openRow(page: Page, row = 0): Promise<void> {
  await page.click(`#row-${row}`)
  await page.getByRole('heading', { name: 'Raw record' }).waitFor()
}

/** Opens everything that is folded. */
async function openAll(page: Page): Promise<void> {
  await page
    .locator('.detail details')
    .evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')))
  await page.locator('.detail').getByText('Long hashes are cut here.').waitFor()
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)

/** What the detail shows, and what its elements say of themselves. */
const shownText = (page: Page) =>
  page.evaluate(() => {
    const detail = document.querySelector('.detail')
    const attributes = [...(detail?.querySelectorAll('*') ?? [])].flatMap((one) =>
      [...one.attributes].map((a) => a.value),
    )
    return `${detail?.textContent}\n${attributes.join('\n')}`
  })

describe('the detail in a browser', { timeout: 60_000 }, () => {
  test('takes the focus to its title, and gives it back when Escape closes it', async () => {
    const page = await open(exampleParts())
    await openRow(page)
    expect(await focused(page)).toBe('detail-title')
    await page.keyboard.press('Escape')
    expect(await page.locator('.detail').count()).toBe(0)
    expect(await focused(page)).toBe('row-0')
  })

  test('1 to 4 set the marks, n goes to the note, and what is typed there is no key', async () => {
    const page = await open(exampleParts())
    await openRow(page)
    for (const [key, name] of [
      ['1', 'Label wrong'],
      ['2', 'Judge wrong'],
      ['3', 'Acceptable'],
      ['4', 'Agree'],
    ] as const) {
      await page.keyboard.press(key)
      expect(await page.getByRole('button', { name, pressed: true }).count()).toBe(1)
    }
    await page.keyboard.press('n')
    await page.keyboard.type('1 of these is right [')
    await page.keyboard.press('Escape')
    expect(await page.locator('.both').textContent()).toContain('checks: failed · reviewer: agree')
    expect(await page.getByLabel('Note').inputValue()).toBe('1 of these is right [')
    expect(await focused(page)).toBe('detail-title')
  })

  test('steps to the next cell and back, and says of which other repeats a mark holds', async () => {
    const parts = exampleParts()
    const trials = parts.trials.map((trial, i) => ({ ...trial, output: i < 2 ? 'mixed' : trial.output }))
    const page = await open({ ...parts, trials })
    await openRow(page)
    const held = page.locator('section', { has: page.locator('#review-title') }).getByText('holds wherever')
    await held.getByText('here in repeat 2 too').waitFor()
    await page.getByRole('button', { name: 'Next cell' }).click()
    await page.getByText('repeat 2 of 2').waitFor()
    await held.getByText('here in repeat 1 too').waitFor()
    await page.getByRole('button', { name: 'Next cell' }).click()
    await page.getByText('zero-shot × flash, repeat 1 of 2').waitFor()
    // The other repeat of this column broke: there is no reply to be alike.
    expect(await held.innerText()).toBe(
      'A mark is of this reply, and holds wherever this case gets it again in this column.',
    )
    await page.getByRole('button', { name: 'Previous cell' }).click()
    await page.getByText('few-shot × sonnet, repeat 2 of 2').waitFor()
  })

  test('a baseline that was kept without replies and prompts is not compared with: it says so', async () => {
    const { trials, base = [], ...parts } = exampleParts()
    const said = { output: null, request: { prompt: '' } }
    const bare = base.map((trial) => Object.assign(trial, said))
    const page = await open({ ...parts, trials, base: bare })
    await openRow(page)
    await page
      .getByText('Of baseline, replies and prompts were not kept: there is nothing to compare.')
      .waitFor()
    expect(await page.locator('.detail :is(ins, del)').count()).toBe(0)
  })

  test('parts of the output that a check points at are listed with what is wrong there, as text', async () => {
    const output = 'The fee is 45. <img src=x onerror=alert(1)> Call Ada.'
    const marks = [
      { start: 0, end: 14, label: 'unsupported', note: 'the number 45 is not in the context' },
      { start: 15, end: 43, label: '<b>odd</b>' },
      { start: 50, end: 99, label: 'beyond the end' },
    ]
    const checks = [{ type: 'javascript', pass: false, score: 0.5, reason: 'one of two', marks }]
    const page = await open({ trials: [makeTrial({ output, outcome: 'failed', checks })] })
    await openRow(page)
    expect(await page.locator('.marked li').allInnerTexts()).toEqual([
      'The fee is 45. unsupported: the number 45 is not in the context',
      '<img src=x onerror=alert(1)> <b>odd</b>',
    ])
    expect(await page.locator('.marked :is(img, b)').count()).toBe(0)
  })

  test('what an uncalibrated judge says is shown as not counted', async () => {
    const checks = [
      {
        type: 'javascript',
        metric: 'tone',
        pass: true,
        score: 1,
        reason: 'fine',
        uncalibrated: true as const,
      },
    ]
    const page = await open({ trials: [makeTrial({ checks })] })
    await openRow(page)
    expect(await page.locator('.checks').innerText()).toContain('uncalibrated judge: shown, not counted')
  })

  test('the review arrives as a file, and then nothing is unsaved', async () => {
    const page = await open(exampleParts())
    await openRow(page)
    await page.getByRole('button', { name: 'Acceptable' }).click()
    await page.getByLabel('Note').fill('good enough')
    await page.locator('.review-bar').getByText('1 review, not saved yet').waitFor()
    const arriving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download review.json' }).click()
    const download = await arriving
    expect(download.suggestedFilename()).toBe('review.json')
    const file = JSON.parse(await readFile(await download.path(), 'utf8')) as ReviewFile
    expect(file.reviews).toMatchObject([
      { cell: '0000000100000001', mark: 'acceptable', note: 'good enough' },
    ])
    await page.locator('.review-bar').getByText('1 review, in review.json').waitFor()
    expect(await page.locator('.review-bar code').textContent()).toBe(
      'assay review runs/sentiment/run-1 review.json',
    )
  })

  test('a page with unsaved reviews asks before it is left, and has them when it is back', async () => {
    const page = await open(exampleParts(), { mayTell: /^dialog: beforeunload/ })
    const dialogs: string[] = []
    page.on('dialog', (dialog) => dialogs.push(dialog.type()))
    await openRow(page)
    await page.getByRole('button', { name: 'Acceptable' }).click()
    await page.reload()
    expect(dialogs).toEqual(['beforeunload'])
    await openRow(page)
    expect(await page.getByRole('button', { name: 'Acceptable', pressed: true }).count()).toBe(1)
    await page.getByRole('button', { name: 'Undo my review' }).click()
    await page.reload()
    expect(dialogs).toEqual(['beforeunload'])
    expect(await page.locator('.review-bar').count()).toBe(0)
  })

  test('the output is compared with the baseline’s, and in words for those who hear it', async () => {
    const page = await open(exampleParts())
    await openRow(page)
    const output = page.locator('section', { has: page.locator('#output-title') })
    await output.locator('ins').first().waitFor()
    expect(await output.locator('del').allTextContents()).toEqual([
      'removed: −mixed end of removed. ',
      'removed: −nice end of removed. ',
    ])
    expect(await output.locator('ins').allTextContents()).toEqual([
      'added: +positive end of added. ',
      'added: +lovely end of added. ',
    ])
    await output.getByText('59 lines unchanged').click()
    await output.getByText('Point 30 of the long list').first().waitFor()
  })

  test('any other cell of the case can be compared with', async () => {
    const page = await open(exampleParts())
    await openRow(page)
    await page.getByLabel('Compare with').selectOption({ label: 'zero-shot × flash' })
    await page.getByRole('combobox', { name: /^repeat/ }).selectOption({ label: '2 ◆' })
    const output = page.locator('section', { has: page.locator('#output-title') })
    await output.getByRole('button', { name: 'Copy zero-shot × flash' }).waitFor()
    await page.getByRole('button', { name: 'This cell alone' }).click()
    expect(await output.getByRole('group', { name: 'Output' }).textContent()).toContain('The sofa is lovely.')
  })

  test('hostile text stays text: nothing runs, loads, links or reorders', async () => {
    const markup = `</script><script>alert(1)</script><svg onload="alert(1)"><script>alert(1)</script></svg><iframe src="https://evil.test"></iframe>`
    const [failed, errored] = hostileTrials()
    if (failed === undefined || errored === undefined) throw new Error('no trials')
    const trials = [
      { ...failed, cell: { ...failed.cell, id: cellId(1), vars: { [HOSTILE]: HOSTILE } } },
      { ...errored, cell: { ...errored.cell, id: cellId(2) } },
      makeTrial({ cell: { id: cellId(3), caseId: 'markup' }, output: markup, request: { prompt: markup } }),
    ]
    const base = trials.map((trial) => ({ ...trial, output: `before ${HOSTILE}` }))
    const page = await open({ trials, base })
    for (const row of trials.keys()) {
      await openRow(page, row)
      await openAll(page)
      await page.locator('.diff, .long-text').first().waitFor()
      const text = await shownText(page)
      expect(text).not.toMatch(/[\p{Cs}\p{Bidi_Control}]|(?![\n\t])\p{Cc}/u)
      expect(await page.locator('.detail :is(script, svg, img, iframe, style, object)').count()).toBe(0)
      const links = await page
        .locator('.detail a')
        .evaluateAll((all) => all.map((a) => a.getAttribute('href')))
      for (const link of links) expect(link).toMatch(/^#cell=[0-9a-f]{16}$/)
      await page.keyboard.press('Escape')
      await page.locator('.detail').waitFor({ state: 'detached' })
    }
  })

  test('of 5 MB in one line a part is laid out, all of it when asked for, and a copy is exact', async () => {
    const output = `${'0123456789 '.repeat(450_000)}\u202eend\u0000`
    const trial = makeTrial({ cell: { id: cellId(1) }, output })
    const page = await open({ trials: [trial] })
    await openRow(page)
    const text = page.getByRole('group', { name: 'Output' })
    expect((await text.textContent())?.length).toBeLessThan(100_000)
    const section = page.locator('section', { has: page.locator('#output-title') })
    await section.getByRole('button', { name: 'Show all' }).click()
    await text.getByText('⟨U+202E⟩').waitFor({ state: 'attached' })
    expect((await text.textContent())?.replace('⟨U+202E⟩', '\u202e').replace('⟨NUL⟩', '\u0000')).toBe(output)
    await section.getByRole('button', { name: 'Copy the output exactly' }).click()
    await section.getByText('Copied ✓').waitFor()
    expect(await page.evaluate(async () => (await navigator.clipboard.readText()).length)).toBe(output.length)
  })

  test('of text that is hardly any, as of an image, each press says how much it shows', async () => {
    const output = Array.from({ length: 400_000 }, (_, i) =>
      String.fromCharCode(i % 3 === 0 ? 97 : i % 32),
    ).join('')
    const page = await open({ trials: [makeTrial({ cell: { id: cellId(1) }, output })] })
    await openRow(page)
    const section = page.locator('section', { has: page.locator('#output-title') })
    const labels = () => section.locator('.more button').allTextContents()
    const [step = '', most = ''] = await labels()
    expect(step).toMatch(/^Show [\d.]+ kB more$/)
    expect(most).toMatch(/^Show [\d.]+ kB more$/)
    await section.getByRole('button', { name: most }).click()
    await section.getByRole('button', { name: 'Show all' }).click({ timeout: 40_000 })
    await section.locator('.more').waitFor({ state: 'detached', timeout: 40_000 })
  })

  test('10,000 lines against 10,000 others, and images in base64, leave the page usable', async () => {
    const lines = (word: string) =>
      Array.from({ length: 10_000 }, (_, i) => `${word} ${i % 7 ? i : word} of the reply`).join('\n')
    const image = `see data:image/png;base64,${'iVBORw0KGgo'.repeat(100_000)} there`
    const trials = [lines('new'), image].map((output, i) =>
      makeTrial({ cell: { id: cellId(i + 1), caseId: `c${i}` }, output }),
    )
    const base = trials.map((trial) => ({ ...trial, output: lines('old') }))
    const page = await open({ trials, base })
    await openRow(page, 0)
    await page.getByText(/The first difference is in line 1|Long texts: compared line by line/).waitFor()
    await openRow(page, 1)
    await page.getByRole('button', { name: 'This cell alone' }).click()
    await page.getByText('data:image/png, 825 kB, not shown').click()
    await page
      .getByRole('group', { name: 'Base64 data' })
      .getByText('data:image/png;base64,iVBORw0KGgo')
      .waitFor()
    expect(await page.locator('img').count()).toBe(0)
  })

  test('JSON is laid out for reading, as it stands when asked for, and objects are shown as JSON', async () => {
    const output = '{"label":"mixed","why":[1,2]}'
    const trials = [output, JSON.parse(output) as unknown].map((one, i) =>
      makeTrial({ cell: { id: cellId(i + 1), caseId: `c${i}` }, output: one }),
    )
    const page = await open({ trials })
    await openRow(page, 0)
    const text = page.getByRole('group', { name: 'Output' })
    expect(await text.textContent()).toBe(JSON.stringify(JSON.parse(output), undefined, 2))
    await page.getByRole('button', { name: 'Raw', exact: true }).click()
    expect(await text.textContent()).toBe(output)
    await openRow(page, 1)
    await page.getByText('"label": "mixed"').waitFor()
  })

  test('what is not there is said: left out for sharing, no reply, a damaged block', async () => {
    const trials = [
      makeTrial({ cell: { id: cellId(1) }, output: 'secret reply' }),
      makeErrored('connection refused', { id: cellId(2), caseId: 'c2' }),
    ]
    const page = await open({ trials, flags: { 0: FLAGS.withheld } })
    await openRow(page, 0)
    expect(await page.getByText('Left out of this page, which was made for sharing.').count()).toBe(2)
    expect(await page.getByRole('group', { name: 'Output' }).count()).toBe(0)
    await openRow(page, 1)
    await page.getByText('There is no reply: the call broke.').waitFor()
    expect(await page.locator('.marks').count()).toBe(0)
    await page.locator('#detail-title').focus()
    await page.keyboard.press('1')
    expect(await page.locator('.review-bar').count()).toBe(0)
  })

  test('commands that stand in the page get a button that copies them', async () => {
    const page = await open(exampleParts())
    await page.getByRole('button', { name: 'Copy the command' }).click()
    await page.getByText('Copied ✓').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('assay accept runs/x')
    await openRow(page)
    await page.getByRole('button', { name: 'Copy command', exact: true }).click()
    await page.locator('.detail').getByText('Copied ✓').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      "assay run suites/sentiment/suite.yaml --filter '^mail-001$' --provider sonnet --prompt few-shot",
    )
  })

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('axe finds nothing to mend (%s, %i px)', async (colorScheme, width) => {
    const page = await open(exampleParts(), {
      colorScheme,
      viewport: { width, height: 900 },
      bypassCSP: true,
    })
    await openRow(page)
    await page.keyboard.press('2')
    await openAll(page)
    expect(await violations(page, { within: '.detail' })).toEqual([])
  })
})
