import { describe, expect, it } from 'vitest'
import type { FlipTexts } from '../../../../../reports/html/data/cell-figures.ts'
import { makeErrored, makeTrial } from '../../../../harness/analyze/make-trial.ts'
import { comparedInput, makeComparison, makeFlip } from '../../../make-comparison.ts'
import { makeInput } from '../../../make-input.ts'
import { all, bodyOf, byClass, byId, type Element, firstOf, textOf } from './body.ts'

const SONNET = { prompt: 'few-shot', provider: 'sonnet' }
const CELL = '0123456789abcdef'

function makeTexts(parts: Partial<FlipTexts> = {}): FlipTexts {
  return {
    caseId: 'mail-7',
    column: SONNET,
    cell: CELL,
    output: 'The mood is positive here.',
    baseOutput: 'The mood is negative here.',
    prompt: 'What is the mood?',
    basePrompt: 'What is the mood?',
    ...parts,
  }
}

function flipsOf(...[input, figures]: Parameters<typeof bodyOf>): Element {
  return byId(bodyOf(input, figures).root, 'flips')
}

function flipOf(section: Element, name: string): Element {
  const found = byClass(section, 'flip').find((flip) => textOf(flip).includes(name))
  if (found === undefined) throw new Error(`no flip names ${name}`)
  return found
}

describe('the flips', () => {
  it('begin with what broke and stayed broken, then what only looks broken, then by the check that failed', () => {
    const section = flipsOf(comparedInput())
    const titles = all(section, 'h3').map(textOf)
    expect(titles.slice(-3)).toStrictEqual([
      'Broken, and stayed broken when run again (1 case)',
      'Look broken: always passed, mostly fail now (1 case)',
      'Fail equals more often (1 case)',
    ])
    expect(textOf(firstOf(byClass(section, 'folded')))).toContain('In columns that only inform (1 case)')
    expect(textOf(firstOf(all(section, 'h2')))).toBe('Flips: 19 worse, 6 better in all columns')
  })

  it('say once in which column a group is, and fold what comes after a dozen', () => {
    const flips = Array.from({ length: 15 }, (_, i) => makeFlip({ caseId: `mail-${i}`, column: SONNET }))
    const section = flipsOf(comparedInput({ flips, broken: [] }))
    expect(all(section, 'h3').map(textOf).at(-1)).toBe(
      'Fail equals more often (15 cases in few-shot × sonnet)',
    )
    const rest = firstOf(byClass(section, 'rest beyond'))
    expect(textOf(firstOf(all(rest, 'summary')))).toBe('3 more cases')
    expect(byClass(rest, 'flip beyond')).toHaveLength(3)
    for (const flip of all(section, 'summary')
      .map(textOf)
      .filter((text) => /mail-/.test(text)))
      expect(flip).not.toContain('few-shot × sonnet')
  })

  it('show the words that changed from the baseline’s reply to the run’s, and nothing else as changed', () => {
    const flip = flipOf(flipsOf(comparedInput(), { flips: [makeTexts()] }), 'Sarcastic praise')
    const diff = firstOf(byClass(flip, 'word-diff'))
    expect(all(diff, 'del').map(textOf)).toStrictEqual(['negative'])
    expect(all(diff, 'ins').map(textOf)).toStrictEqual(['positive'])
    expect(textOf(diff)).toBe('The mood is negativepositive here.')
  })

  it('tell the check that failed, its reason, the reruns, the place, the prompt, and where the cell is', () => {
    const flip = flipOf(flipsOf(comparedInput(), { flips: [makeTexts()] }), 'Sarcastic praise')
    const text = textOf(flip)
    expect(text).toContain('3/3 → 0/3')
    expect(text).toContain('BROKEN, confirmed: run again, 5/5 → 0/5.')
    expect(text).toContain('Failed equals: Expected "positive" to equal "negative"')
    expect(text).toContain('suites/sentiment/emails.csv:12')
    expect(text).toContain('What is the mood?')
    expect(all(flip, 'a').map(({ attributes }) => attributes['href'])).toStrictEqual([`#cell=${CELL}`])
  })

  it('quote texts where the keyboard gets to, since a long one scrolls', () => {
    const quotes = all(flipsOf(comparedInput(), { flips: [makeTexts()] }), 'pre')
    expect(quotes.map(({ attributes }) => [attributes['aria-label'], attributes['tabindex']])).toContainEqual(
      ['Prompt', '0'],
    )
    for (const { attributes } of quotes) expect(attributes['tabindex']).toBe('0')
  })

  it('mark what repeats disagree about as flaky', () => {
    const section = flipsOf(comparedInput())
    expect(textOf(flipOf(section, 'Mixed feelings'))).toContain('≈ flaky')
    expect(textOf(flipOf(section, 'Sarcastic praise'))).not.toContain('flaky')
  })

  it('find a word that changed in the middle of a long reply, without the rest of it', () => {
    const around = 'alike '.repeat(1_600)
    const texts = makeTexts({ baseOutput: `${around}old ${around}`, output: `${around}new ${around}` })
    const flip = flipOf(flipsOf(comparedInput(), { flips: [texts] }), 'Sarcastic praise')
    const diff = byClass(flip, 'word-diff').map(textOf).join()
    expect(diff).toMatch(/^ … [alike ]+ oldnew [alike ]+ … $/)
    expect(diff.length).toBeLessThan(500)
  })

  it('show two replies that have nothing in common one after the other', () => {
    const output = Array.from({ length: 900 }, (_, i) => `new${i}`).join('\n')
    const baseOutput = Array.from({ length: 900 }, (_, i) => `old${i}`).join('\n')
    const flip = flipOf(
      flipsOf(comparedInput(), { flips: [makeTexts({ output, baseOutput })] }),
      'Sarcastic praise',
    )
    expect(textOf(flip)).toContain('old0')
    expect(textOf(flip)).toContain('new0')
    expect(textOf(flip).length).toBeLessThan(8_000)
  })

  it('say that a reply is the same, and that one is not at hand', () => {
    const same = makeTexts({ output: 'alike', baseOutput: 'alike' })
    expect(textOf(flipsOf(comparedInput(), { flips: [same] }))).toContain(
      'The same reply as in the baseline:',
    )
    const { output: _output, baseOutput: _base, ...bare } = makeFlip()
    const text = textOf(flipsOf(comparedInput({ flips: [bare], broken: [] })))
    expect(text).toContain('The reply is not at hand here: it is in trials.jsonl.')
  })

  it('stand beside what was changed in the prompt, word by word', () => {
    const aside = firstOf(all(flipsOf(comparedInput()), 'aside'))
    expect(textOf(aside)).toContain('The prompt few-shot has another text.')
    expect(all(aside, 'del').map(textOf)).toStrictEqual(['one word'])
    expect(all(aside, 'ins').map(textOf)).toStrictEqual(['a short sentence'])
  })

  it('tell in which slices and by which checks cases fell, and what flake alone would do', () => {
    const text = textOf(flipsOf(comparedInput()))
    expect(text).toContain('19 cases fell, 6 rose; flake alone would make about 7.2 fall.')
    expect(text).toContain('equals17 of 19')
    expect(text).toContain('language: de9 of 30')
  })

  it('have what got better after them, folded', () => {
    const improved = firstOf(byClass(flipsOf(comparedInput()), 'improved'))
    expect(improved.name).toBe('details')
    expect(textOf(improved)).toContain('6 got better')
    expect(textOf(improved)).toContain('0/3 → 3/3')
  })

  it('speak of the other column where one of the run is compared with another', () => {
    const { baseline, pairing } = makeComparison()
    const input = comparedInput({
      baseline: { ...baseline, kind: 'run', runId: 'run-1' },
      pairing: {
        ...pairing,
        columns: [{ column: SONNET, against: { ...SONNET, prompt: 'zero-shot' }, by: 'against' }],
      },
    })
    const section = flipsOf(input, { flips: [makeTexts()] })
    expect(textOf(section)).toContain('From the other column to this run')
    expect(all(section, 'aside')).toStrictEqual([])
  })

  it('leave out prompt and reply of a case that is not shared', () => {
    const input = { ...comparedInput(), share: { cases: ['mail-9'] } }
    const flip = flipOf(flipsOf(input, { flips: [makeTexts()] }), 'Sarcastic praise')
    expect(textOf(flip)).toContain('Prompt and replies are left out of this copy.')
    expect(textOf(flip)).not.toMatch(/mood|Expected/)
  })
})

