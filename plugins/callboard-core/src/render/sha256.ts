import { sha256 as hash } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/** Lower-case hex digest of the UTF-8 bytes of a text. Runs in browsers, where Node's crypto is absent. */
export function sha256(text: string): string {
  return bytesToHex(hash(utf8ToBytes(text)));
}
