import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiServer } from './ApiServer';
import { readJson } from './readJson';

const CONDITION = 'callboard.dev/connected';
const DEADLINE_MS = 10_000;
const AGAIN_MS = 5_000;

/**
 * Sets the condition of the agent's own pod that its manifest waits for
 * (`readinessGates`): during an upgrade the old pod is stopped after this.
 * Retries until the API server accepts it. Never throws.
 */
export async function reportPodConnected(
  api: ApiServer,
  pod: { namespace: string; name: string },
  signal: AbortSignal,
): Promise<void> {
  const request = {
    method: 'PATCH',
    path: `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/status`,
    headers: { 'content-type': 'application/strategic-merge-patch+json' },
    body: JSON.stringify({
      status: { conditions: [{ type: CONDITION, status: 'True' }] },
    }),
  };
  while (!signal.aborted) {
    const isReported = await readJson(
      api,
      request,
      AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    ).then(
      () => true,
      () => false,
    );
    if (isReported) return;
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}
