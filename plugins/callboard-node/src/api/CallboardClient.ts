import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  type ListOperationName,
  type OperationAnswer,
  type OperationInput,
  type OperationItem,
  type OperationName,
  type OperationRequest,
  type Problem,
  askOperation,
  listOperation,
} from '@callboard/plugin-callboard-common';

const DEADLINE_MS = 10_000;

/** Options of a request: credentials, deadline and wording of the error. */
export interface Asked {
  /** Credentials of the plugin itself when omitted. */
  credentials?: BackstageCredentials;
  /** 10 s when omitted. */
  deadlineMs?: number;
  /** Start of the error message: `Cannot create "shop"`. */
  failure?: string;
  /** What the user can do when no response came: a change may still be in progress. */
  afterSilence?: string;
}

/**
 * Client of the API of the plugin `callboard` for other backend plugins. Throws
 * the refusals of Callboard with their original text.
 */
export class CallboardClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(deps: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = deps.auth;
    this.#discovery = deps.discovery;
  }

  ask<O extends OperationName>(
    operation: O,
    input: OperationInput<O>,
    as: Asked = {},
  ): Promise<OperationAnswer<O>> {
    return askOperation(operation, input, request => this.#send(request, as));
  }

  /** Returns all items of a list, over all its pages. */
  list<O extends ListOperationName>(
    operation: O,
    input: OperationInput<O>,
    as: Asked = {},
  ): Promise<Array<OperationItem<O>>> {
    return listOperation(operation, input, request => this.#send(request, as));
  }

  /** Returns the OpenAPI document of the API. */
  async readDocument(): Promise<string> {
    const address = '/openapi.json';
    const response = await this.#send({ address, method: 'GET' }, {});
    return JSON.stringify(await response.json(), null, 2);
  }

  async #send(
    { address, ...init }: OperationRequest,
    as: Asked,
  ): Promise<Response> {
    const { failure = 'Cannot ask Callboard', afterSilence } = as;
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf:
        as.credentials ?? (await this.#auth.getOwnServiceCredentials()),
      targetPluginId: 'callboard',
    });
    const baseUrl = await this.#discovery.getBaseUrl('callboard');
    const response = await fetch(`${baseUrl}/v1${address}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(as.deadlineMs ?? DEADLINE_MS),
    }).catch(error => {
      const next = afterSilence === undefined ? '' : `. ${afterSilence}`;
      throw new Error(`${failure}: Callboard did not answer${next}`, {
        cause: error,
      });
    });
    if (!response.ok) throw await refusalOf(failure, response);
    return response;
  }
}

async function refusalOf(failure: string, response: Response): Promise<Error> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new Error(
    problem.what === undefined
      ? `${failure}: Callboard answered ${response.status}`
      : `${problem.what}: ${problem.why}. ${problem.next}`,
  );
}
