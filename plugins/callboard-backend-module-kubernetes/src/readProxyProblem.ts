import type { Problem } from '@callboard/plugin-callboard-common';
import { z } from 'zod';

/** The form of errors of Backstage's backends; an API server responds with a `Status`. */
const backstageError = z.object({
  error: z.object({ name: z.string(), message: z.string().catch('') }),
  response: z.object({ statusCode: z.number() }).optional(),
});

const MOST_CHARACTERS = 300; // of a quoted message

/**
 * Returns the problem for a refusal of Backstage's Kubernetes plugin before it
 * called the API server; undefined for a response of the API server.
 */
export function readProxyProblem(
  text: string,
  { cluster, status }: { cluster: string; status: number },
): Problem | undefined {
  const parsed = backstageError.safeParse(parse(text));
  if (!parsed.success) return undefined;
  const { name, message } = parsed.data.error;
  const said = message.slice(0, MOST_CHARACTERS);
  return {
    code: 'cluster-proxy-refused',
    what: `Cannot reach cluster "${cluster}" through Backstage's Kubernetes plugin`,
    why: said === '' ? `it answered ${status} ${name}` : `it says: ${said}`,
    next: nextOf(name, cluster),
    transient: status >= 500 || status === 429,
  };
}

function nextOf(name: string, cluster: string): string {
  switch (name) {
    case 'NotFoundError':
      return `Add "${cluster}" to kubernetes.clusterLocatorMethods, or take it out of callboard.kubernetes.clusters`;
    case 'NotAllowedError':
    case 'AuthenticationError':
      return 'Allow the permission kubernetes.proxy to the service plugin:callboard';
    default:
      return `Check how the Kubernetes plugin signs in to "${cluster}"`;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
