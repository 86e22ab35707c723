import {
  blueprintOfCluster,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import {
  CURRENT_RENDERER,
  dividesReplicas,
} from '@callboard/plugin-callboard-core';
import { findingOf } from '../check/Finding';
import { formatFindings } from '../check/formatFindings';
import { type ExitCode, type Io, UsageError } from '../Io';
import { readArguments } from '../readArguments';
import { readNumber } from '../readNumber';
import type { AppFiles } from '../render/AppFiles';
import { chooseCluster, isClusterFile } from '../render/chooseCluster';
import { chooseEnvironment } from '../render/chooseEnvironment';
import { formatObjects } from '../render/formatObjects';
import { problemOf } from '../render/problemOf';
import { readApp } from '../render/readApp';
import { readImages } from '../render/readImages';
import { readRenderer } from '../render/readRenderer';
import { renderApp } from '../render/renderApp';
import type { Verb } from './Verb';

/** Prints the objects that an app becomes, as the portal would send them to a cluster. */
export const render: Verb = {
  name: 'render',
  summary: 'print the Kubernetes objects that score.yaml becomes',
  usage: `Usage: callboard render -f SCORE [--app APP] [options]

  -f, --file FILE        Score files of one app, and files of the platform that count: Environments, Blueprints,
                         Clusters, Provisioners. May repeat; - is standard input
  --app FILE             its app.yaml; without -f of a Score file those that it lists are rendered
  --cluster FILE|NAME    the Cluster that it is for; any cluster when there is none
  --environment NAME     the first one when omitted
  --image CONTAINER=IMAGE
                         the image that a build made, or another one than the file names;
                         WORKLOAD/CONTAINER=IMAGE where several have such a container. May repeat
  --replicas N           where an environment divides its replicas over clusters: how many this one has
  --release N            number of the release in labels; 1 when omitted
  --renderer N           version of the way of rendering; ${CURRENT_RENDERER}, the newest, when omitted
  -o, --output FORMAT    yaml, or json: one List

Nothing that is secret is printed: of Secrets that a cluster draws, an annotation names keys and lengths.

Exit code: 0 printed, 1 an error is among the findings, 2 usage, or a file cannot be read`,
  async run(args: string[], io: Io): Promise<ExitCode> {
    const options = readArguments(
      args,
      {
        file: { type: 'string', short: 'f', multiple: true },
        app: { type: 'string' },
        cluster: { type: 'string' },
        environment: { type: 'string' },
        image: { type: 'string', multiple: true },
        replicas: { type: 'string' },
        release: { type: 'string' },
        renderer: { type: 'string' },
      },
      { takesFiles: true, outputs: ['yaml', 'json'] },
    );
    const cluster = options.text('cluster');
    const appPath = options.text('app');
    const files = [
      ...options.positionals,
      ...options.texts('file'),
      ...(appPath === undefined ? [] : [appPath]),
      ...(cluster !== undefined && isClusterFile(cluster, io) ? [cluster] : []),
    ];
    if (files.length === 0) throw new UsageError('-f is missing: which files?');
    const release = readNumber(options, 'release') ?? 1;
    const renderer = readRenderer(options, 'renderer');
    const replicas = readNumber(options, 'replicas');
    const judge = io.startJudge();
    try {
      const { app, findings, checked } = await readApp([...new Set(files)], {
        io,
        judge,
      });
      if (findings.length > 0) io.err(formatFindings(findings, checked.length));
      if (!app) return 1;
      if (appPath !== undefined && !app.appFile)
        throw new UsageError(`${appPath} holds no App`);
      const environment = chooseEnvironment(app, options.text('environment'));
      const on = chooseCluster(checked, cluster, io);
      const objects = renderApp(app, {
        environment,
        ...(on && { cluster: on }),
        images: readImages(
          options.texts('image'),
          app.workloads.map(({ workload }) => workload),
        ),
        release,
        renderer,
        ...(replicas !== undefined && { replicas }),
      });
      if (!objects.ok) {
        const { file, problem } = problemOf(app, objects.problem);
        io.err(formatFindings([findingOf(file, problem)], checked.length));
        return 1;
      }
      if (dividesReplicas(environment.placement) && replicas === undefined)
        io.err(
          `The environment "${environment.name}" divides its replicas over clusters: rendered as if all were here; --replicas says another number`,
        );
      const unknown = missingBlueprint(app, on && blueprintOfCluster(on)?.name);
      if (unknown !== undefined)
        io.err(
          `The blueprint "${unknown}" of the cluster is not among the files: what it offers counts for nothing`,
        );
      io.out(formatObjects(objects.value, options.output));
      return 0;
    } finally {
      await judge.close();
    }
  },
};

function missingBlueprint(
  { platform }: AppFiles,
  name: string | undefined,
): string | undefined {
  const isGiven = filesOfKind(platform, 'Blueprint').some(
    ({ metadata }) => metadata.name === name,
  );
  return isGiven ? undefined : name;
}
