import * as fs from 'node:fs';
import { promisify } from 'node:util';

/**
 * Asynchronous calls to the file system. Not `node:fs/promises`, which takes 2
 * to 3 MB to load: this process has to stay small.
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
