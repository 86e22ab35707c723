import type { JournalEntry } from '@callboard/plugin-callboard-common';
import type { SequenceCipher } from './SequenceCipher';

/** An entry of the journal for who may not see every app: nothing in it counts the entries between two of theirs. */
export function sealEntry(
  { sequence = 0, ...entry }: JournalEntry,
  sequences: SequenceCipher,
): JournalEntry {
  return { ...entry, hash: sequences.seal(sequence) };
}
