import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { HarnessError } from '../../../../harness/model/errors.ts'

/** A fresh folder with these files (a package.json makes it a project), removed with the machine's temp files. */
export function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'assay-config-'))
  for (const [name, text] of Object.entries({ 'package.json': '{}', ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return root
}

/** The user's mistake that `action` reports; anything else it does is a failure of the test. */
export async function mistakeOf(action: () => unknown): Promise<HarnessError> {
  try {
    await action()
  } catch (error) {
    if (error instanceof HarnessError) return error
    throw error
  }
  throw new Error('expected a HarnessError, and nothing was thrown')
}

/** `line:column` of a mistake. */
export function placeOf(error: HarnessError): string {
  return `${error.at?.line}:${error.at?.column}`
}
