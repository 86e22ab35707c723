import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeIo } from './createNodeIo';

jest.mock('node:fs', () => {
  const actual = jest.requireActual('node:fs');
  return { ...actual, readSync: jest.fn(actual.readSync) };
});

describe('what is read', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'callboard-read-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('may come slowly, as through a pipe from a program that thinks first', () => {
    const nothingYet = () => {
      throw Object.assign(new Error('EAGAIN'), { code: 'EAGAIN' });
    };
    jest
      .mocked(fs.readSync)
      .mockImplementationOnce(nothingYet)
      .mockImplementationOnce(nothingYet);
    const file = join(folder, 'score.yaml');
    fs.writeFileSync(file, 'all of it');
    const { bytes } = createNodeIo('').readBytes(file, 1_000);
    expect(Buffer.from(bytes).toString()).toBe('all of it');
  });
});
