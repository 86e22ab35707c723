import { setImmediate } from 'node:timers/promises';
import { maskLines } from '@callboard/plugin-callboard-core';
import {
  type LogView,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { maskSecretsOf } from '../../reconcile/settings/maskSecrets';
import { findDeployment, subjectOf } from '../../store';
import { askElsewhere } from '../elsewhere/askElsewhere';
import { deploymentMissing } from '../problems';

const MOST_INSTANCES = 10;
const LINES = 200; // of each instance
const BYTES = 64 * 1024;
const CALL_MS = 5_000;
const LONGEST_LINE = 2_000;

/** The last output of an app's instances on a cluster, read from there now. */
export async function readLogs(
  of: { app: string; environment: string; cluster: string },
  context: ReconcileContext,
): Promise<Result<LogView>> {
  const { deps, fleet } = context;
  const key = { kind: 'app', ...of } as const;
  if (!(await findDeployment(deps.knex, key)))
    return failed(deploymentMissing(of, deps.platform.environments));
  const cluster = fleet.get(of.cluster);
  if (!cluster) return askElsewhere({ ...of, kind: 'logs' }, context);
  const instances = [...cluster.observed.of(subjectOf(key)).values()]
    .filter(({ ref, terminating }) => ref.kind === 'Pod' && !terminating)
    .slice(0, MOST_INSTANCES);
  const outputs = await Promise.all(
    instances.map(async ({ ref }) => ({
      instance: ref.name,
      text: await cluster.connection.readLogs(
        { namespace: ref.namespace ?? '', name: ref.name },
        { tailLines: LINES, limitBytes: BYTES, deadlineMs: CALL_MS },
      ),
    })),
  );
  const refused = outputs.find(({ text }) => !text.ok)?.text;
  if (refused && !refused.ok && outputs.every(({ text }) => !text.ok))
    return refused;
  const mask = await maskSecretsOf(of.app, context);
  const lines: LogView['lines'] = [];
  for (const { instance, text } of outputs) {
    if (text.ok) lines.push(...toLines(instance, mask(text.value)));
    await setImmediate(); // others have their turn
  }
  return ok({ cluster: of.cluster, lines });
}

function toLines(instance: string, text: string): LogView['lines'] {
  const lines = text.split('\n').filter(line => line !== '');
  return maskLines(lines).map(line => ({
    instance,
    text: line.slice(0, LONGEST_LINE),
  }));
}
