import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FUZZED, TRUSTED } from './__testUtils__/sources';

const ROOT = join(__dirname, '../../..');

/** What code that takes bytes apart cannot do without. */
const MARKS =
  /\bJSON\.parse\(|from '(?:js-)?yaml'|\bTextDecoder\b|, 'base64(?:url)?'\)|decodeURIComponent\(|new URLSearchParams\(\w|\bcreateGunzip\(|\bgunzipSync\(|tar-stream|\.readUInt|\bgetUint32\(|safeParse\(|\breq\.(?:query|body)\b/;
const NOT_SHIPPED =
  /\.test\.tsx?$|\/(?:testing|stories|__\w+__)\/|^packages\/(?:sim|app|app-legacy|form-validator)\//;

/** Files of the product that take bytes apart. */
function parsers(): string[] {
  return ['packages', 'plugins']
    .flatMap(folder => filesBelow(join(ROOT, folder)))
    .map(path => relative(ROOT, path))
    .filter(path => /\/src\/.*\.tsx?$/.test(path) && !NOT_SHIPPED.test(path))
    .filter(path => MARKS.test(readFileSync(join(ROOT, path), 'utf8')))
    .sort();
}

it('names every file of the product that takes bytes apart, and who gives it hostile ones', () => {
  const named = [...FUZZED, ...Object.values(TRUSTED).flat()];
  expect(parsers().filter(path => !named.includes(path))).toEqual([]);
  expect(named.filter(path => !parsers().includes(path))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    if (['node_modules', 'dist', 'dist-types'].includes(name)) return [];
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
