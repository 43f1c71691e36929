import { describe, expect, it } from 'vitest'
import { sentencesOf } from '../../../assertions/shared/sentences.ts'

describe('sentences', () => {
  it.each([
    ['two', 'It rains. It pours!', ['It rains.', 'It pours!']],
    [
      'titles and initials end none',
      'Dr. Smith met J. Doe. They left.',
      ['Dr. Smith met J. Doe.', 'They left.'],
    ],
    ['a number with a point', 'See Sec. 3.2. It costs 4.5 euros.', ['See Sec. 3.2.', 'It costs 4.5 euros.']],
    ['a citation goes with what it follows', 'It rains. [1] It pours.[2]', ['It rains. [1]', 'It pours.[2]']],
    ['a source too', 'It rains. (source: a) It pours.', ['It rains. (source: a)', 'It pours.']],
    ['list items', '- one thing\n* another\n3. a third', ['one thing', 'another', 'a third']],
    ['headings', '# Rent\nIt is due.', ['Rent', 'It is due.']],
    ['lines that stand by themselves', 'Parties:\nAcme Ltd\nBeta Ltd', ['Parties:', 'Acme Ltd', 'Beta Ltd']],
    [
      'a line that was broken to fit a page',
      'The tenant shall pay the rent that is agreed upon in this\nAgreement. It is due.',
      ['The tenant shall pay the rent that is agreed upon in this\nAgreement.', 'It is due.'],
    ],
    ['a line that goes on in small letters', 'The rent\nis due.', ['The rent\nis due.']],
    ['paragraphs', 'one\n\ntwo', ['one', 'two']],
    ['fences are no sentences', '```json\n{"a": 1}\n```', ['{"a": 1}']],
    ['Windows lines', 'It rains.\r\n\r\nIt pours.', ['It rains.', 'It pours.']],
    ['nothing', ' \n…!?', []],
  ])('%s', (_, text, sentences) => {
    expect(sentencesOf(text).map((sentence) => sentence.text)).toEqual(sentences)
  })

  it('know where they stand', () => {
    expect(sentencesOf('- It rains.  It pours.')).toEqual([
      { text: 'It rains.', start: 2, end: 11 },
      { text: 'It pours.', start: 13, end: 22 },
    ])
  })

  it.each([
    'a '.repeat(500_000),
    'A. '.repeat(330_000),
    '\n'.repeat(1_000_000),
    'a\n'.repeat(500_000),
    '.[a] '.repeat(200_000),
  ])('of a megabyte are found: %.6j', (text) => {
    expect(sentencesOf(text).length).toBeLessThanOrEqual(text.length)
  })
})
