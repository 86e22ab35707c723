import { generateKeys, publicKeyOf } from '@callboard/tunnel';
import type { HubIdentity } from './acceptAgent';

/** Returns a private key for a hub, as PKCS #8 in PEM. */
export function generateHubKey(): string {
  return generateKeys().privateKey;
}

/** Returns the identity of a hub from its private key. Throws for an invalid key. */
export function readHubKey(privateKey: string): HubIdentity {
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}
