import { OPERATIONS } from './generated/operations';
import type { ItemList } from './ItemList';
import {
  type OperationAnswer,
  type OperationInput,
  type OperationName,
  type OperationRequest,
  operationRequest,
} from './operationRequest';
import { MOST_PER_PAGE, readAllPages } from './readAllPages';

/** Sends a request to the API and returns 2xx responses; throws all others, with an error of the caller's choice. */
export type SendOperation = (request: OperationRequest) => Promise<Response>;

/** Operations that respond page by page. */
export type ListOperationName = {
  [O in OperationName]: OperationAnswer<O> extends ItemList<unknown>
    ? O
    : never;
}[OperationName];

/** An item of the list that an operation returns. */
export type OperationItem<O extends ListOperationName> =
  OperationAnswer<O> extends ItemList<infer T> ? T : never;

/** Calls an operation of the API. */
export async function askOperation<O extends OperationName>(
  operation: O,
  input: OperationInput<O>,
  send: SendOperation,
): Promise<OperationAnswer<O>> {
  const response = await send(operationRequest(operation, input));
  switch (OPERATIONS[operation].answer) {
    case 'application/json':
      return response.json();
    case 'application/x-ndjson':
    case 'text/csv':
      return (await response.text()) as unknown as OperationAnswer<O>;
    default:
      return undefined as OperationAnswer<O>;
  }
}

/** Calls a list operation for all its pages. */
export function listOperation<O extends ListOperationName>(
  operation: O,
  input: OperationInput<O>,
  send: SendOperation,
): Promise<Array<OperationItem<O>>> {
  return readAllPages(async cursor => {
    const query = { limit: MOST_PER_PAGE, cursor, ...input.query };
    const page = await askOperation(operation, { ...input, query }, send);
    return page as ItemList<OperationItem<O>>;
  });
}
