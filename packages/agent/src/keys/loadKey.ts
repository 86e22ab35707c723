import { generateKeys, publicKeyOf } from '@callboard/tunnel';
import type { KeyStore } from './KeyStore';

/** The agent's own key: the one it made at its first start, or one made now. */
export async function loadKey(
  store: KeyStore,
): Promise<{ privateKey: string; publicKey: string }> {
  const kept = await store.read();
  if (kept !== undefined)
    return { privateKey: kept, publicKey: publicKeyOf(kept) };
  const made = generateKeys();
  await store.write(made.privateKey); // kept before it is shown: a token is used up only once
  return made;
}
