import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { agreementOf, type Pair } from '../../../harness/calibrate/agreement.ts'
import { calibrationFile, writeCalibration } from '../../../harness/calibrate/calibration-file.ts'
import { findCalibration } from '../../../harness/calibrate/read-calibration.ts'
import type { Calibration } from '../../../harness/model/calibration.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-calibration-'))
afterAll(() => rmSync(dir, { recursive: true }))

const SCALE = ['1', '2', '3']
/** Agrees on five of six rows. */
const GOOD = Array.from({ length: 60 }, (_, i): Pair => [i % 3, i % 6 === 0 ? 1 : i % 3])
/** Says whatever it likes. */
const CHANCE = Array.from({ length: 60 }, (_, i): Pair => [i % 3, Math.floor(i / 3) % 3])

function calibration(metric: string, pairs: readonly Pair[]): Calibration {
  return {
    v: 1,
    metric,
    hash: 'abc',
    graders: ['m'],
    scale: SCALE,
    n: pairs.length,
    missing: 0,
    agreement: agreementOf(pairs, SCALE),
    labels: { file: 'labels.csv', sha256: 'def' },
    at: '2026-01-01T00:00:00.000Z',
  }
}

describe('a calibration', () => {
  it('is current for the judge that it is of, as it was written', async () => {
    const written = calibration('helpful', GOOD)
    const file = await writeCalibration(dir, written)
    expect(file).toBe(join(dir, 'calibration', 'helpful.json'))
    expect(await findCalibration(dir, 'helpful', 'abc')).toEqual({ is: 'current', calibration: written })
  })

  it('is stale once the judge is another one, and missing for one that has none', async () => {
    await writeCalibration(dir, calibration('helpful', GOOD))
    expect(await findCalibration(dir, 'helpful', 'abcd')).toMatchObject({ is: 'stale' })
    expect(await findCalibration(dir, 'polite', 'abc')).toEqual({ is: 'missing' })
  })

  it('is weak where it cannot be told from chance, or is below what is asked for', async () => {
    await writeCalibration(dir, calibration('chance', CHANCE))
    expect(await findCalibration(dir, 'chance', 'abc')).toMatchObject({ is: 'weak' })
    await writeCalibration(dir, calibration('helpful', GOOD))
    const lowest = calibration('helpful', GOOD).agreement.alpha.interval?.lo ?? NaN
    expect(await findCalibration(dir, 'helpful', 'abc', lowest)).toMatchObject({ is: 'current' })
    expect(await findCalibration(dir, 'helpful', 'abc', lowest + 0.01)).toMatchObject({ is: 'weak' })
  })

  it('of a judge that always agrees counts from twenty rows on', async () => {
    const perfect = (n: number): Pair[] => Array.from({ length: n }, (_, i): Pair => [i % 3, i % 3])
    await writeCalibration(dir, calibration('few', perfect(19)))
    await writeCalibration(dir, calibration('enough', perfect(20)))
    expect(await findCalibration(dir, 'few', 'abc')).toMatchObject({ is: 'weak' })
    expect(await findCalibration(dir, 'enough', 'abc', 0.9)).toMatchObject({ is: 'current' })
  })

  it.each([
    ['no JSON', '{"v": 1,'],
    ['another format', '{"v": 2}'],
    ['another metric', JSON.stringify(calibration('other', GOOD))],
  ])('that is %s counts as missing', async (name, text) => {
    const metric = name.replaceAll(' ', '-')
    mkdirSync(join(dir, 'calibration'), { recursive: true })
    writeFileSync(calibrationFile(dir, metric), text)
    expect(await findCalibration(dir, metric, 'abc')).toEqual({ is: 'missing' })
  })

  it('of a metric with a path for a name stays in its folder', () => {
    expect(calibrationFile('/suite', '../../etc/x y')).toBe('/suite/calibration/..-..-etc-x-y.json')
  })
})
