/**
 * `known-answers FILE`: works out every entry of a file of reference values and prints those that come out otherwise, then
 * `N passed, M failed`. Exit 0 when all pass, 1 when one fails, 2 for a file that cannot be read, an unknown method or bad inputs.
 */
import { readFile } from 'node:fs/promises'
import { mismatches } from './known-answers/check-answers.ts'
import { parseAnswers } from './known-answers/parse-answers.ts'

const [file, ...rest] = process.argv.slice(2)
if (file === undefined || rest.length > 0) {
  console.error('usage: known-answers FILE')
  process.exitCode = 2
} else {
  try {
    const answers = parseAnswers(await readFile(file, 'utf8'))
    const failed = mismatches(answers)
    for (const { id, expected, got, tolerance } of failed) {
      console.log(
        `${id}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}, tolerance ${tolerance}`,
      )
    }
    console.log(`${answers.length - failed.length} passed, ${failed.length} failed`)
    process.exitCode = failed.length === 0 ? 0 : 1
  } catch (error) {
    console.error(`${file}: ${(error as Error).message}`)
    process.exitCode = 2
  }
}
