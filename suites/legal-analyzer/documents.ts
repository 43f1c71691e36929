import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { contractText } from './contract-text.ts'

/** What `documents.yaml` says of a contract. */
interface Listed {
  readonly id: string
  readonly file: string
  readonly title: string
  readonly expected: Readonly<Record<string, unknown>>
}

const FOLDER = dirname(fileURLToPath(import.meta.url))

/** The eight whole contracts as cases, each with the facts that a careful reader finds in it. */
export default async function documents(): Promise<unknown[]> {
  const listed = parse(await readFile(join(FOLDER, 'documents.yaml'), 'utf8')) as Listed[]
  return Promise.all(
    listed.map(async ({ id, file, title, expected }) => ({
      description: title,
      metadata: { id: `document-${id}`, tags: ['document', ...(file.endsWith('.pdf') ? ['pdf'] : [])] },
      vars: { document_id: id, contract: await contractText(join(FOLDER, 'documents', file)), expected },
    })),
  )
}
