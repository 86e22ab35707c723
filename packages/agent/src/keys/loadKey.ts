import { generateKeys, publicKeyOf } from '@callboard/tunnel';
import type { KeyStore } from './KeyStore';

/** Returns the agent's own key: the stored one, or a new one at its first start. */
export async function loadKey(
  store: KeyStore,
): Promise<{ privateKey: string; publicKey: string }> {
  const kept = await store.read();
  if (kept !== undefined)
    return { privateKey: kept, publicKey: publicKeyOf(kept) };
  const made = generateKeys();
  await store.write(made.privateKey); // stored before it is sent: a join token can be used only once
  return made;
}
