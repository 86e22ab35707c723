import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPersonIo } from './createPersonIo';

describe('what is kept for a person', () => {
  const { XDG_CONFIG_HOME } = process.env;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-kept-'));
    process.env.XDG_CONFIG_HOME = folder;
  });
  afterEach(() => {
    if (XDG_CONFIG_HOME === undefined) delete process.env.XDG_CONFIG_HOME;
    else process.env.XDG_CONFIG_HOME = XDG_CONFIG_HOME;
    rmSync(folder, { recursive: true });
  });

  it('is read by nobody else, and is there for the next command', () => {
    const io = createPersonIo();
    expect(io.readKept()).toBeUndefined();
    const file = io.keep('first');
    expect(io.keep('second')).toBe(file);
    expect(file).toBe(join(folder, 'callboard/portals.json'));
    /* eslint-disable no-bitwise */
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'callboard')).mode & 0o777).toBe(0o700);
    /* eslint-enable no-bitwise */
    expect(createPersonIo().readKept()).toBe('second');
  });
});
