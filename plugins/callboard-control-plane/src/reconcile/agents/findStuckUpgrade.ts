import { AGENT_NAMESPACE } from '@callboard/plugin-callboard-clusters-node';
import type { V1Pod } from '@kubernetes/client-node';
import type { KubeObject, Problem } from '@callboard/plugin-callboard-common';
import { diagnose, membersOf, readAs } from '@callboard/plugin-callboard-core';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';

const CALL_MS = 5_000;
const MAX_EVENTS = 200;

/**
 * Returns why a newer agent does not start, read through the old one that still
 * runs beside it. @returns undefined while nothing indicates a failure
 */
export async function findStuckUpgrade(
  connection: ClusterConnection,
  upgrade: { cluster: string; version: string; image: string },
  { now, signal }: { now: Date; signal: AbortSignal },
): Promise<Problem | undefined> {
  const { cluster, version, image } = upgrade;
  const list = async (kind: string): Promise<KubeObject[]> => {
    const answer = await connection.list(
      { apiVersion: 'v1', kind },
      { namespace: AGENT_NAMESPACE, signal, deadlineMs: CALL_MS },
    );
    return answer.ok ? answer.value.items : [];
  };
  const newer = (await list('Pod')).filter(pod => runsImage(pod, image));
  if (newer.length === 0) return undefined;
  const [finding] = diagnose(
    {
      app: 'it',
      environment: cluster,
      cluster,
      objects: newer,
      events: (await list('Event')).slice(-MAX_EVENTS),
      logs: {},
    },
    now,
  );
  return (
    finding && {
      code: 'agent-upgrade-stuck',
      what: `Cannot upgrade the agent of "${cluster}" to ${version}`,
      why: finding.what,
      next: 'Look there: kubectl -n callboard-agent describe pods. The agent that ran before goes on; the other agents wait, and all go on once the newer one starts',
      transient: false,
    }
  );
}

function runsImage(object: KubeObject, image: string): boolean {
  return membersOf(readAs<V1Pod>(object).spec?.containers).some(
    container => container.image === image,
  );
}
