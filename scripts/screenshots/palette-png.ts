import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const COLOURS = 256
/** Square of a distance that nobody sees. */
const ALIKE = 27

/** Rows of 8-bit RGB, as a browser's screenshot has them. */
interface Picture {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/**
 * The same picture with at most 256 colours, less than half as large: text on plain ground has few of them, and what its edges lose
 * nobody sees.
 * @param png 8 bits, RGB or RGBA without transparency, not interlaced
 */
export function palettePng(png: Buffer): Buffer {
  const { width, height, rgb } = decode(png)
  const { palette, indexOf } = paletteOf(rgb)
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = indexOf(colourAt(rgb, y * width + x))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The most frequent colours that differ, and for every other the nearest of them. */
function paletteOf(rgb: Uint8Array) {
  const counts = new Map<number, number>()
  for (let i = 0; i < rgb.length / 3; i++) {
    const colour = colourAt(rgb, i)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette: number[] = []
  for (const [colour] of [...counts].toSorted(([, a], [, b]) => b - a)) {
    if (palette.length === COLOURS) break
    if (palette.every((other) => distance(colour, other) > ALIKE)) palette.push(colour)
  }
  const indices = new Map(palette.map((colour, i) => [colour, i]))
  const indexOf = (colour: number): number => {
    const known = indices.get(colour)
    if (known !== undefined) return known
    let [nearest, least] = [0, Infinity]
    for (const [i, other] of palette.entries()) {
      const away = distance(colour, other)
      if (away < least) [nearest, least] = [i, away]
    }
    indices.set(colour, nearest)
    return nearest
  }
  return { palette, indexOf }
}

function colourAt(rgb: Uint8Array, pixel: number): number {
  const [r = 0, g = 0, b = 0] = rgb.subarray(3 * pixel, 3 * pixel + 3)
  return (r << 16) | (g << 8) | b
}

function distance(a: number, b: number): number {
  const apart = [16, 8, 0].map((shift) => ((a >> shift) & 255) - ((b >> shift) & 255))
  return apart.reduce((sum, each) => sum + each * each, 0)
}

function decode(png: Buffer): Picture {
  const chunks = chunksOf(png)
  const header = chunks.find(({ type }) => type === 'IHDR')?.data
  if (header === undefined || !png.subarray(0, 8).equals(SIGNATURE)) throw new Error('this is no PNG')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth, kind, , , interlaced] = header.subarray(8)
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0)
    throw new Error(`a PNG of depth ${depth}, colour type ${kind} is not read here`)
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((one) => one.data)))
  const size = kind === 2 ? 3 : 4
  const bytes = unfiltered(data, { stride: width * size, height, size })
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) rgb.set(bytes.subarray(i * size, i * size + 3), i * 3)
  return { width, height, rgb }
}

function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks = []
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

interface Layout {
  /** Bytes of a row. */
  readonly stride: number
  readonly height: number
  /** Bytes of a pixel. */
  readonly size: number
}

/** Undoes what each row's filter did: PNG, third edition, 9.2. */
function unfiltered(data: Buffer, { stride, height, size }: Layout): Uint8Array {
  const out = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= size ? (out[at - size] ?? 0) : 0
      const up = y > 0 ? (out[at - stride] ?? 0) : 0
      const corner = x >= size && y > 0 ? (out[at - stride - size] ?? 0) : 0
      const guess =
        filter === 1
          ? left
          : filter === 2
            ? up
            : filter === 3
              ? (left + up) >> 1
              : filter === 4
                ? paeth(left, up, corner)
                : 0
      out[at] = (data[y * (stride + 1) + 1 + x] ?? 0) + guess
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
