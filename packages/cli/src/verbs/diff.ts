import { CURRENT_RENDERER } from '@callboard/plugin-callboard-core';
import { findingOf } from '../check/Finding';
import { formatFindings } from '../check/formatFindings';
import type { Judge } from '../check/Judge';
import { readFiles } from '../check/readFiles';
import { type PlaceChange, type Side, diffApps } from '../diff/diffApps';
import { formatChanges } from '../diff/formatChanges';
import { readTree } from '../diff/readTree';
import { type ExitCode, type Io, UsageError } from '../Io';
import { diffReleases } from '../portal/diffReleases';
import { PORTAL_OPTION } from '../portal/openPortal';
import { readArguments } from '../readArguments';
import { problemOf } from '../render/problemOf';
import { hasError } from '../render/readApp';
import { readRenderer } from '../render/readRenderer';
import type { Verb } from './Verb';

/** Shows what would change on which cluster, between two states of an app or two of its environments. */
export const diff: Verb = {
  name: 'diff',
  summary: 'say what would change on which cluster, before it does',
  usage: `Usage: callboard diff OLD NEW [options]
       callboard diff FOLDER --environment ONE --environment OTHER [options]
       callboard diff FOLDER --old-renderer N [options]
       callboard diff [APP] [ENV] --release OLD --release NEW [--portal URL]

  OLD, NEW, FOLDER     the app: a folder, or one of a git revision: main:FOLDER, or main: where the app is the
                       repository. Read as a push of it is read
  -f, --file FILE      files of the platform: Environments, Clusters, Blueprints, Provisioners. Where Clusters are
                       among them, the app is placed on them. May repeat; - is standard input
  --environment NAME   only this one; two of them are compared by what they say, as if both had one name
  --old-renderer N     version of the way of rendering that OLD was made with; ${CURRENT_RENDERER}, the newest, when omitted
  --release N          of an app in a portal that you signed in to: what two releases would hold otherwise in an
                       environment; with one, what it would change of what is there
  -o, --output FORMAT  text, or json: {"same","changes":[{"environment","cluster","objects":[…]}]}; of releases
                       as the API answers it

An image that a build makes counts as the same. Of a Secret it is said that it is another one, and not which.

Exit code: 0 nothing would change, 1 something would, 2 usage, or the files have errors`,
  async run(args: string[], io: Io): Promise<ExitCode> {
    const options = readArguments(
      args,
      {
        file: { type: 'string', short: 'f', multiple: true },
        environment: { type: 'string', multiple: true },
        'old-renderer': { type: 'string' },
        release: { type: 'string', multiple: true },
        ...PORTAL_OPTION,
      },
      { takesFiles: true },
    );
    if (options.texts('release').length > 0) {
      for (const other of ['file', 'environment', 'old-renderer'])
        if (options.texts(other).length > 0 || options.text(other))
          throw new UsageError(
            `--${other} says nothing of releases: name the environment after the app`,
          );
      return diffReleases(options, io);
    }
    const environments = options.texts('environment');
    const oldRenderer = readRenderer(options, 'old-renderer');
    const [old, fresh = old, ...more] = options.positionals;
    const isAlone = options.positionals.length === 1;
    if (old === undefined || more.length > 0)
      throw new UsageError('Which two? Name a folder or revision for each');
    if (environments.length > 2)
      throw new UsageError('At most two environments are compared');
    if (isAlone && environments.length < 2 && oldRenderer === CURRENT_RENDERER)
      throw new UsageError(
        'With what is it compared? Name another folder, two environments, or --old-renderer',
      );
    const judge = io.startJudge();
    try {
      const sides = await readSides([old, fresh], options.texts('file'), {
        io,
        judge,
      });
      if (!sides) return 2;
      const [before, after] = sides;
      const changes = diffApps(
        {
          before: { ...before, renderer: oldRenderer },
          after,
          environments,
        },
        io.now(),
      );
      if (!changes.ok) {
        const { file, problem } = problemOf(after.app, changes.problem);
        io.err(formatFindings([findingOf(file, problem)], 1));
        return 2;
      }
      const isSame = changes.value.every(({ objects }) => objects.length === 0);
      io.out(
        options.output === 'text'
          ? formatChanges(changes.value)
          : JSON.stringify(answerOf(isSame, changes.value), undefined, 2),
      );
      return isSame ? 0 : 1;
    } finally {
      await judge.close();
    }
  },
};

function answerOf(same: boolean, changes: readonly PlaceChange[]) {
  return {
    same,
    changes: changes
      .filter(({ objects }) => objects.length > 0)
      .map(({ environment, cluster, objects }) => ({
        environment,
        cluster: cluster ?? null,
        objects,
      })),
  };
}

/** Undefined when the files have errors, which are printed. */
async function readSides(
  names: readonly [string, string],
  files: readonly string[],
  { io, judge }: { io: Io; judge: Judge },
): Promise<[Side, Side] | undefined> {
  const platform = await readFiles([...new Set(files)], io, judge);
  const stranger = platform.checked.find(
    ({ verdict }) => verdict.kind === 'app' || verdict.kind === 'score',
  );
  if (stranger)
    throw new UsageError(
      `${stranger.file} is no file of a platform: an app is named by its folder`,
    );
  const findings = [...platform.findings];
  const sides: Side[] = [];
  let read = files.length;
  for (const name of new Set(names)) {
    const one = await readTree(io.openTree(name), {
      platform: platform.checked,
      judge,
    });
    findings.push(...one.findings);
    read += one.checked.length - platform.checked.length;
    if (one.app) sides.push({ app: one.app, renderer: CURRENT_RENDERER });
  }
  if (findings.length > 0) io.err(formatFindings(findings, read));
  if (hasError(findings)) return undefined;
  const [before, after = before] = sides;
  return [before, after];
}
