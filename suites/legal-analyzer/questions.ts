import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseYaml } from 'yaml'
import { contractText } from './contract-text.ts'

/** A row of `questions.csv`: without an answer where the contract has none. */
interface Row {
  readonly id: string
  readonly document: string
  readonly question: string
  /** Words of the contract that answer it. */
  readonly answer: string
  /** Other ways to write them: `30 days|thirty days`. */
  readonly also: string
  readonly clause: string
}

/** A piece of a contract under the number that a citation gives. */
interface Clause {
  readonly id: string
  readonly text: string
}

const FOLDER = dirname(fileURLToPath(import.meta.url))
/** How a reply says that a contract is silent, in the prompt's words or its own. */
const SILENT = ['not say', 'not specif', 'not mention', 'not state', 'not address', 'no mention', 'is silent']
const NUMBERED = /^(\d+\.\d+) (.+)$/

/** Questions on the eight contracts as cases, each with the contract's clauses, by which answers and citations are held. */
export default async function questions(): Promise<unknown[]> {
  const rows = parseCsv<Row>(await readFile(join(FOLDER, 'questions.csv')), { columns: true })
  const files = parseYaml(await readFile(join(FOLDER, 'documents.yaml'), 'utf8')) as {
    id: string
    file: string
  }[]
  const texts = new Map(
    await Promise.all(
      files.map(async ({ id, file }) => [id, await contractText(join(FOLDER, 'documents', file))] as const),
    ),
  )
  return rows.map((row) => testOf(row, texts.get(row.document) ?? ''))
}

function testOf({ id, document, question, answer, also, clause }: Row, contract: string): unknown {
  const isAnswered = answer !== ''
  const accepted = isAnswered ? [answer, ...also.split('|').filter((way) => way !== '')] : SILENT
  return {
    description: question,
    metadata: { id, tags: [isAnswered ? 'answered' : 'unanswered', document] },
    vars: { document_id: document, contract, clauses: clausesOf(contract), question },
    assert: [
      { type: 'icontains-any', metric: 'correct', value: accepted },
      ...(isAnswered ? [{ type: 'contains', metric: 'right_clause', value: `[${clause}]` }] : []),
    ],
  }
}

function clausesOf(contract: string): Clause[] {
  return contract.split('\n').map((line, index) => {
    const [, id = `line-${index + 1}`, text = line] = NUMBERED.exec(line) ?? []
    return { id, text }
  })
}
