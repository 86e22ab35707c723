import {
  type LogLine,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ClusterReader, FactReader } from '../../reconcile/roles';
import { type LogFilter, findApp, findDeploymentsIn } from '../../store';
import { appMissing, deploymentMissing } from '../problems';
import { type NoteRead, lastOf, readClusterLogs } from './readClusterLogs';
import { saysWhy } from './saysWhy';
import { byInstant, noteLine } from './toLogLines';

const AT_ONCE = 4; // clusters that are read together: their output is in memory at the same time

/** An app's output in an environment. */
export interface LogQuestion {
  app: string;
  environment: string;
  /** All clusters when omitted. */
  cluster?: string;
  filter: LogFilter;
}

/** The last output of an app in an environment; a cluster that cannot be read is one line that says so. */
export async function readLogs(
  { app, environment, cluster, filter }: LogQuestion,
  context: ClusterReader,
  note?: NoteRead,
): Promise<Result<LogLine[]>> {
  const { deps } = context;
  // No one may read what a deleted app left on its clusters.
  if (!(await findApp(deps.knex, app))) return failed(appMissing(app));
  const clusters =
    cluster === undefined
      ? await findClusters({ app, environment }, context)
      : [cluster];
  let lines: LogLine[] = [];
  for (let done = 0; done < clusters.length; done += AT_ONCE) {
    const answers = await Promise.all(
      clusters.slice(done, done + AT_ONCE).map(async name => {
        const of = { kind: 'app' as const, app, environment, cluster: name };
        const answer = await readClusterLogs(of, filter, context, note);
        if (!answer.ok && clusters.length === 1) return answer;
        return ok(
          answer.ok
            ? answer.value
            : [noteLine(deps.clock.now(), name, saysWhy(answer.problem))],
        );
      }),
    );
    const [refused] = answers.filter(answer => !answer.ok);
    if (refused && !refused.ok) return refused;
    lines = lastOf(
      [
        ...lines,
        ...answers.flatMap(answer => (answer.ok ? answer.value : [])),
      ].sort(byInstant),
      filter.tail,
    );
  }
  if (clusters.length > 0) return ok(lines);
  const of = { app, environment };
  return failed(deploymentMissing(of, deps.platform.environments));
}

/** Clusters that an app is on in an environment, by name. */
export async function findClusters(
  of: { app: string; environment: string },
  { deps }: FactReader,
): Promise<string[]> {
  const deployments = await findDeploymentsIn(deps.knex, of);
  return deployments.map(({ key }) => key.cluster).sort();
}
