import {
  type LogLine,
  type Result,
  failed,
  ok,
  createLogSelector,
} from '@callboard/plugin-callboard-common';
import type { ClusterAsker, ClusterReader } from '../../reconcile/roles';
import { inTurns } from '../../reconcile/inTurns';
import { maskSecretsOf } from '../../reconcile/settings/maskSecrets';
import {
  type AppDeploymentKey,
  type LogFilter,
  findDeployment,
} from '../../store';
import { askElsewhere } from '../elsewhere/askElsewhere';
import { deploymentMissing } from '../problems';
import { listContainers } from './listContainers';
import { LineMask } from './LineMask';
import type { KeptLine } from './LogPosition';
import { type Reading, readContainer } from './readContainer';
import { byInstant, toLogLines } from './toLogLines';

const MOST_BYTES = 8 * 1024 * 1024; // of a cluster
const MOST_BYTES_EACH = 1024 * 1024; // of a container
const MOST_LINES = 40_000; // of a cluster
const SEARCHED_LINES = 10_000; // of a container, where lines are filtered

/** Called with what was read of a run of a container, whether it is selected or not. */
export type NoteRead = (
  cluster: string,
  run: string,
  lines: readonly KeptLine[],
) => void;

/** The last output of an app on a cluster, read from there now, in the order it was written. */
export async function readClusterLogs(
  of: AppDeploymentKey,
  filter: LogFilter,
  context: ClusterReader,
  note?: NoteRead,
): Promise<Result<LogLine[]>> {
  const { deps, fleet } = context;
  if (!(await findDeployment(deps.knex, of)))
    return failed(deploymentMissing(of, deps.platform.environments));
  const cluster = fleet.get(of.cluster);
  if (!cluster) return askAndNote(of, filter, context, note);
  const containers = await listContainers(cluster.connection, of);
  if (!containers.ok) return containers;
  const wanted = containers.value.filter(
    ({ instance, hasRunBefore }) =>
      (filter.instance === undefined || filter.instance === instance) &&
      (filter.previous !== true || hasRunBefore),
  );
  const reading = readingOf(filter, wanted.length);
  const outputs = await Promise.all(
    wanted.map(async container => ({
      container,
      lines: await readContainer(cluster.connection, container, reading),
    })),
  );
  const refused = outputs.find(({ lines }) => !lines.ok)?.lines;
  if (refused && !refused.ok && outputs.every(({ lines }) => !lines.ok))
    return refused;
  for (const { container, lines } of outputs)
    if (lines.ok) note?.(of.cluster, container.run, lines.value);
  const mask = await maskSecretsOf(of.app, context);
  const lines: LogLine[] = [];
  for (const { container, lines: read } of outputs) {
    if (!read.ok) continue;
    // Masks before filtering: a search must not reveal what is secret.
    const texts = read.value.map(({ text }) => text);
    const hidden = await inTurns(new LineMask().hide(texts, mask));
    const masked = read.value.map(({ at }, index) => ({
      at,
      text: hidden[index],
    }));
    const wantedLines = masked.filter(createLogSelector(filter));
    lines.push(
      ...toLogLines(lastOf(wantedLines, filter.tail), {
        container,
        cluster: of.cluster,
      }),
    );
  }
  return ok(lastOf(lines.sort(byInstant), filter.tail));
}

/** Another process reaches the cluster; it returns instances and containers, but not their runs. */
async function askAndNote(
  of: AppDeploymentKey,
  filter: LogFilter,
  context: ClusterAsker,
  note?: NoteRead,
): Promise<Result<LogLine[]>> {
  const answer = await askElsewhere<LogLine[]>(
    { ...of, kind: 'logs', filter },
    context,
  );
  if (!answer.ok || !note) return answer;
  const sources = new Set(answer.value.map(sourceOf));
  for (const source of sources)
    note(
      of.cluster,
      source,
      answer.value.filter(line => sourceOf(line) === source),
    );
  return answer;
}

/** Instance and container of a line from another process. */
export function sourceOf({ instance, container }: LogLine): string {
  return `${instance}/${container ?? ''}`;
}

/** Returns the last `count` items. */
export function lastOf<T>(items: readonly T[], count: number): T[] {
  return items.slice(Math.max(0, items.length - count));
}

function readingOf(
  { grep, level, since, until, previous, tail }: LogFilter,
  containers: number,
): Reading {
  const isSearch =
    grep !== undefined || level !== undefined || until !== undefined;
  const most = Math.ceil(MOST_LINES / Math.max(1, containers));
  return {
    lines: Math.min(most, isSearch ? SEARCHED_LINES : tail),
    limitBytes: Math.min(
      MOST_BYTES_EACH,
      Math.floor(MOST_BYTES / Math.max(1, containers)),
    ),
    since,
    previous,
  };
}
