import {
  type KeyObject,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';

/** Public key as it is encoded on the wire: 32 bytes, base64url. */
export type PublicKey = string;

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex'); // ed25519, RFC 8410
const KEY_BYTES = 32;

/** Generates a key pair (ed25519). The private key is PKCS #8 in PEM and is never sent. */
export function generateKeys(): { privateKey: string; publicKey: PublicKey } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privateKey: pem, publicKey: publicKeyOf(pem) };
}

export function publicKeyOf(privateKey: string): PublicKey {
  const key = createPublicKey(createPrivateKey(privateKey));
  return key
    .export({ type: 'spki', format: 'der' })
    .subarray(-KEY_BYTES)
    .toString('base64url');
}

/** Signs text for one purpose: the signature is invalid for any other purpose. */
export function signText(
  privateKey: string,
  purpose: string,
  text: string,
): string {
  return sign(
    null,
    bytesOf(purpose, text),
    createPrivateKey(privateKey),
  ).toString('base64url');
}

/** False for anything but a signature by that key for that purpose; never throws. */
export function isSignedBy(
  publicKey: PublicKey,
  signed: { purpose: string; text: string; signature: string },
): boolean {
  const key = readPublicKey(publicKey);
  if (key === undefined) return false;
  try {
    return verify(
      null,
      bytesOf(signed.purpose, signed.text),
      key,
      Buffer.from(signed.signature, 'base64url'),
    );
  } catch {
    return false;
  }
}

function readPublicKey(publicKey: PublicKey): KeyObject | undefined {
  const bytes = Buffer.from(publicKey, 'base64url');
  if (bytes.byteLength !== KEY_BYTES) return undefined;
  try {
    return createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, bytes]),
      format: 'der',
      type: 'spki',
    });
  } catch {
    return undefined;
  }
}

function bytesOf(purpose: string, text: string): Buffer {
  return Buffer.from(`callboard-tunnel-v1\n${purpose}\n${text}`);
}
