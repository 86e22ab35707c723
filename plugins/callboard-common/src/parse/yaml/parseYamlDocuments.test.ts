import fc from 'fast-check';
import { stringify } from 'yaml';
import { YamlDate } from './YamlDate';
import { parseYamlDocuments } from './parseYamlDocuments';

const values = (text: string, options = {}) => {
  const parsed = parseYamlDocuments(text, { file: 'a.yaml', ...options });
  if (!parsed.ok)
    throw new Error(`${parsed.problem.what}: ${parsed.problem.why}`);
  return parsed.value.map(({ value }) => value);
};

const refusal = (text: string, options = {}) => {
  const parsed = parseYamlDocuments(text, { file: 'a.yaml', ...options });
  if (parsed.ok) return 'read';
  const { code, at } = parsed.problem;
  return at?.line === undefined ? code : `${code} at ${at.line}:${at.column}`;
};

describe('what is read', () => {
  it.each<{ name: string; text: string; expected: unknown[] }>([
    { name: 'nothing', text: '', expected: [] },
    { name: 'comments alone', text: '# nothing\n', expected: [] },
    {
      name: 'a map',
      text: 'a: 1\nb: [x, "y"]\n',
      expected: [{ a: 1, b: ['x', 'y'] }],
    },
    {
      name: 'several documents, empty ones left out',
      text: 'a: 1\n---\n---\nb: 2\n',
      expected: [{ a: 1 }, { b: 2 }],
    },
    {
      name: 'JSON',
      text: '{"a": {"b": [true, null]}}',
      expected: [{ a: { b: [true, null] } }],
    },
    {
      name: 'words of YAML 1.1 as text',
      text: 'a: yes\nb: off\nc: n',
      expected: [{ a: 'yes', b: 'off', c: 'n' }],
    },
    {
      name: 'numbers as Go reads them',
      text: 'a: 0x50\nb: 8e1\nc: 80.0\nd: 0o17\ne: 017\nf: 1_000\ng: 0b11\nh: -.5\ni: 08\nj: 1.2.3\nk: -0x10',
      expected: [
        {
          a: 80,
          b: 80,
          c: 80,
          d: 15,
          e: 15,
          f: 1000,
          g: 3,
          h: -0.5,
          i: 8,
          j: '1.2.3',
          k: -16,
        },
      ],
    },
    {
      name: 'quoted numbers as text',
      text: `a: "80"\nb: '0x50'`,
      expected: [{ a: '80', b: '0x50' }],
    },
    {
      name: 'dates as text',
      text: 'a: 2026-01-31\nb: 2026-01-31T08:00:00Z',
      expected: [{ a: '2026-01-31', b: '2026-01-31T08:00:00Z' }],
    },
    {
      name: 'standard tags',
      text: 'a: !!str 80\nb: !!int 80\nc: !!map {}\nd: ! 7',
      expected: [{ a: '80', b: 80, c: {}, d: 7 }],
    },
    {
      name: 'aliases as copies',
      text: 'a: &x {n: [1]}\nb: *x\nc: [*x]',
      expected: [{ a: { n: [1] }, b: { n: [1] }, c: [{ n: [1] }] }],
    },
    {
      name: 'an anchor that is given twice',
      text: 'a: &x 1\nb: *x\nc: &x 2\nd: *x',
      expected: [{ a: 1, b: 1, c: 2, d: 2 }],
    },
    {
      name: 'merges: own fields win, then the first map',
      text: 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  c: 3\n',
      expected: [
        { x: { a: 1, b: 1 }, y: { b: 2, c: 2 }, z: { a: 1, b: 1, c: 3 } },
      ],
    },
    {
      name: 'a quoted "<<" as a name',
      text: '"<<": {a: 1}',
      expected: [{ '<<': { a: 1 } }],
    },
    {
      name: 'names every object has',
      text: 'constructor: {prototype: {x: 1}}\ntoString: y',
      expected: [{ constructor: { prototype: { x: 1 } }, toString: 'y' }],
    },
    {
      name: 'a file of Windows',
      text: '\ufeffa: 1\r\nb: 2\r\n',
      expected: [{ a: 1, b: 2 }],
    },
  ])('$name', ({ text, expected }) => {
    expect(values(text)).toEqual(expected);
  });

  it('gives dates where they are asked for', () => {
    expect(
      values('a: 2026-01-31\nb: 2026-13-77\nc: 2026-1-2T3:4:5+01:00', {
        dates: 'date',
      }),
    ).toEqual([
      {
        a: new YamlDate('2026-01-31'),
        b: '2026-13-77',
        c: new YamlDate('2026-1-2T3:4:5+01:00'),
      },
    ]);
  });

  it('does not look behind the first document when only that is asked for', () => {
    expect(values('a: 1\n---\n{{{', { firstDocumentOnly: true })).toEqual([
      { a: 1 },
    ]);
  });

  it('reads whatever the library writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
        const plain = JSON.parse(JSON.stringify(value));
        fc.pre(
          !JSON.stringify(plain).includes('__proto__') &&
            // Numbers of YAML 1.1, as Kubernetes' tools read them: the library writes 1.2.
            !/\d{16}|[eE]\+?\d\d|\d_/.test(JSON.stringify(plain)),
        );
        expect(values(stringify({ plain }))).toEqual([{ plain }]);
      }),
    );
  });
});