describe('the cases that failed most, where there is nothing to compare with', () => {
  const failed = makeTrial({
    cell: { caseId: 'mail-7', description: 'Sarcastic praise', ...SONNET, id: CELL },
    outcome: 'failed',
    reason: 'Expected "a" to equal "b"',
  })

  it('tell how often, why, in which columns, and what was asked and answered', () => {
    const section = flipsOf(makeInput({ trials: [failed] }), { flips: [makeTexts({ output: 'a & <b>' })] })
    const text = textOf(flipOf(section, 'Sarcastic praise'))
    expect(textOf(firstOf(all(section, 'h2')))).toBe('Cases that failed most')
    expect(text).toContain('1 of 1 failed')
    expect(text).toContain('Expected "a" to equal "b"')
    expect(text).toContain('few-shot × sonnet: 1 of 1 failed')
    expect(text).toContain('a & <b>')
    expect(text).toContain('What is the mood?')
    expect(all(section, 'a').map(({ attributes }) => attributes['href'])).toStrictEqual([`#cell=${CELL}`])
  })

  it('are called errored where nothing was scored, and are none where all passed', () => {
    expect(textOf(flipsOf(makeInput({ trials: [makeErrored('down')] })))).toMatch(/^Cases that errored/)
    expect(textOf(flipsOf(makeInput({ trials: [makeTrial()] })))).toContain(
      'Every cell that was scored passed.',
    )
    expect(textOf(flipsOf(makeInput({ trials: [] })))).toContain('No cell was finished.')
  })
})
