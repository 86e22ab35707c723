import {
  OPERATIONS,
  type OperationAnswer,
  type OperationInput,
  type OperationName,
} from '@callboard/plugin-callboard-common';
import type { RequestHandler, Router } from 'express';

/** Path parameters are text, also where the OpenAPI document types them as numbers. */
type PathOf<O extends OperationName> = {
  [name in keyof OperationInput<O>['path']]: OperationInput<O>['path'][name] extends string
    ? OperationInput<O>['path'][name]
    : string;
};

/** Registers the handler of an API operation at its address, typed by the OpenAPI document. */
export function answerOperation<O extends OperationName>(
  router: Router,
  operation: O,
  handler: RequestHandler<
    PathOf<O>,
    OperationAnswer<O>,
    OperationInput<O>['body']
  >,
): void {
  const { method, path } = OPERATIONS[operation];
  const address = path.replace(/\{(\w+)\}/g, ':$1');
  router[methodOf(method)](address, handler);
}

function methodOf(method: string) {
  return method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete';
}
