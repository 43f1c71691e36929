import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate for 127.0.0.1 that signs itself, with its key, as PEM. Made anew each time: no key lies in the repository. */
export function makeCertificate(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(tag(0x31, sequence(objectId('550403'), tag(0x0c, Buffer.from('faults')))))
  const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))
  const loopback = sequence(tag(0x87, Buffer.from([127, 0, 0, 1])))
  const authority = sequence(tag(0x01, Buffer.from([0xff])))
  const body = sequence(
    tag(0xa0, tag(0x02, Buffer.from([2]))),
    tag(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(time('200101000000Z'), time('490101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tag(
      0xa3,
      sequence(
        sequence(objectId('551d11'), tag(0x04, loopback)),
        sequence(objectId('551d13'), tag(0x04, authority)),
      ),
    ),
  )
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)])
  const der = sequence(body, ecdsaWithSha256, tag(0x03, signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
  }
}

/** One value of ASN.1 in DER: its tag, its length, its content. */
function tag(id: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content)
  const { length } = bytes
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([id, ...size]), bytes])
}

function sequence(...content: readonly Buffer[]): Buffer {
  return tag(0x30, ...content)
}

function objectId(hex: string): Buffer {
  return tag(0x06, Buffer.from(hex, 'hex'))
}

function time(utc: string): Buffer {
  return tag(0x17, Buffer.from(utc))
}
