import { generateKeys, publicKeyOf } from '@callboard/tunnel';
import type { HubIdentity } from './acceptAgent';

/** A private key for a hub, as PKCS #8 in PEM. */
export function generateHubKey(): string {
  return generateKeys().privateKey;
}

/** A hub by its private key. Throws for what is none. */
export function readHubKey(privateKey: string): HubIdentity {
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}
