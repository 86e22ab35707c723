import {
  type Scope,
  type TunnelRequest,
  type TunnelResponse,
  isWithinScope,
} from '@callboard/tunnel';
import type { ApiAnswer } from '../api/ApiServer';
import { type DesiredContext, passOnDesired } from '../desired/passOnDesired';
import { readDesired } from '../desired/readDesired';

export interface AnswerContext extends DesiredContext {
  /** Resolves once no action that the agent began by itself is in progress. */
  quiet: () => Promise<void>;
}

/**
 * Handles one request of the hub: passes it on to the API server if the hub's
 * signed scope allows it, and otherwise refuses it as Kubernetes would. Keeps
 * the desired state in it.
 */
export async function answerRequest(
  request: TunnelRequest,
  scope: Scope,
  context: AnswerContext,
): Promise<TunnelResponse> {
  const { head } = request;
  if (!isWithinScope(scope, head, context.now())) return outOfScope(head.path);
  try {
    const answer = await passOn(request, context);
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

async function passOn(
  request: TunnelRequest,
  context: AnswerContext,
): Promise<ApiAnswer> {
  const { head, body, signal } = request;
  if (head.method === 'GET') return context.api.send(head, signal);
  await context.quiet(); // the hub's desired state is applied after the agent's own actions
  const change = readDesired(head);
  return change === undefined
    ? context.api.send({ ...head, body }, signal)
    : passOnDesired(request, change, context);
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
