import {
  type Scope,
  type TunnelRequest,
  type TunnelResponse,
  isWithinScope,
} from '@callboard/tunnel';
import type { ApiServer } from '../api/ApiServer';

/**
 * Answers one request of the hub: passes it on to the API server when the hub
 * signed for it, and refuses it as Kubernetes would when not.
 */
export async function answerRequest(
  { head, body, signal }: TunnelRequest,
  scope: Scope,
  { api, now }: { api: ApiServer; now: Date },
): Promise<TunnelResponse> {
  if (!isWithinScope(scope, head, now)) return outOfScope(head.path);
  try {
    const hasBody = ['POST', 'PUT', 'PATCH', 'DELETE'].includes(head.method);
    const answer = await api.send(
      { ...head, ...(hasBody && { body }) },
      signal,
    );
    return {
      head: { status: answer.status, headers: answer.headers },
      body: answer.body,
    };
  } catch {
    return refusal(
      502,
      'ServiceUnavailable',
      'the agent cannot reach the API server of its cluster',
    );
  }
}

function outOfScope(path: string): TunnelResponse {
  return refusal(
    403,
    'Forbidden',
    `the agent is not asked for "${path
      .split('?')[0]
      .slice(0, 200)}": it is out of scope`,
  );
}

function refusal(
  code: number,
  reason: string,
  message: string,
): TunnelResponse {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code,
    reason,
    message,
  };
  return {
    head: { status: code, headers: { 'content-type': 'application/json' } },
    body: (async function* text() {
      yield Buffer.from(JSON.stringify(status));
    })(),
  };
}
