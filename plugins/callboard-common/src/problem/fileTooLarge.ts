import { describeTwoAmounts } from '../words';
import type { Problem } from './Problem';

/** A file of a pushed revision that is not read because of its size, in bytes. */
export function fileTooLarge(
  path: string,
  { bytes, maxBytes }: { bytes: number; maxBytes: number },
): Problem {
  const [size, most] = describeTwoAmounts('memoryBytes', [bytes, maxBytes]);
  return {
    code: 'file-too-large',
    what: `Cannot read ${path}`,
    why: `it has ${size}, at most ${most} are read`,
    next: `Shorten ${path}`,
    transient: false,
    at: { file: path },
  };
}
