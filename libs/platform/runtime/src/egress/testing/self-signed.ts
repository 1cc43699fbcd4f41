import { generateKeyPairSync, sign } from 'node:crypto';

/** DER of a type, with what it holds. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value, 'latin1'));

const ED25519 = sequence(oid(0x2b, 0x65, 0x70));
const COMMON_NAME = oid(0x55, 0x04, 0x03);
const ALTERNATIVE_NAMES = oid(0x55, 0x1d, 0x11);

const pem = (label: string, bytes: Buffer): string =>
  `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END ${label}-----\n`;

/** A certificate for these names that signs itself (RFC 5280), and its key: servers of HTTPS in tests need one, and Node cannot make it. */
export function selfSigned(...names: readonly string[]): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const issuer = sequence(der(0x31, sequence(COMMON_NAME, text(0x0c, 'Test'))));
  const validity = sequence(text(0x17, '200101000000Z'), text(0x18, '21000101000000Z'));
  const dnsNames = sequence(...names.map((name) => text(0x82, name)));
  const extensions = der(0xa3, sequence(sequence(ALTERNATIVE_NAMES, der(0x04, dnsNames))));
  const version3 = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]));
  const toBeSigned = sequence(version3, serial, ED25519, issuer, validity, issuer, publicKey.export({ type: 'spki', format: 'der' }), extensions);
  const signature = der(0x03, Buffer.from([0]), sign(null, toBeSigned, privateKey));
  return { cert: pem('CERTIFICATE', sequence(toBeSigned, ED25519, signature)), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}
