import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  type OperationAnswer,
  type OperationInput,
  type OperationName,
  type Problem,
  askOperation,
} from '@callboard/plugin-callboard-common';

/** As whom Callboard is asked, and what is said where it refuses without a word. */
export interface CallboardRequest {
  auth: AuthService;
  discovery: DiscoveryService;
  /** Of the person who runs the template. */
  credentials: BackstageCredentials;
  /** Begins what is said of a failure: `Cannot create "shop"`. */
  failure: string;
  deadlineMs: number;
}

/** Asks an operation of the plugin `callboard`, as the person whose credentials these are. Throws what it refuses, in its words. */
export async function askCallboard<O extends OperationName>(
  operation: O,
  input: OperationInput<O>,
  { auth, discovery, credentials, failure, deadlineMs }: CallboardRequest,
): Promise<OperationAnswer<O>> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: credentials,
    targetPluginId: 'callboard',
  });
  const baseUrl = await discovery.getBaseUrl('callboard');
  return askOperation(operation, input, async ({ address, ...init }) => {
    const response = await fetch(`${baseUrl}/v1${address}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(deadlineMs),
    }).catch(error => {
      throw new Error(
        `${failure}: Callboard did not answer. Look at the app's page before you try again: it may go on`,
        { cause: error },
      );
    });
    if (!response.ok) throw await refusalOf(failure, response);
    return response;
  });
}

async function refusalOf(failure: string, response: Response): Promise<Error> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new Error(
    problem.what === undefined
      ? `${failure}: Callboard answered ${response.status}`
      : `${problem.what}: ${problem.why}. ${problem.next}`,
  );
}