describe('what is refused', () => {
  it.each([
    { name: 'no YAML', text: 'a: [1\nb: 2', expected: 'yaml-syntax at 2:1' },
    {
      name: 'a tab as indent',
      text: 'a:\n\tb: 1',
      expected: 'yaml-syntax at 2:1',
    },
    {
      name: 'a key twice',
      text: 'a: 1\nb:\n  c: 1\n  d: 2\n  c: 3',
      expected: 'yaml-duplicate-key at 5:3',
    },
    {
      name: 'a key twice in one line',
      text: '{a: 1, "a": 2}',
      expected: 'yaml-duplicate-key at 1:8',
    },
    {
      name: 'a merge twice',
      text: 'a: {<<: {}, <<: {}}',
      expected: 'yaml-duplicate-key at 1:13',
    },
    {
      name: 'a number as key',
      text: 'a:\n  1: x',
      expected: 'yaml-key-not-text at 2:3',
    },
    {
      name: 'a truth as key',
      text: 'true: x',
      expected: 'yaml-key-not-text at 1:1',
    },
    {
      name: 'an empty key',
      text: 'a: {? : 1}',
      expected: 'yaml-key-not-text at 1:7',
    },
    {
      name: 'a map as key',
      text: '? {a: 1}\n: b',
      expected: 'yaml-key-not-text at 1:3',
    },
    {
      name: '__proto__',
      text: 'a:\n  __proto__: {admin: true}',
      expected: 'yaml-forbidden-key at 2:3',
    },
    {
      name: 'quoted __proto__',
      text: '{"__proto__": 1}',
      expected: 'yaml-forbidden-key at 1:2',
    },
    {
      name: 'a tag of somebody',
      text: 'a: !ruby/object {}',
      expected: 'yaml-custom-tag at 1:17',
    },
    {
      name: 'a tag of binary data',
      text: 'a: !!binary aGk=',
      expected: 'yaml-custom-tag at 1:13',
    },
    {
      name: 'an alias without anchor',
      text: 'a: *x',
      expected: 'yaml-unknown-anchor at 1:4',
    },
    {
      name: 'an alias before its anchor',
      text: 'a: *x\nb: &x 1',
      expected: 'yaml-unknown-anchor at 1:4',
    },
    {
      name: 'an anchor that contains itself',
      text: 'a: &x [*x]',
      expected: 'yaml-recursive-anchor at 1:8',
    },
    {
      name: 'a merge of a text',
      text: 'a: {<<: x}',
      expected: 'yaml-merge-not-map at 1:5',
    },
    {
      name: 'infinity',
      text: 'a: .inf',
      expected: 'yaml-unrepresentable at 1:4',
    },
    {
      name: 'a number nobody can keep',
      text: 'a: 12345678901234567890',
      expected: 'yaml-unrepresentable at 1:4',
    },
    {
      name: 'a control character',
      text: 'a: b\nc: \u0007',
      expected: 'yaml-control-character at 2:4',
    },
  ])('$name', ({ text, expected }) => {
    expect(refusal(text)).toBe(expected);
  });

  it.each([
    {
      name: 'bytes',
      text: 'a: ééé',
      limits: { maxBytes: 8 },
      expected: 'yaml-too-large',
    },
    {
      name: 'bytes that fit',
      text: 'a: ééé',
      limits: { maxBytes: 9 },
      expected: 'read',
    },
    {
      name: 'lines',
      text: 'a: 1\nb: 2\nc: 3',
      limits: { maxLines: 1 },
      expected: 'yaml-too-many-lines',
    },
    {
      name: 'depth in one line',
      text: '[[[[1]]]]',
      limits: { maxDepth: 3 },
      expected: 'yaml-too-deep at 1:5',
    },
    {
      name: 'depth that fits',
      text: '[[[[1]]]]',
      limits: { maxDepth: 4 },
      expected: 'read',
    },
    {
      name: 'depth by alias',
      text: 'a: &a [[1]]\nb: [[*a]]',
      limits: { maxDepth: 4 },
      expected: 'yaml-too-deep at 1:9',
    },
    {
      name: 'values',
      text: '[1, 2, 3]',
      limits: { maxNodes: 3 },
      expected: 'yaml-too-many-nodes at 1:8',
    },
    {
      name: 'values that fit',
      text: '[1, 2, 3]',
      limits: { maxNodes: 4 },
      expected: 'read',
    },
    {
      name: 'values over all documents',
      text: '[1]\n---\n[1]',
      limits: { maxNodes: 3 },
      expected: 'yaml-too-many-nodes at 3:2',
    },
    {
      name: 'values by alias',
      text: 'a: &a [1, 2]\nb: [*a, *a]',
      limits: { maxNodes: 14 },
      expected: 'yaml-alias-bomb at 1:11',
    },
    {
      name: 'aliases',
      text: 'a: &a 1\nb: [*a, *a]',
      limits: { maxAliases: 1 },
      expected: 'yaml-too-many-aliases at 2:9',
    },
    {
      name: 'documents',
      text: 'a\n---\nb\n---\nc',
      limits: { maxDocuments: 2 },
      expected: 'yaml-too-many-documents at 4:1',
    },
  ])('too many $name', ({ text, limits, expected }) => {
    expect(refusal(text, { limits })).toBe(expected);
  });

  it('says what, why and what to do, and where', () => {
    const parsed = parseYamlDocuments('a: 1\na: 2', {
      file: 'shop/score.yaml',
    });
    expect(parsed).toEqual({
      ok: false,
      problem: {
        code: 'yaml-duplicate-key',
        what: 'Cannot read shop/score.yaml, line 2',
        why: 'the key "a" is given twice',
        next: 'Keep one of the two',
        transient: false,
        at: { file: 'shop/score.yaml', line: 2, column: 1 },
      },
    });
  });

  it('never changes what all objects have', () => {
    refusal('{"__proto__": {"polluted": true}}');
    values('constructor: {prototype: {polluted: true}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('what a cluster has written', () => {
  it.each<{ name: string; text: string; strict: string; expected: unknown }>([
    {
      name: 'a key given twice counts as it stands last',
      text: 'a: 1\na: 2',
      strict: 'yaml-duplicate-key at 2:1',
      expected: { a: 2 },
    },
    {
      name: 'a number too large is rounded',
      text: 'time: 1685906000388294100',
      strict: 'yaml-unrepresentable at 1:7',
      expected: { time: Number('1685906000388294100') },
    },
    {
      name: 'a text in single quotes goes on at the indent of its key',
      text: "l:\n  - a: x\n    b: 'one, didn''t\n    two'\n    c: y\n",
      strict: 'yaml-syntax at 3:21',
      expected: { l: [{ a: 'x', b: "one, didn't two", c: 'y' }] },
    },
    {
      name: 'a text in double quotes too, over several lines',
      text: 'm:\n  a: "one \\" said\n  two\n  three"\n  b: "four\n  five"\n',
      strict: 'yaml-syntax at 2:18',
      expected: { m: { a: 'one " said two three', b: 'four five' } },
    },
  ])('$name', ({ text, strict, expected }) => {
    expect(refusal(text)).toBe(strict);
    expect(values(text, { tolerant: true })).toEqual([expected]);
  });

  it.each([
    { text: "a: 'one", expected: 'yaml-syntax' },
    { text: 'a: "one\nb: two', expected: 'yaml-syntax' },
    { text: 'a: .inf', expected: 'yaml-unrepresentable' },
    { text: 'a: [', expected: 'yaml-syntax' },
  ])('is still refused where it means nothing: $text', ({ text, expected }) => {
    expect(refusal(text, { tolerant: true })).toContain(expected);
  });

  it('is judged fast however hostile', () => {
    const text = "a:\n  b: 'x\n  y'\n".repeat(60_000);
    const before = Date.now();
    expect(refusal(text, { tolerant: true })).toContain('yaml-');
    expect(Date.now() - before).toBeLessThan(5_000);
  });
});

describe('locating', () => {
  const text =
    'a:\n  b:\n    - x\n    - c: 1\n  "d.e": 2\nbase: &base\n  f: 1\ng:\n  <<: *base\nh: *base\n';
  it.each([
    { path: ['a'], line: 1, column: 1, shown: 'a' },
    { path: ['a', 'b', 1], line: 4, column: 7, shown: 'a.b[1]' },
    { path: ['a', 'b', 1, 'c'], line: 4, column: 7, shown: 'a.b[1].c' },
    { path: ['a', 'd.e'], line: 5, column: 3, shown: 'a["d.e"]' },
    {
      path: ['a', 'missing', 'too'],
      line: 1,
      column: 1,
      shown: 'a.missing.too',
    },
    { path: ['g', 'f'], line: 7, column: 3, shown: 'g.f' },
    { path: ['h', 'f'], line: 7, column: 3, shown: 'h.f' },
    { path: [], line: 1, column: 1, shown: undefined },
  ])('$shown is in line $line', ({ path, line, column, shown }) => {
    const parsed = parseYamlDocuments(text, { file: 'a.yaml' });
    expect(parsed.ok && parsed.value[0].locate(path)).toEqual({
      file: 'a.yaml',
      line,
      column,
      ...(shown && { path: shown }),
    });
  });

  it('knows in which of several documents a field stands', () => {
    const parsed = parseYamlDocuments('a: 1\n---\nb: 2\n', { file: 'a.yaml' });
    expect(parsed.ok && parsed.value[1].locate(['b'])).toMatchObject({
      line: 3,
    });
  });
});
