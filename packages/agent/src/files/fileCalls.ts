import * as fs from 'node:fs';
import { promisify } from 'node:util';

/**
 * Calls to the file system that nobody waits for in the way of others. Not
 * `node:fs/promises`: loading that costs a process 2 to 3 MB, and this one is
 * to be small.
 */
export const fileCalls = {
  chmod: promisify(fs.chmod),
  close: promisify(fs.close),
  fchmod: promisify(fs.fchmod),
  fsync: promisify(fs.fsync),
  mkdir: promisify(fs.mkdir),
  open: promisify(fs.open),
  readFile: promisify(fs.readFile),
  rename: promisify(fs.rename),
  writeFile: promisify(fs.writeFile),
} as const;
