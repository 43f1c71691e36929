import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { literalRules, patternRule } from '../../../harness/record/redact.ts'
import { purgeFile } from '../../../harness/record/scrub/purge-file.ts'
import { scanFile } from '../../../harness/record/scrub/scan-file.ts'
import type { ScrubRules } from '../../../harness/record/scrub/scrubber.ts'
import { Scrubber, scrubbedId } from '../../../harness/record/scrub/scrubber.ts'
import { shortDigest } from '../../../harness/suite/cases/identity.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-scrub-'))
afterAll(() => rmSync(dir, { recursive: true }))

function scrubberOf(rules: Partial<ScrubRules> = {}): Scrubber {
  return new Scrubber({ builtIn: true, known: {}, ...rules })
}

const forValue = (value: string): Scrubber =>
  scrubberOf({ builtIn: false, literals: literalRules([['pin', value]]), known: { secrets: { pin: value } } })

function fileOf(name: string, content: string | Uint8Array): string {
  const file = join(dir, name)
  writeFileSync(file, content)
  return file
}

async function purged(file: string, scrubber: Scrubber): Promise<string> {
  await purgeFile(file, scrubber)
  return readFileSync(file, 'latin1')
}

describe('looking through a file', () => {
  it('tells line, rule and what stands around it, and no secret of any other kind', async () => {
    const line = JSON.stringify({ a: 'x'.repeat(100), output: 'key AKIAIOSFODNN7EXAMPLE, pin hunter2' })
    const file = fileOf('list.jsonl', `{}\n${line}\n`)
    const scrubber = scrubberOf({
      builtIn: false,
      patterns: [patternRule('hunter2', '--match')],
      known: {},
    })
    const found = await scanFile(file, scrubber)
    expect(found).toMatchObject({ count: 1, binary: false, hits: [{ line: 2, count: 1 }] })
    expect(found.hits[0]?.excerpt).toMatch(/^….*key \[redacted:aws-key-id\], pin \[redacted:pattern-1dd2\]/)
  })

  it('finds a private key over several lines, in a page as in a log', async () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQ\n-----END PRIVATE KEY-----'
    const file = fileOf('page.html', `<pre>\n${pem}\n</pre>\n`)
    expect(await scanFile(file, scrubberOf())).toMatchObject({
      count: 1,
      hits: [{ line: 2, rule: 'private-key' }],
    })
    expect(await purged(file, scrubberOf())).toBe('<pre>\n[redacted:private-key]\n</pre>\n')
  })

  it('finds what a page has packed, which cannot be taken out of it, and takes neither code nor figures for texts', async () => {
    const packed = (text: string): string => gzipSync(text).toString('base64')
    const blocks = ['"a"\n"pin hunter2"', 'self.pin = "hunter2"', '\0\0hunter2'].map(packed)
    const page = blocks.map((block) => `<script type="text/plain">${block}</script>`).join('\n')
    const file = fileOf('packed.html', page)
    const hit = { line: 1, rule: 'pin', count: 1, excerpt: '"pin [redacted:pin]"' }
    expect(await scanFile(file, forValue('hunter2'))).toMatchObject({ count: 1, hits: [hit] })
    expect(await purged(file, forValue('hunter2'))).toBe(page)
  })

  it('says of what is no text that it is none', async () => {
    const file = fileOf(
      'data.bin',
      Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from('AKIAIOSFODNN7EXAMPLE')]),
    )
    expect(await scanFile(file, scrubberOf())).toMatchObject({ count: 1, binary: true })
  })

  it('rejects for a file that is not there', async () => {
    await expect(scanFile(join(dir, 'none'), scrubberOf())).rejects.toThrow('ENOENT')
  })
})

describe('taking secrets out of a file', () => {
  it('leaves every other byte as it was: latin1, line breaks, an end without one, and the rights of the file', async () => {
    const before = Buffer.from('caf\xe9 hunter2hunter2\r\n\r\nhéé\n\xff\xfe hunter2hunter2', 'latin1')
    const file = fileOf('latin1.log', before)
    const { mode } = statSync(file)
    expect(await purged(file, forValue('hunter2hunter2'))).toBe(
      'caf\xe9 [redacted:pin]\r\n\r\nhéé\n\xff\xfe [redacted:pin]',
    )
    expect(statSync(file).mode).toBe(mode)
  })

  it('leaves JSON lines readable, and finds nothing the second time', async () => {
    const secret = fc
      .string({ minLength: 4, maxLength: 20, unit: 'grapheme' })
      .filter((text) => text.trim() === text && text.isWellFormed() && text.length >= 4)
    await fc.assert(
      fc.asyncProperty(
        secret,
        fc.array(fc.jsonValue({ depthSize: 'small' }), { maxLength: 3 }),
        async (value, others) => {
          const lines = [{ a: `<${value}>`, b: [JSON.stringify({ value })] }, ...others].map((each) =>
            JSON.stringify(each),
          )
          const file = fileOf('any.jsonl', `${lines.join('\n')}\n`)
          const scrubber = forValue(value)
          const text = Buffer.from(await purged(file, scrubber), 'latin1').toString()
          for (const line of text.trimEnd().split('\n')) JSON.parse(line)
          expect(JSON.parse(text.split('\n')[0] ?? '')).toEqual({
            a: '<[redacted:pin]>',
            b: ['{"value":"[redacted:pin]"}'],
          })
          expect((await scanFile(file, scrubber)).count).toBe(0)
        },
      ),
      { seed: 9, numRuns: 100 },
    )
  })

  it('takes it out of a line that was cut off, too', async () => {
    const file = fileOf('torn.jsonl', '{"a":1}\n{"b":"say hunter2hunter2 and')
    expect(await purged(file, forValue('hunter2hunter2'))).toBe('{"a":1}\n{"b":"say [redacted:pin] and')
  })

  it('leaves fields of the record alone, and words it is read by, whatever the pattern', async () => {
    const line = JSON.stringify({
      v: 1,
      kind: 'trial',
      outcome: 'failed',
      cell: { id: '0'.repeat(32), vars: { name: 'Ann' } },
    })
    const file = fileOf('broad.jsonl', `${line}\n`)
    const scrubber = scrubberOf({
      builtIn: false,
      patterns: [patternRule('[A-Za-z0-9]+', '--match', { inKeys: true })],
    })
    expect(await purged(file, scrubber)).toBe(line.replace('"Ann"', '"[redacted:pattern-d40a]"').concat('\n'))
  })

  it('takes it out of the keys that the user chose', async () => {
    const file = fileOf('keys.jsonl', '{"vars":{"hunter2":1,"output":2}}\n')
    const scrubber = scrubberOf({
      builtIn: false,
      patterns: [patternRule('hunter2|output', '--match', { inKeys: true })],
    })
    expect(await purged(file, scrubber)).toMatch(
      /^\{"vars":\{"\[redacted:pattern-[0-9a-f]{4}\]":1,"output":2\}\}\n$/,
    )
  })

  it('keeps cases apart whose ids are hit', async () => {
    const file = fileOf('ids.jsonl', '{"cell":{"caseId":"cust-1"}}\n{"case":"cust-2~0a1b2c3d#2"}\n')
    const scrubber = scrubberOf({ builtIn: false, patterns: [patternRule(String.raw`cust-\d`, '--match')] })
    expect(await purged(file, scrubber)).toBe(
      `{"cell":{"caseId":"${shortDigest('cust-1')}"}}\n{"case":"${shortDigest('cust-2')}~0a1b2c3d#2"}\n`,
    )
    expect(scrubbedId('cust-1')).toBe(shortDigest('cust-1'))
  })
})
