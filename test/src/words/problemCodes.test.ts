import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PROBLEM_CODES } from '@callboard/plugin-callboard-common';

const PLUGINS = resolve(__dirname, '../../../plugins');
const NO_PRODUCT = /(?:\.test\.tsx?|__testUtils__|__fixtures__|stories)/;

/** Source of the product in a folder and below it, as one text. */
function sourceOf(place: string): string {
  const [plugin, ...path] = place.split('/');
  const folder = join(PLUGINS, plugin, 'src', ...path);
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !NO_PRODUCT.test(file))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n');
}

/** Written out, or made of a template such as `yaml-${kind}` and a word. */
function isMadeIn(source: string, code: string): boolean {
  if (source.includes(`'${code}'`)) return true;
  return [...source.matchAll(/`([a-z-]+-)\$\{[\w.]+\}([a-z-]*)`/g)].some(
    ([, head, tail]) =>
      code.startsWith(head) &&
      code.endsWith(tail) &&
      source.includes(
        `'${code.slice(head.length, code.length - tail.length)}'`,
      ),
  );
}

it('says of each code of a problem where such problems are made', () => {
  const sources = new Map<string, string>();
  const stale = Object.entries(PROBLEM_CODES).flatMap(([code, places]) =>
    [places]
      .flat()
      .filter(place => {
        const source = sources.get(place) ?? sourceOf(place);
        sources.set(place, source);
        return !isMadeIn(source, code);
      })
      .map(place => `${code} in ${place}`),
  );
  expect(stale).toEqual([]);
});
