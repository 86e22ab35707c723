import type { JournalEntry } from '@callboard/plugin-callboard-common';
import type { SequenceCipher } from './SequenceCipher';

/**
 * Returns a journal entry for a viewer who may not see every app: it does not
 * reveal the number of entries in between.
 */
export function sealEntry(
  { sequence = 0, ...entry }: JournalEntry,
  sequences: SequenceCipher,
): JournalEntry {
  return { ...entry, hash: sequences.seal(sequence) };
}
