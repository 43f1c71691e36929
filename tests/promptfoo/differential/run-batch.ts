import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { Mismatch } from '../compared-cell.ts'
import { mismatchesOf } from '../compared-cell.ts'
import { comparedAssay, runAssay } from '../run-assay.ts'
import { comparedPromptfoo, runPromptfoo } from '../run-promptfoo.ts'
import type { Batch, Files } from './batch.ts'

/** Runs on both sides to narrow a mismatch down: each is a process of promptfoo. */
const MAX_NARROWING = 12

export interface Comparison {
  readonly cells: number
  readonly errored: number
  readonly mismatches: readonly Mismatch[]
}

/** Runs some cases of a batch through both. */
export async function compareCases(batch: Batch, cases: readonly number[]): Promise<Comparison> {
  const dir = await folderOf(batch.files(cases))
  try {
    return await compareIn(dir, batch)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function compareIn(dir: string, { name, repeat, env = {}, args = [] }: Batch): Promise<Comparison> {
  const repeats = repeat === undefined ? [] : ['--repeat', String(repeat)]
  const [promptfoo, assay] = await Promise.all([
    runPromptfoo(dir, { args: [...args, ...repeats], env }),
    runAssay(dir, { env, ...(repeat !== undefined && { selection: { repeat } }) }).catch(rethrownAs(name)),
  ])
  if (promptfoo.rows.length === 0) throw new Error(`${name}: promptfoo ran nothing:\n${promptfoo.said}`)
  const [theirs, ours] = [comparedPromptfoo(promptfoo), comparedAssay(assay)]
  return {
    cells: theirs.cells.length,
    errored: theirs.cells.filter(({ outcome }) => outcome === 'errored').length,
    mismatches: mismatchesOf(theirs, ours),
  }
}

/** A refusal by assay, with its place and hint. */
function rethrownAs(name: string): (thrown: unknown) => never {
  return (thrown) => {
    if (thrown instanceof HarnessError) throw new Error(`${name}: ${thrown.format()}`, { cause: thrown })
    throw thrown
  }
}

/** A mismatch with the fewest cases that show it, as a person reads it. */
export async function explain(batch: Batch, { mismatches }: Comparison): Promise<string> {
  const all = batch.covers.map((_, at) => at)
  const cases = await narrowed(batch, all, mismatches)
  const files = Object.entries(batch.files(cases)).filter(
    ([name]) => name !== 'package.json' && name !== 'model.mjs',
  )
  const { mismatches: left } = await compareCases(batch, cases)
  return [
    `${batch.name}: ${mismatches.length} mismatches: ${mismatches.map(({ cell }) => cell).join('; ')}`,
    ...files.map(([name, text]) => `--- ${name}\n${text}`),
    left.length === 0 ? 'It did not show again: something in it depends on the moment.' : '',
    ...left.slice(0, 3).map((mismatch) => JSON.stringify(mismatch, null, 2)),
  ].join('\n')
}

/** The case of the first mismatch alone if that shows it; else halves, as long as one of them does. */
async function narrowed(
  batch: Batch,
  all: readonly number[],
  mismatches: readonly Mismatch[],
): Promise<readonly number[]> {
  const own = Number(/^c(\d+)/.exec(mismatches.find(({ id }) => id !== '')?.id ?? '')?.[1])
  if (all.includes(own) && (await isMismatch(batch, [own]))) return [own]
  let cases = all
  if (!(await isMismatch(batch, all))) return all
  for (let runs = 1; runs < MAX_NARROWING && cases.length > 1; runs++) {
    const middle = Math.ceil(cases.length / 2)
    const half = cases.slice(0, middle)
    cases = (await isMismatch(batch, half)) ? half : cases.slice(middle)
  }
  return cases
}

async function isMismatch(batch: Batch, cases: readonly number[]): Promise<boolean> {
  return (await compareCases(batch, cases)).mismatches.length > 0
}

async function folderOf(files: Files): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-differential-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), text)
  }
  return dir
}
