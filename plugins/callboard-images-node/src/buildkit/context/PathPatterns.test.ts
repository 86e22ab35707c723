import { PathPatterns } from './PathPatterns';

describe('PathPatterns', () => {
  it.each<[name: string, lines: string[], chosen: string[], not: string[]]>([
    ['nothing', [], [], ['a', 'a/b']],
    ['a name at the top only', ['dist'], ['dist', 'dist/x'], ['src/dist']],
    ['a name anywhere', ['**/dist'], ['dist', 'a/b/dist/x'], ['distant']],
    ['all below a folder', ['docs/**'], ['docs/a', 'docs/a/b'], ['docs']],
    ['one star within a name', ['*.md'], ['a.md'], ['a/b.md', 'a.mdx']],
    ['stars in the middle', ['a/**/z'], ['a/z', 'a/b/c/z'], ['b/a/z']],
    ['one character', ['?.js'], ['a.js'], ['ab.js', '.js']],
    ['a class', ['[a-c].js'], ['b.js'], ['d.js']],
    ['not of a class', ['[^a-c].js'], ['d.js'], ['b.js']],
    ['an escaped star', ['\\*.js'], ['*.js'], ['a.js']],
    ['later lines win', ['*', '!a', 'a/b'], ['x', 'a/b'], ['a', 'a/c']],
    ['slashes and dots around', ['/./tmp/'], ['tmp', 'tmp/x'], ['a/tmp']],
    ['empty lines are nothing', ['', ' ', '.'], [], ['a']],
    ['nothing outside', ['../a', '!../b'], [], ['a', '../a']],
    ['text that means something elsewhere', ['a+(b)'], ['a+(b)'], ['aab']],
  ])('%s', (_, lines, chosen, not) => {
    const patterns = new PathPatterns(lines);
    expect(chosen.filter(path => !patterns.has(path))).toEqual([]);
    expect(not.filter(path => patterns.has(path))).toEqual([]);
  });

  it('ends with patterns that were made to be slow', () => {
    const patterns = new PathPatterns([
      `${'*a'.repeat(60)}b`,
      `${'**/a/'.repeat(60)}b`,
    ]);
    expect(patterns.has(`${'a'.repeat(250)}`)).toBe(false);
    expect(patterns.has(`${'a/'.repeat(100)}c`)).toBe(false);
  });
});
