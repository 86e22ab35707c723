import fc from 'fast-check';
import { readFileSync } from 'fs';
import { join } from 'path';
import { listReferences, resolvePlaceholders, splitReference } from '.';

const scope = {
  metadata: {
    name: 'web',
    'with.dot': 'dotted',
    list: [2, 1],
    map: { b: 1, a: null },
    yes: true,
    nested: { deep: { er: 'x' } },
  },
  resources: {
    db: { host: 'db.local', port: 5432, url: '${metadata.name} $$' },
    data: 'data',
  },
};

describe('resolvePlaceholders', () => {
  it.each([
    { text: 'no placeholder', expected: 'no placeholder' },
    { text: '', expected: '' },
    { text: '${metadata.name}', expected: 'web' },
    { text: '${metadata.name}${metadata.name}', expected: 'webweb' },
    { text: 'a $ b $', expected: 'a $ b $' },
    { text: 'a $$ b', expected: 'a $ b' },
    { text: '$$$', expected: '$$' },
    { text: '$$$$', expected: '$$' },
    { text: '$${metadata.name}', expected: '${metadata.name}' },
    { text: '$$${metadata.name}', expected: '$web' },
    { text: '$$$${metadata.name}', expected: '$${metadata.name}' },
    { text: '${metadata.name', expected: '${metadata.name' },
    { text: '${ $$ ${', expected: '${ $ ${' },
    { text: '$${open', expected: '${open' },
    { text: '$()', expected: '$()' },
    { text: '${metadata.with\\.dot}', expected: 'dotted' },
    { text: '${metadata.list}', expected: '[2,1]' },
    { text: '${metadata.map}', expected: '{"a":null,"b":1}' },
    { text: '${metadata.yes}', expected: 'true' },
    { text: '${metadata.nested.deep.er}', expected: 'x' },
    { text: '${resources.db.port}', expected: '5432' },
    { text: '${resources.data}', expected: 'data' },
    { text: '${resources.db.url}', expected: '${metadata.name} $$' },
  ])('$text gives $expected', ({ text, expected }) => {
    expect(resolvePlaceholders(text, scope)).toEqual({
      ok: true,
      value: expected,
    });
  });

  it.each([
    {
      text: '${HOME}',
      fault: 'unknown-root',
      known: ['metadata', 'resources'],
    },
    { text: '${}', fault: 'unknown-root', known: ['metadata', 'resources'] },
    {
      text: '${ metadata.name }',
      fault: 'unknown-root',
      known: ['metadata', 'resources'],
    },
    { text: '${resources}', fault: 'incomplete', known: ['data', 'db'] },
    {
      text: '${resources.db}',
      fault: 'incomplete',
      known: ['host', 'port', 'url'],
    },
    {
      text: '${resources.db.user}',
      fault: 'unknown-name',
      known: ['host', 'port', 'url'],
    },
    { text: '${resources.nope}', fault: 'unknown-name', known: ['data', 'db'] },
    {
      text: '${metadata.constructor}',
      fault: 'unknown-name',
      known: ['list', 'map', 'name', 'nested', 'with.dot', 'yes'],
    },
    { text: '${metadata.name.length}', fault: 'not-a-map', known: undefined },
    { text: '${metadata.list.0}', fault: 'not-a-map', known: undefined },
    {
      text: '${a${metadata.name}',
      fault: 'unknown-root',
      known: ['metadata', 'resources'],
    },
  ])('$text is refused as $fault', ({ text, fault, known }) => {
    const resolved = resolvePlaceholders(text, scope);
    expect(resolved).toMatchObject({
      ok: false,
      fault: { kind: fault, ...(known && { known }) },
    });
  });

  it('refuses a text that repeats a large value beyond the limit', () => {
    const large = { metadata: { big: 'x'.repeat(300_000) }, resources: {} };
    expect(resolvePlaceholders('${metadata.big}'.repeat(3), large).ok).toBe(
      true,
    );
    expect(
      resolvePlaceholders('${metadata.big}'.repeat(50_000), large),
    ).toMatchObject({ ok: false, fault: { kind: 'too-large' } });
  });

  it('reads a megabyte of open placeholders in one pass', () => {
    const text = '${'.repeat(500_000);
    const before = process.cpuUsage();
    expect(resolvePlaceholders(text, scope)).toEqual({ ok: true, value: text });
    // In microseconds; without a limit it is minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
  });

  it.each([
    { name: 'dollars', text: '$'.repeat(1_000_000), length: 500_000 },
    { name: 'escaped', text: '$${'.repeat(333_333), length: 666_666 },
    {
      name: 'parts of a reference',
      text: `\${${'a.'.repeat(499_990)}}`,
      length: undefined,
    },
    {
      name: 'parts of metadata',
      text: `\${metadata${'.a'.repeat(499_980)}}`,
      length: undefined,
    },
  ])('reads a megabyte of $name within 50 ms', ({ text, length }) => {
    const took = [1, 2, 3, 4, 5].map(() => {
      const before = process.cpuUsage();
      const resolved = resolvePlaceholders(text, scope);
      expect(resolved.ok ? resolved.value.length : undefined).toBe(length);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    });
    expect(Math.min(...took)).toBeLessThan(50);
  });

  // Texts and a scope of our own, with the answers of score-go 1.12.0.
  it('answers as score-go answers', () => {
    const { scope: known, cases } = JSON.parse(
      readFileSync(join(__dirname, '__fixtures__/score-go.json'), 'utf8'),
    );
    const answers = cases.map(({ text }: { text: string }) => {
      const resolved = resolvePlaceholders(text, known);
      return resolved.ok
        ? { text, value: resolved.value }
        : { text, refused: true };
    });
    expect(answers).toEqual(cases);
  });

  it('agrees with the pattern of score-go on any text', () => {
    const text = fc
      .array(fc.constantFrom('$', '{', '}', 'metadata.name', '.', 'a'))
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(text, input => {
        let known = true;
        const expected = input.replace(
          /\$((?:\$?\{([^}]*)\})|\$)/g,
          (match: string, inner: string, reference: string) => {
            if (inner.startsWith('$')) return match.slice(1);
            known &&= reference === 'metadata.name';
            return 'web';
          },
        );
        const resolved = resolvePlaceholders(input, scope);
        expect(resolved.ok ? resolved.value : 'refused').toBe(
          known ? expected : 'refused',
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('splitReference', () => {
  it.each([
    { reference: 'resources.db.host', parts: ['resources', 'db', 'host'] },
    { reference: 'metadata.a\\.b.c', parts: ['metadata', 'a.b', 'c'] },
    { reference: 'metadata', parts: ['metadata'] },
    { reference: '', parts: [''] },
    { reference: 'a..b', parts: ['a', '', 'b'] },
    { reference: '\\.a\\.', parts: ['.a.'] },
    { reference: 'a.', parts: ['a', ''] },
  ])('$reference', ({ reference, parts }) => {
    expect([...splitReference(reference)]).toEqual(parts);
  });
});

it('lists what a text refers to, escaped ones aside', () => {
  expect(
    listReferences('${resources.a.b} $${resources.c} ${metadata.name}'),
  ).toEqual([
    ['resources', 'a', 'b'],
    ['metadata', 'name'],
  ]);
});
