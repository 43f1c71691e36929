import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Case } from '../../../harness/model/case.ts'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { Suite } from '../../../harness/model/suite.ts'
import { readSuite } from '../../../harness/suite/read.ts'
import { BUILTIN } from '../../../scripts/builtin.ts'

type Files = Record<string, string | Uint8Array>

/** A project of its own in a temporary folder. */
export async function suiteFolder(files: Files): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-suite-'))
  for (const [name, content] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), content)
  }
  return dir
}

/** Reads the `suite.yaml` among the files, as the command line does. */
export async function readFiles(files: Files, env: Record<string, string> = {}): Promise<Suite> {
  return readSuite('suite.yaml', { env, cwd: await suiteFolder(files), builtin: BUILTIN })
}

/** A suite of one prompt and one provider, with this to say about tests. */
export async function readTests(
  yaml: string,
  files: Files = {},
  env: Record<string, string> = {},
): Promise<Suite> {
  return readFiles({ 'suite.yaml': `prompts: ['{{text}}']\nproviders: [echo]\n${yaml}`, ...files }, env)
}

/** As `readTests`, with an assertion for every test. */
export const ASSERTED = 'defaultTest: {assert: [{type: contains, value: a}]}\n'

export async function collect(suite: Suite): Promise<Case[]> {
  const cases: Case[] = []
  for await (const one of suite.cases()) cases.push(one)
  return cases
}

/** The mistake that was refused. Anything but a HarnessError is thrown on. */
export async function refused(work: Promise<unknown>): Promise<HarnessError> {
  try {
    await work
  } catch (error) {
    if (error instanceof HarnessError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** `file:line` of a mistake, the file without its folder. */
export function placeOf({ at }: HarnessError): string {
  return `${at?.file.split('/').at(-1)}:${at?.line}`
}
