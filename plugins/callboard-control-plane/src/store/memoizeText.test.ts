import { memoizeText } from './memoizeText';

describe('memoizeText', () => {
  it('reads a text once', () => {
    const read = jest.fn((text: string) => ({ text }));
    const reader = memoizeText(read, 100);
    expect(reader('a')).toEqual({ text: 'a' });
    expect(reader('a')).toBe(reader('a'));
    expect(reader('b')).toEqual({ text: 'b' });
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('keeps what is asked for again, and no more than twice its limit', () => {
    const read = jest.fn((text: string) => ({ text }));
    const reader = memoizeText(read, 30);
    for (let index = 0; index < 20; index += 1) {
      reader('always here');
      reader(`once ${String(index).padStart(4, '0')}`);
    }
    expect(read).toHaveBeenCalledTimes(21);
    reader('once 0000');
    expect(read).toHaveBeenCalledTimes(22);
  });

  it('keeps no text that is longer than its limit', () => {
    const read = jest.fn((text: string) => text.length);
    const reader = memoizeText(read, 3);
    expect([reader('long'), reader('long')]).toEqual([4, 4]);
    expect(read).toHaveBeenCalledTimes(2);
  });
});
