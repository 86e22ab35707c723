import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Finding, KubeObject } from '@callboard/plugin-callboard-common';
import { parse } from 'yaml';
import { findRepository } from '../__testUtils__/findRepository';
import { assessObjects } from './deployment';
import { diagnose } from './diagnose';

/*
 * Every folder is a situation that was recorded on a real cluster (test/src/health-recorder). Its name is the
 * expectation: `what.codes`, codes of findings joined by `+`, or a status where there is nothing to find.
 */
const FOLDER = join(__dirname, '__fixtures__', 'situations');
const PAGES = join(findRepository(), 'docs/situations');
/** The same on the page of an app, from a real node (test/browser/findings.real.spec.ts). */
const PICTURES = join(findRepository(), 'docs/images/findings');
const STATUSES = ['healthy', 'progressing', 'suspended'];
const SITUATIONS = readdirSync(FOLDER).sort();

describe('recorded situations', () => {
  it('are many', () => {
    expect(SITUATIONS.length).toBeGreaterThanOrEqual(60);
  });

  it.each(SITUATIONS)('%s', folder => {
    const { evidence, now } = readSituation(folder);
    const [, expected] = folder.split('.');
    const findings = diagnose(evidence, now);
    const health = assessObjects(evidence.objects, now);
    const said = findings.map(({ code }) => code).join('+');
    const status = health.status.toLowerCase();
    const isFine = STATUSES.includes(expected);
    expect(isFine && said === '' ? status : said).toBe(expected);
    // who only leaves late harms nobody while its successor serves
    expect(isFine || expected === 'ignores-stop' || status !== 'healthy').toBe(
      true,
    );
  });

  it('are told in these words', () => {
    const words = SITUATIONS.map(folder => {
      const { evidence, now } = readSituation(folder);
      return `# ${folder}\n${diagnose(evidence, now).map(show).join('\n')}`;
    });
    expect(words.join('\n\n')).toMatchSnapshot();
  });

  it('are the documentation, one page each', () => {
    const pages = SITUATIONS.flatMap(folder => {
      const { evidence, now } = readSituation(folder);
      const findings = diagnose(evidence, now);
      return findings.length > 0
        ? [
            {
              file: `${folder.split('.')[0]}.md`,
              text: writePage(folder, findings),
            },
          ]
        : [];
    });
    const all = [...pages, { file: 'README.md', text: writeIndex(pages) }];
    const isWriting = Boolean(process.env.UPDATE_GOLDENS) || !existsSync(PAGES);
    if (isWriting) mkdirSync(PAGES, { recursive: true });
    for (const { file, text } of all) {
      if (isWriting) writeFileSync(join(PAGES, file), text);
      expect(readFileSync(join(PAGES, file), 'utf8')).toBe(text);
    }
    expect(readdirSync(PAGES).sort()).toEqual(
      all.map(({ file }) => file).sort(),
    );
  });

  it('are diagnosed alike in whatever order the evidence comes', () => {
    for (const folder of SITUATIONS) {
      const { evidence, now } = readSituation(folder);
      const turned = {
        ...evidence,
        objects: [...evidence.objects].reverse(),
        events: [...evidence.events].reverse(),
      };
      expect(diagnose(turned, now)).toEqual(diagnose(evidence, now));
    }
  });

  it('show no Kubernetes noun and no secret', () => {
    for (const folder of SITUATIONS) {
      const { evidence, now } = readSituation(folder);
      for (const { what, next } of diagnose(evidence, now)) {
        expect(`${what} ${next}`.replace(/"[^"]*"/g, '')).not.toMatch(
          /\b(?:pods?|kubelet|namespace|ReplicaSet|Deployment|CrashLoopBackOff|ConfigMap|node)\b/,
        );
      }
      expect(JSON.stringify(diagnose(evidence, now))).not.toContain(
        'correct-horse-battery',
      );
    }
  });
});

function readSituation(folder: string) {
  const read = (name: string) =>
    parse(readFileSync(join(FOLDER, folder, name), 'utf8'));
  const { recordedAt } = read('situation.yaml') as { recordedAt: string };
  return {
    now: new Date(recordedAt),
    evidence: {
      app: 'shop',
      environment: 'Development',
      cluster: 'dev-1',
      objects: read('objects.yaml').items as KubeObject[],
      events: read('events.yaml').items as KubeObject[],
      logs: read('logs.yaml') as Record<string, string>,
    },
  };
}

function show(finding: ReturnType<typeof diagnose>[number]): string {
  return [
    finding.what,
    ...finding.evidence.map(({ label, value }) => `  ${label}: ${value}`),
    ...finding.logTail.slice(-3).map(line => `  | ${line}`),
    `  next: ${finding.next}`,
    `  ${finding.confidence}`,
  ].join('\n');
}

/** One page: what it looks like and what to do, in the words of the app's page. */
function writePage(folder: string, findings: Finding[]): string {
  const [slug] = folder.split('.');
  return [
    `# ${capital(slug.replace(/-/g, ' '))}`,
    '',
    ...findings.flatMap(
      ({ code, what, evidence, logTail, next, confidence }) => [
        `**${what}.** (\`${code}\`, ${
          confidence === 'certain'
            ? 'certain: reported by the cluster'
            : 'likely: this fits best'
        })`,
        '',
        ...(evidence.length > 0
          ? [
              'What it looks like:',
              '',
              ...evidence.map(({ label, value }) => `- ${label}: ${value}`),
              '',
            ]
          : []),
        ...(logTail.length > 0 ? ['```', ...logTail.slice(-8), '```', ''] : []),
        `What to do: ${next}.`,
        '',
      ],
    ),
    ...(existsSync(join(PICTURES, `${slug}-wide-light.png`))
      ? [
          `On the page of an app, from a real node: ![the page of an app in this situation](../images/findings/${slug}-wide-light.png)`,
          '',
        ]
      : []),
    `Recorded on a real cluster: \`plugins/callboard-core/src/health/__fixtures__/situations/${folder}\`.`,
    '',
  ].join('\n');
}

function writeIndex(pages: Array<{ file: string; text: string }>): string {
  return [
    '# What can go wrong, and what to do',
    '',
    'Each page is a situation that was recorded on a real cluster, told as the page of an app tells it. The pages are made',
    'from the recordings by `situations.test.ts`; `UPDATE_GOLDENS=1` rewrites them.',
    '',
    ...pages.map(({ file, text }) => {
      const [title] = text.split('\n');
      const [, what] = /\*\*(.*?)\*\*/.exec(text) ?? [];
      return `- [${title.slice(2)}](${file}): ${what}`;
    }),
    '',
  ].join('\n');
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
