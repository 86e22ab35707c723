import { OPERATIONS } from './generated/operations';
import type { operations } from './generated/schema';

/** An operation of the API, by its id in the OpenAPI document. */
export type OperationName = keyof operations;

/** Input of an operation: parameters of its path and its query by their names, and its body. */
export type OperationInput<O extends OperationName> = Pick<
  operations[O]['parameters'],
  'path' | 'query'
> &
  BodyOf<operations[O]>;

/** Successful response of an operation; `undefined` where it has no body. */
export type OperationAnswer<O extends OperationName> = ContentOf<
  operations[O]['responses'][keyof operations[O]['responses'] & Success]
>;

type Success = 200 | 201 | 202 | 204;

type BodyOf<O> = O extends { requestBody: { content: infer C } }
  ? { body: C[keyof C] }
  : O extends { requestBody?: { content: infer C } }
  ? { body?: C[keyof C] }
  : { body?: undefined };

type ContentOf<R> = R extends { content: infer C } ? C[keyof C] : undefined;

/** A request below the API's base address. */
export interface OperationRequest {
  /** With a leading slash, names escaped: `/apps/checkout?at=2026-08-20T14:05:00Z`. */
  address: string;
  method: string;
  /** Headers of the body, where there is one. */
  headers?: { 'content-type': string };
  body?: string;
}

/** Returns the request of an operation. A name cannot leave its segment of the path. */
export function operationRequest<O extends OperationName>(
  operation: O,
  input: OperationInput<O>,
): OperationRequest {
  const { method, path } = OPERATIONS[operation];
  const values: Record<string, unknown> = input.path ?? {};
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name])),
  );
  const query = writeQuery(input.query ?? {});
  return {
    address: query === '' ? address : `${address}?${query}`,
    method,
    ...(input.body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input.body),
    }),
  };
}

function writeQuery(values: Record<string, unknown>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const text = encodeURIComponent(String(value));
      // Instants stay readable in URLs and logs.
      return `${name}=${name === 'at' ? text.replaceAll('%3A', ':') : text}`;
    })
    .join('&');
}
