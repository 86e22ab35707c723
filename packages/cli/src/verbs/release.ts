import {
  type NewRelease,
  type NewRevision,
  type ProgressLine,
  readJsonLines,
} from '@callboard/plugin-callboard-common';
import { pinImages } from '@callboard/plugin-callboard-core';
import { createHash } from 'node:crypto';
import { findingOf } from '../check/Finding';
import { formatFindings } from '../check/formatFindings';
import { type ExitCode, type Io, UsageError } from '../Io';
import { askPortal } from '../portal/openPortal';
import { plainText } from '../portal/plainText';
import type { PortalClient } from '../portal/PortalClient';
import { readArguments } from '../readArguments';
import { collectFiles } from '../release/collectFiles';
import { type CiRun, readCi } from '../release/readCi';
import { readApp } from '../render/readApp';
import type { Verb } from './Verb';

const ABOUT = {
  commit: 'commit',
  branch: 'branch',
  message: 'message',
  author: 'author',
  url: 'url',
  run: 'run',
  'built-by': 'builtBy',
} as const;

type Options = ReturnType<typeof readArguments<'text' | 'json'>>;

/** Creates a release of already built images on a portal, and prints its progress as `git push` does. */
export const release: Verb = {
  name: 'release',
  summary: 'release images that your CI built, on a portal',
  usage: `Usage: callboard release --portal URL --app NAME -f SCORE --image CONTAINER=IMAGE [options]

The token of the portal comes from the environment variable CALLBOARD_TOKEN, or from callboard login.

  --portal URL           address of the portal's backend; CALLBOARD_PORTAL when omitted, or the one that was signed in to last
  --app NAME             the app
  --owner REF            whose a new app is (group:default/shop); without it no app is created
  -f, --file FILE        its score files; may repeat, - is standard input
  --app-file FILE        its app.yaml; without -f the score files that it lists are released. A catalog-info.yaml beside
                         it goes with them
  --image CONTAINER=REGISTRY/REPOSITORY@sha256:…
                         the image of a container; WORKLOAD/CONTAINER=… where several have one of that name. May repeat
  --provenance FILE      an in-toto statement with SLSA provenance, as JSON; it is kept and shown
  --commit ID            what was built; of GitHub Actions, GitLab CI and Jenkins, commit, branch, run and source
  --branch NAME          are read from their variables when they are not given
  --message TEXT
  --author TEXT          as git says: Ana <ana@example.com>
  --url URL              address of the source
  --run URL              address of the run of the CI
  --built-by NAME        what built it: GitHub Actions
  --no-wait              ends when the release is made
  -o, --output FORMAT    text, or json: the answer of the portal and then one line of JSON for each that people read

Exit code: 0 released and healthy, or still on its way, 1 refused or failed, 2 usage, or the portal cannot be reached`,
  async run(args: string[], io: Io): Promise<ExitCode> {
    const options = readArguments(args, {
      portal: { type: 'string' },
      app: { type: 'string' },
      owner: { type: 'string' },
      file: { type: 'string', short: 'f', multiple: true },
      'app-file': { type: 'string' },
      image: { type: 'string', multiple: true },
      provenance: { type: 'string' },
      ...Object.fromEntries(
        Object.keys(ABOUT).map(name => [name, { type: 'string' as const }]),
      ),
      'no-wait': { type: 'boolean' },
    });
    const app = options.text('app');
    if (app === undefined) throw new UsageError('--app is missing');
    const ci = readCi(name => io.env(name));
    return askPortal(options, io, async client => {
      const body = await readBody(options, { io, ci });
      if (!body) return 1;
      return send({ app, body, ci }, { options, client, io });
    });
  },
};

/** Builds the request body; undefined when the files or the images are refused already. */
async function readBody(
  options: Options,
  { io, ci }: { io: Io; ci: CiRun },
): Promise<NewRelease | undefined> {
  const appFile = options.text('app-file');
  const files = [
    ...options.texts('file'),
    ...(appFile === undefined ? [] : [appFile]),
  ];
  if (files.length === 0) throw new UsageError('-f is missing: which files?');
  const revision = readRevision(options, ci);
  const images = readGiven(options.texts('image'));
  const statement = options.text('provenance');
  const provenance =
    statement === undefined
      ? undefined
      : readStatement(statement, io.readText(statement));
  const owner = options.text('owner');
  const judge = io.startJudge();
  try {
    const { app, findings, checked } = await readApp([...new Set(files)], {
      io,
      judge,
    });
    const pinned = app && pinImages(app.workloads, images);
    if (app && pinned && !pinned.ok)
      findings.push(
        ...pinned.problems.map(problem =>
          findingOf(app.workloads[0].file, problem),
        ),
      );
    if (findings.length > 0) io.err(formatFindings(findings, checked.length));
    if (!app || !pinned?.ok) return undefined;
    return {
      files: collectFiles(app, checked, io),
      images,
      revision,
      ...(owner !== undefined && { owner }),
      ...(provenance && { provenance }),
    };
  } finally {
    await judge.close();
  }
}

function readRevision(options: Options, ci: CiRun): NewRevision {
  const given = Object.entries(ABOUT).flatMap(([option, field]) => {
    const value = options.text(option);
    return value === undefined ? [] : [[field, value] as const];
  });
  const { commit, ...rest } = { ...ci.revision, ...Object.fromEntries(given) };
  if (commit === undefined)
    throw new UsageError('--commit is missing: which commit was built?');
  return { commit, ...rest };
}

/** Parses `container=image` and `workload/container=image`. */
function readGiven(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map(text => {
      const [, name, image] = /^([^=]+)=(\S+)$/.exec(text) ?? [];
      if (image === undefined)
        throw new UsageError(
          `--image "${text}" is not of the form container=image or workload/container=image`,
        );
      return [name, image];
    }),
  );
}

function readStatement(file: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // reported below
  }
  throw new UsageError(`${file} does not hold one statement as JSON`);
}

async function send(
  { app, body, ci }: { app: string; body: NewRelease; ci: CiRun },
  { options, client, io }: { options: Options; client: PortalClient; io: Io },
): Promise<ExitCode> {
  const isJson = options.output === 'json';
  const created = await client.ask(
    'createRelease',
    { path: { app }, body },
    { 'idempotency-key': keyOf({ app, body, ci }, io) },
  );
  const answer: { number: number; warnings?: string[] } = await created.json();
  if (isJson) io.out(JSON.stringify(answer));
  else
    answer.warnings?.forEach(warning => io.out(plainText(`Note: ${warning}`)));
  if (options.flag('no-wait')) {
    if (!isJson) io.out(`Release ${answer.number} of ${app} was made`);
    return 0;
  }
  const progress = await client.ask('followRelease', {
    path: { app, release: answer.number },
  });
  let hasFailed = false;
  for await (const lines of readJsonLines<ProgressLine>(progress.body!))
    for (const line of lines) {
      hasFailed ||= line.kind === 'failed';
      io.out(isJson ? JSON.stringify(line) : plainText(line.line));
    }
  return hasFailed ? 1 : 0;
}

/** The key is the same for the same step of the same attempt of the same run, no matter who sends it. */
function keyOf(
  { app, body, ci }: { app: string; body: NewRelease; ci: CiRun },
  io: Pick<Io, 'newId'>,
): string {
  return ci.id === undefined
    ? io.newId()
    : createHash('sha256')
        .update(JSON.stringify([ci.id, app, body]))
        .digest('hex');
}
