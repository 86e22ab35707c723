import { readTrace } from './readTrace';

const hex = (text: string) =>
  [...Buffer.from(text)]
    .map(byte => `\\x${byte.toString(16).padStart(2, '0')}`)
    .join('');

describe('readTrace', () => {
  it('reads a call that another thread cut in two', () => {
    const file = '/data/record.sqlite-wal';
    const write = `pwrite64(27<${hex(file)}>, "${hex('page')}", 4, 4096`;
    const events = readTrace(
      [
        `12 ${write} <unfinished ...>`,
        `13 write(19<anon>, "${hex('x')}", 1 <unfinished ...>`,
        '12 <... pwrite64 resumed>)           = 4',
        '13 <... write resumed>)              = 1',
        `12 fsync(27<${hex(file)}>) = 0`,
      ].join('\n'),
      '/data/record.sqlite',
    );
    expect(events).toEqual([
      { kind: 'write', file, offset: 4096, bytes: Buffer.from('page') },
      { kind: 'sync', file },
    ]);
  });
});
