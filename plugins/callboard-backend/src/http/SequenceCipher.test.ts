import { SequenceCipher } from './SequenceCipher';

const cipher = new SequenceCipher('a secret');

it('opens what it sealed, and nothing else', () => {
  const sealed = [1, 2, 1_000_000].map(sequence => cipher.seal(sequence));
  expect(sealed.map(text => cipher.open(text))).toEqual([1, 2, 1_000_000]);
  expect(new Set(sealed.map(text => text.slice(0, 4))).size).toBe(3);
  const foreign = [
    new SequenceCipher('another secret').seal(1),
    sealed[0].replace(/^./, first => (first === '0' ? '1' : '0')),
    sealed[0].toUpperCase(),
    sealed[0].slice(1),
    '1',
    '',
  ];
  expect(foreign.map(text => cipher.open(text))).toEqual(
    foreign.map(() => undefined),
  );
});
