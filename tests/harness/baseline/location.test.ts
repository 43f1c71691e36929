import { describe, expect, it } from 'vitest'
import { baselineFileOf, baselinePlace, recordDirOf } from '../../../harness/baseline/location.ts'

describe('baselinePlace', () => {
  it.each([
    ['suites/x/suite.yaml', 'suites/x/baseline.json', 'suites/x/baseline'],
    ['suites/x/suite.nightly.yaml', 'suites/x/baseline.nightly.json', 'suites/x/baseline/nightly'],
    ['suite.yml', 'baseline.json', 'baseline'],
    [
      'app/promptfooconfig.yaml',
      'app/baseline.promptfooconfig.yaml.json',
      'app/baseline/promptfooconfig.yaml',
    ],
  ])('puts the baseline of %s into %s and %s', (suite, file, dir) => {
    const place = baselinePlace(suite)
    expect({ file: place.file, dir: place.dir.replace(/\/$/, '') }).toEqual({ file, dir })
    expect(recordDirOf(file)?.replace(/\/$/, '')).toBe(dir)
    expect(baselineFileOf(dir)).toBe(file)
  })

  it('knows no folder for a baseline of another name, and no baseline for another folder', () => {
    expect(recordDirOf('/tmp/older.json')).toBeUndefined()
    expect(baselineFileOf('/w/runs/x/20260131')).toBeUndefined()
  })
})
