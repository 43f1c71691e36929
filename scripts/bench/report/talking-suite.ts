import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

/** About 250 characters of plausible English, always the same for the same prompt; one reply in nine says nothing useful. */
const PROVIDER = `
import { hash } from 'node:crypto'

const WORDS = ('the a we you order invoice delivery refund customer agent manual account password charged twice late broken ' +
  'replacement shipped yesterday tomorrow support answered politely slowly never again please thank sorry unable confirm ' +
  'policy fourteen days receipt attached screenshot error code restart device warranty expired upgrade monthly plan cancel').split(' ')

export default class Talker {
  id() { return 'talker' }
  async callApi(prompt) {
    const digest = hash('sha256', prompt, 'buffer')
    const words = Array.from({ length: 38 }, (_, i) => WORDS[(digest[i % 32] * (i + 7)) % WORDS.length])
    const label = digest[0] % 9 === 0 ? 'unsure' : 'refund'
    return { output: label + ': ' + words.join(' ') + '.', tokenUsage: { total: 300, prompt: 240, completion: 60 }, cost: 0.0004 }
  }
}
`

const SHOTS = Array.from(
  { length: 5 },
  (_, i) =>
    `E-mail: Order ${i} came ${i} days late and the box was open. Please tell me what to do.\\nLabel: refund\\n`,
).join('')

/** Writes a suite of `cells` cells in two columns of about 1 kB of text each: two prompts, a tagged case a row of a CSV. */
export async function writeTalkingSuite(dir: string, cells: number): Promise<void> {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'package.json'), '{}')
  writeFileSync(join(dir, 'provider.mjs'), PROVIDER)
  const csv = createWriteStream(join(dir, 'cases.csv'))
  csv.write('email,__description,__metadata:tags[]\n')
  for (let n = 0; n < cells / 2; n++)
    csv.write(`${mail(n)},Mail ${n},${n % 10 === 0 ? 'critical' : 'ordinary'}\n`)
  csv.end()
  await finished(csv)
  writeFileSync(
    join(dir, 'suite.yaml'),
    `prompts:
  - {label: zero-shot, raw: "Read the e-mail of a customer and say what is wanted, in one word and a sentence.\\n{{email}}"}
  - {label: few-shot, raw: "Read the e-mail of a customer and say what is wanted, in one word and a sentence.\\n${SHOTS}E-mail: {{email}}"}
providers: [{id: file://provider.mjs, label: talker}]
defaultTest:
  assert:
    - {type: starts-with, value: refund, metric: label}
    - {type: contains, value: '.', metric: sentence}
tests: file://cases.csv
`,
  )
}

/** Some 300 characters that no other case has. */
function mail(n: number): string {
  const parts = Array.from(
    { length: 9 },
    (_, i) => `${PHRASES[(n * 7 + i * 13 + (n >> i)) % PHRASES.length]} ${(n * (i + 3)) % 9973}`,
  )
  return parts.join(' and ')
}

const PHRASES = [
  'my parcel number',
  'the invoice over',
  'your agent at desk',
  'I called on extension',
  'the replacement with serial',
  'a charge of',
  'ticket',
  'the password reset code',
  'the manual says on page',
  'I waited for minutes',
  'the screenshot shows error',
]
