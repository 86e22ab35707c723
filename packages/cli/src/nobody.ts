import type { PersonIo } from './Io';

/** PersonIo without a terminal, a store or a browser: for programs that run verbs. */
export const nobody: PersonIo = {
  terminal: { input: false, output: false },
  askLine: async () => undefined,
  untilEnded: () => new AbortController().signal,
  readKept: () => undefined,
  keep() {
    throw new Error('Nobody is here for whom something could be kept');
  },
  listRemotes: () => [],
  openPage: () => false,
  machineName: () => 'nowhere',
};
