import { wrapText } from './wrapText';

it.each([
  { name: 'nothing', text: '', expected: [] },
  { name: 'fits', text: 'one two', expected: ['one two'] },
  {
    name: 'breaks between words',
    text: 'one two three',
    expected: ['one two', 'three'],
  },
  {
    name: 'cuts a word that is too long',
    text: 'abcdefghijkl',
    expected: ['abcdefg…'],
  },
  {
    name: 'cuts what is left',
    text: 'one two three four five',
    expected: ['one two', 'three…'],
  },
])('wraps: $name', ({ text, expected }) => {
  expect(wrapText(text, { columns: 8, lines: 2 })).toEqual(expected);
});
