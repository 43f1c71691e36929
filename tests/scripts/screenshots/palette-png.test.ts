import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { palettePng } from '../../../scripts/screenshots/palette-png.ts'

/** Red, green, blue. */
type Pixel = readonly number[]

const [WIDTH, HEIGHT] = [7, 6]

/** Pictures whose neighbours differ in every direction, so that a wrong filter shows. */
const PIXELS: readonly Pixel[] = Array.from({ length: WIDTH * HEIGHT }, (_, i) => [
  (i * 37) % 256,
  (i * 91 + 13) % 256,
  255 - ((i * 53) % 256),
])

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const ends = [data.length, crc32(body)].map((n) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(n)
    return bytes
  })
  return Buffer.concat([ends[0] as Buffer, body, ends[1] as Buffer])
}

/** A PNG whose rows have the filters 0 to 4 in turn, as an encoder of the standard writes them. */
function png(pixels: readonly Pixel[], hasAlpha: boolean): Buffer {
  const size = hasAlpha ? 4 : 3
  const opaque = hasAlpha ? [255] : []
  const rows = Array.from({ length: HEIGHT }, (_, y) =>
    pixels.slice(y * WIDTH, (y + 1) * WIDTH).flatMap((pixel) => pixel.concat(opaque)),
  )
  const filtered = rows.flatMap((row, y) => {
    const up = rows[y - 1] ?? row.map(() => 0)
    const bytes = row.map((byte, x) => {
      const [a, b, c] = [row[x - size] ?? 0, up[x] ?? 0, up[x - size] ?? 0]
      const p = a + b - c
      const [nearest] = [a, b, c].toSorted((i, j) => Math.abs(p - i) - Math.abs(p - j))
      return (byte - ([0, a, b, Math.floor((a + b) / 2), nearest][y % 5] ?? 0)) & 255
    })
    return [y % 5].concat(bytes)
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set([8, hasAlpha ? 6 : 2], 8)
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from(filtered)))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts, chunk('IEND', Buffer.alloc(0))])
}

/** The pixels of a picture of 8-bit indices whose rows are not filtered. */
function pixelsOf(small: Buffer): Pixel[] {
  const part = (type: string): Buffer => {
    const at = small.indexOf(type, 0, 'latin1')
    return small.subarray(at + 4, at + 4 + small.readUInt32BE(at - 4))
  }
  const colours = part('PLTE')
  const rows = inflateSync(part('IDAT'))
  return Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const index = rows[Math.floor(i / WIDTH) * (WIDTH + 1) + 1 + (i % WIDTH)] ?? 0
    return [...colours.subarray(3 * index, 3 * index + 3)]
  })
}

describe('a picture with a palette', () => {
  it.each([false, true])(
    'has the pixels of the one it is made from, whatever the filters (alpha: %s)',
    (hasAlpha) => {
      expect(pixelsOf(palettePng(png(PIXELS, hasAlpha)))).toStrictEqual(PIXELS)
    },
  )

  it('takes colours that nobody tells apart for one', () => {
    const pixels = PIXELS.map((_, i): Pixel => (i === 9 ? [201, 100, 51] : [200, 100, 50]))
    expect(new Set(pixelsOf(palettePng(png(pixels, false))).map(String))).toStrictEqual(
      new Set(['200,100,50']),
    )
  })

  it('is refused of what is no PNG', () => {
    expect(() => palettePng(Buffer.from('GIF89a, and more than enough bytes'))).toThrow('this is no PNG')
  })
})
