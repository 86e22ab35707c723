import { LogPosition, readKeptLines } from './LogPosition';

const at = (second: string) => `2026-11-22T07:00:${second}Z`;
const read = (...lines: string[]) => readKeptLines(lines);
const texts = (lines: Array<{ text: string }>) => lines.map(({ text }) => text);

describe('lines as a cluster keeps them', () => {
  it('are of one form, whatever the zone and the digits of their instants', () => {
    expect(
      read(
        `${at('01.5')} a`,
        '2026-11-22T08:00:01.500000001+01:00 b',
        `${at('02')} `,
        `${at('02')}`,
      ),
    ).toEqual([
      { at: at('01.500000000'), text: 'a' },
      { at: at('01.500000001'), text: 'b' },
      { at: at('02.000000000'), text: '' },
      { at: at('02.000000000'), text: '' },
    ]);
  });

  it('go with the line before them where they have no instant', () => {
    expect(texts(read('lost', `${at('01')} a`, 'b'))).toEqual(['a', 'b']);
  });

  it('are cut where they are long', () => {
    expect(read(`${at('01')} ${'x'.repeat(9_000)}`)[0].text).toHaveLength(
      4_000,
    );
  });
});

describe('up to where an output was read', () => {
  it('is after lines of the same instant, however often they come', () => {
    const position = new LogPosition();
    expect(position.since).toBeUndefined();
    const first = read(`${at('01')} a`, `${at('02')} b`, `${at('02')} c`);
    expect(texts(position.resume()(first))).toEqual(['a', 'b', 'c']);
    expect(position.since).toBe(at('02.000000000'));
    const again = [
      ...first.slice(1),
      ...read(`${at('02')} d`, `${at('03')} e`),
    ];
    expect(texts(position.resume()(again))).toEqual(['d', 'e']);
    expect(texts(position.resume()(again))).toEqual([]);
  });

  it('is the same whether lines come one by one or together', () => {
    const position = new LogPosition();
    const take = position.resume();
    const lines = read(`${at('01')} a`, `${at('01')} b`, `${at('01')} c`);
    expect(lines.flatMap(line => texts(take([line])))).toEqual(['a', 'b', 'c']);
    expect(texts(position.resume()(lines))).toEqual([]);
  });
});
