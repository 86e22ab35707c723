import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const SOURCE = /(?<!\.test|\.spec)\.tsx?$/;

const entries = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter(line => line.startsWith('| ') && !/^\| (word|---)/.test(line))
  .map(line =>
    line
      .split('|')
      .slice(1, 4)
      .map(cell => cell.trim()),
  );

it('explains each word once, in the order of the alphabet', () => {
  const words = entries.map(([word]) => word);
  expect(words).toEqual([...new Set(words)].sort());
  expect(entries.flat().every(cell => cell.length > 0)).toBe(true);
});

it('explains only words that the product uses', () => {
  const text = readSources(join(ROOT, 'plugins')).toLowerCase();
  const unused = entries
    .flatMap(([word]) => word.split(', '))
    .filter(word => {
      const compact = word.replace(/[ -]/g, '');
      return !text.includes(word) && !text.includes(compact);
    });
  expect(unused).toEqual([]);
});

function readSources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !/^(node_modules|dist|dist-types)$/.test(name))
    .map(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return readSources(path);
      return SOURCE.test(entry.name) ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}
