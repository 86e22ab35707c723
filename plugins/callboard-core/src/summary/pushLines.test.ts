import type { Finding } from '@callboard/plugin-callboard-common';
import {
  type PushReport,
  type PushWave,
  pushLines,
  waitLine,
} from './pushLines';

describe('lines of a push', () => {
  const cases: Array<{ name: string; given: PushReport }> = [
    {
      name: 'received',
      given: report({
        build: undefined,
        release: undefined,
        placement: undefined,
      }),
    },
    {
      name: 'healthy',
      given: report({
        outcome: {
          kind: 'healthy',
          seconds: 3.21,
          totalSeconds: 5.4,
          urls: ['http://localhost:30080'],
        },
      }),
    },
    {
      name: 'built with warnings',
      given: report({
        warnings: [
          'No lockfile: this build chose the versions of dependencies. Run "npm install" and commit package-lock.json',
          '.npmrc is read for registries only; not used: git',
        ],
      }),
    },
    {
      name: 'crashed',
      given: report({
        outcome: { kind: 'failed', seconds: 12.4, finding: finding() },
      }),
    },
    {
      name: 'not built',
      given: report({
        build: {
          builder: 'bundle',
          seconds: 0.4,
          problem: {
            code: 'no-start-command',
            what: 'shop was not built',
            why: 'package.json names no start command, there is no Procfile, and score.yaml has no command',
            next: 'Add "start" to scripts in package.json and push again',
            transient: false,
          },
        },
        release: undefined,
        placement: undefined,
      }),
    },
    {
      name: 'no cluster',
      given: report({
        placement: {
          seconds: 0,
          chosen: [],
          wanted: 1,
          why: 'no cluster runs blueprint pci',
        },
        outcome: {
          kind: 'refused',
          problem: {
            code: 'no-cluster-fits',
            what: 'shop runs nowhere in dev',
            why: 'no cluster runs blueprint pci',
            next: 'Ask the platform team for a cluster with blueprint pci',
            transient: false,
          },
        },
      }),
    },
    {
      name: 'healthy, in waves',
      given: report({
        waves: [wave(1, 2, ['eu-1']), wave(2, 2, ['us-1', 'ap-1'])],
        outcome: {
          kind: 'healthy',
          seconds: 33.2,
          totalSeconds: 35.4,
          urls: ['http://a', 'http://b', 'http://c', 'http://d'],
        },
      }),
    },
    {
      name: 'in many waves',
      given: report({
        waves: [1, 2, 3, 4, 5].map(number => wave(number, 9, [`c-${number}`])),
        outcome: { kind: 'failed', seconds: 12.4, finding: finding() },
      }),
    },
    {
      name: 'in waves that are wide',
      given: report({
        waves: [
          wave(1, 2, [
            'a-very-long-name-of-a-cluster',
            'another-long-name',
            'x',
          ]),
        ],
      }),
    },
    {
      name: 'crashed with an error that names its cause',
      given: report({
        outcome: {
          kind: 'failed',
          seconds: 2.4,
          finding: {
            ...finding(),
            what: 'shop cannot start in dev: the package "express" is missing',
            excerpt: [
              "Error: Cannot find module 'express'",
              '    at Object.<anonymous> (/app/server.js:1:17)',
              '    … 9 more stack frames',
            ],
            next: 'Add "express" to what the app depends on, and push again',
          },
        },
      }),
    },
    {
      name: 'still going, and it is known why',
      given: report({
        outcome: {
          kind: 'still-going',
          seconds: 60,
          says: 'not told',
          finding: {
            ...finding(),
            what: 'shop does not get ready in dev: nothing listens on port 8080',
            next: 'Let the program listen on port 8080',
            logTail: ['starting'],
          },
        },
      }),
    },
    {
      name: 'still going',
      given: report({
        outcome: {
          kind: 'still-going',
          seconds: 120,
          says: 'shop is still starting in dev: 0 of 1 instance is ready. Its page shows how it goes on',
        },
      }),
    },
  ];

  it('has some for every end', () => {
    expect(
      cases.map(({ name, given }) => `${name}\n${show(given)}`).join('\n\n'),
    ).toMatchSnapshot();
  });

  it.each(cases)('keeps to 12 lines of 72 columns: $name', ({ given }) => {
    const lines = pushLines(given);
    expect(lines.length).toBeLessThanOrEqual(12);
    expect(lines.filter(({ line }) => line.length > 72)).toEqual([]);
  });

  it('keeps to 12 lines of 72 columns with long words and a long output', () => {
    const long = {
      ...finding(),
      what: 'x'.repeat(300),
      next: 'very long advice '.repeat(40),
      logTail: Array(20).fill('y'.repeat(500)),
    };
    const lines = pushLines(
      report({ outcome: { kind: 'failed', seconds: 1, finding: long } }),
    );
    expect(lines).toHaveLength(12);
    expect(lines.filter(({ line }) => line.length > 72)).toEqual([]);
  });

  it('only adds lines as more is known', () => {
    const whole = report({
      outcome: { kind: 'failed', seconds: 12.4, finding: finding() },
    });
    const nothingYet = { placement: undefined, outcome: undefined };
    const stages: PushReport[] = [
      { ...whole, build: undefined, release: undefined, ...nothingYet },
      { ...whole, release: undefined, ...nothingYet },
      { ...whole, ...nothingYet },
      { ...whole, outcome: undefined },
    ];
    for (const stage of stages) {
      const known = pushLines(stage);
      expect(pushLines(whole).slice(0, known.length)).toEqual(known);
    }
  });
});

describe('what a push waits for', () => {
  it('is one line of 72 columns', () => {
    const says = 'dev-1: 0 of 1 instance is ready';
    expect(waitLine({ says }, 20.2).line).toBe(
      'Waiting 20 s: dev-1: 0 of 1 instance is ready',
    );
    expect(waitLine({ says: 'x'.repeat(100) }, 20).line).toHaveLength(72);
  });

  it('is the cause alone where there is no room for all of it', () => {
    const cause = 'nothing listens on port 8080';
    const says = `orders does not get ready in Development: ${cause}`;
    expect(waitLine({ says, cause }, 20).line).toBe(
      'Waiting 20 s: nothing listens on port 8080',
    );
  });
});

function report(facts: Partial<PushReport>): PushReport {
  return {
    app: 'shop',
    revision: {
      commit: '1a2b3c4d5e6f',
      message: 'Fix rounding\n\nBecause of cents.',
    },
    build: { builder: 'bundle', seconds: 2.14 },
    release: { number: 44, environment: 'dev', seconds: 0.12 },
    placement: {
      chosen: ['dev-1'],
      wanted: 1,
      why: 'label env=dev',
      seconds: 0.01,
    },
    page: 'http://localhost:7007/callboard/apps/shop',
    ...facts,
  };
}

function finding(): Finding {
  return {
    code: 'crashed-at-start',
    what: 'shop cannot start in dev: it ends with exit code 3 right after start',
    evidence: [{ label: 'Exit code', value: '3' }],
    logTail: [
      'starting',
      'reading configuration',
      'no DATABASE_URL',
      'giving up',
      'bye',
    ],
    next: 'See its last lines of output, correct what they say, and push again',
    confidence: 'certain',
  };
}

function show(given: PushReport): string {
  return pushLines(given)
    .map(({ kind, line }) => `${kind.padEnd(6)} |${line}`)
    .join('\n');
}

function wave(number: number, of: number, clusters: string[]): PushWave {
  return { number, of, clusters, soakSeconds: 30 };
}
