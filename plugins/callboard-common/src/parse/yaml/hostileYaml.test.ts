import fc from 'fast-check';
import { isDeepStrictEqual } from 'util';
import type { Problem } from '../../problem';
import type { YamlDocument } from './YamlDocument';
import { parseYamlDocuments } from './parseYamlDocuments';

const MEGABYTE = 1_048_576;

// Ten times what the worst shape needs on an idle machine: what this guards against takes minutes.
const BUDGET_MS = 1_000;

function fill(unit: string, head = '', tail = ''): string {
  return (
    head +
    unit.repeat(
      Math.floor((MEGABYTE - head.length - tail.length) / unit.length),
    ) +
    tail
  );
}

function nest(levels: number, line: (level: number) => string): string {
  return Array.from({ length: levels }, (_, level) => line(level)).join('\n');
}

/** Time of the processor, not of the clock: what other processes take is not ours. The best of a few runs. */
function processorTime(run: () => void): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

const parse = (text: string) =>
  parseYamlDocuments(text, { file: 'hostile.yaml' });

describe('a hostile megabyte is judged fast', () => {
  const shapes: Record<string, string> = {
    'open lists': fill('['),
    'open maps': fill('{a: ['),
    'lists in lists': fill('- '),
    'keys in keys': fill('? '),
    'deep indents': nest(1400, level => `${' '.repeat(level)}a:`),
    anchors: fill('&a '),
    aliases: fill('*a '),
    tags: fill('!a '),
    'small lists': fill('[a],', '[', ']'),
    'empty maps': fill('{},', '[', ']'),
    commas: fill(',', '['),
    'pairs of a line': fill('a:b,', '{', '}'),
    'mixed lines': fill('- {a: [b, "c"], d: \'e\'}\n'),
    'one key': fill('a: b\n'),
    merges: fill('<<: {}\n'),
    'empty lines': fill('\n'),
    comments: fill('#a\n'),
    documents: fill('---\n'),
    directives: fill('%YAML 1.2\n'),
    'an open quote': fill('a', '"'),
    'quoted quotes': fill("''", "'", "'"),
    escapes: fill('\\x41', '"', '"'),
    'a folded text': fill('  a\n b\n', 'a: >\n'),
    'a text of many lines': fill('a\n\n'),
    spaces: fill('                                 \n'),
    'a name': `${fill('a').slice(4)}: b`,
    nothing: fill('\0'),
    'a bomb of aliases': `a0: &a0 [${'x,'.repeat(9)}]\n${nest(
      60,
      i => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`,
    )}`,
    'a bomb of merges': `a0: &a0 {x: 1}\n${nest(
      60,
      i => `a${i + 1}: &a${i + 1} {<<: [${`*a${i},`.repeat(9)}]}`,
    )}`,
    'a bomb of texts': `a: &a "${'x'.repeat(500_000)}"\nb: [${'*a,'.repeat(
      199,
    )}]`,
  };

  it.each(Object.entries(shapes))('%s', (_name, text) => {
    expect(processorTime(() => parse(text))).toBeLessThan(BUDGET_MS);
  });

  it('refuses the bombs', () => {
    const bombs = Object.entries(shapes).filter(([name]) =>
      name.includes('bomb'),
    );
    expect(bombs.map(([, text]) => parse(text).ok)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it.each([
    { name: 'open lists', text: '['.repeat(20_000) },
    {
      name: 'closed lists',
      text: `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
    },
    { name: 'lists of lines', text: '- '.repeat(20_000) },
    {
      name: 'maps by indent',
      text: nest(1_200, level => `${' '.repeat(level)}a:`),
    },
  ])('refuses $name at their depth, before anything recurses', ({ text }) => {
    expect(parse(text)).toMatchObject({
      ok: false,
      problem: { code: 'yaml-too-deep' },
    });
  });

  it('refuses what is over the limit without reading it', () => {
    const text = 'a'.repeat(50 * MEGABYTE);
    expect(processorTime(() => parse(text))).toBeLessThan(BUDGET_MS);
    expect(parse(text)).toMatchObject({
      ok: false,
      problem: { code: 'yaml-too-large' },
    });
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'b: ',
      '- ',
      '? ',
      ': ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '\n',
      '\n  ',
      '&x ',
      '*x',
      '!t ',
      '!!str ',
      '|',
      '>',
      '"',
      "'",
      '#',
      ' ',
      '\t',
      '%',
      '---\n',
      '...\n',
      '<<: ',
      '__proto__: ',
      '1',
      '~',
      '\r',
      '\\',
    ],
  );
  const limits = {
    maxBytes: 4_096,
    maxNodes: 100,
    maxDepth: 10,
    maxAliases: 10,
    maxDocuments: 5,
  };

  it('is either plain values within the limits, or a problem with its place', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        const text = pieces.join('');
        const parsed = parseYamlDocuments(text, { file: 'a.yaml', limits });
        const faults = parsed.ok
          ? faultsOfDocuments(parsed.value)
          : faultsOfProblem(parsed.problem, text);
        expect(faults).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });
});

function faultsOfDocuments(documents: YamlDocument[]): string[] {
  return documents.flatMap(({ value, locate }) => [
    ...(isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value)
      ? []
      : ['is not plain']),
    ...((locate(['a', 0, 'b']).line ?? 0) > 0 ? [] : ['has no place']),
  ]);
}

function faultsOfProblem(
  { code, what, why, next, at }: Problem,
  text: string,
): string[] {
  return [
    ...(/^yaml-[a-z-]+$/.test(code) ? [] : [`code ${code}`]),
    ...([what, why, next].every(sentence => sentence.length > 3)
      ? []
      : ['has no sentence']),
    ...(at?.file === 'a.yaml' ? [] : ['names no file']),
    ...((at?.line ?? 1) <= text.split('\n').length + 1
      ? []
      : [`line ${at?.line} of ${text.split('\n').length}`]),
  ];
}

it('reads nothing behind an error', () => {
  // Further down it has more values than are read.
  expect(parse('{!.!.!x|[]'.repeat(20_000))).toMatchObject({
    ok: false,
    problem: { code: 'yaml-syntax', at: { line: 1 } },
  });
});

it('takes no stack for each of thousands of faults, and leaves errors as they were', () => {
  const { stackTraceLimit } = Error;
  const limits: number[] = [];
  let limit = stackTraceLimit;
  Object.defineProperty(Error, 'stackTraceLimit', {
    configurable: true,
    get: () => limit,
    set: (value: number) => limits.push((limit = value)),
  });
  try {
    expect(parse('[] '.repeat(1_000)).ok).toBe(false);
  } finally {
    Object.defineProperty(Error, 'stackTraceLimit', {
      configurable: true,
      writable: true,
      value: stackTraceLimit,
    });
  }
  expect(limits).toEqual([0, stackTraceLimit]);
});
