import {
  type DescMessage,
  type DescMethod,
  type MessageInitShape,
  type MessageShape,
  create,
  fromBinary,
  toBinary,
} from '@bufbuild/protobuf';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { Control } from './protocol/github.com/moby/buildkit/api/services/control/control_pb';
import { Auth } from './protocol/github.com/moby/buildkit/session/auth/auth_pb';
import { FileSync } from './protocol/github.com/moby/buildkit/session/filesync/filesync_pb';
import { Health } from './protocol/grpc/health/v1/health_pb';

/** Services of the daemon. Its responses stay bytes until they are parsed step by step; see readAnswers. */
export const CONTROL_SERVICE = {
  solve: { ...toMethod(Control.method.solve), responseDeserialize: asBytes },
  status: { ...toMethod(Control.method.status), responseDeserialize: asBytes },
  session: toMethod(Control.method.session),
} satisfies ServiceDefinition;

/** Services that Callboard offers to the daemon in the session: files, credentials, health. */
export const FILE_SYNC_SERVICE = {
  diffCopy: toMethod(FileSync.method.diffCopy),
} satisfies ServiceDefinition;

export const AUTH_SERVICE = {
  credentials: toMethod(Auth.method.credentials),
} satisfies ServiceDefinition;

export const HEALTH_SERVICE = {
  check: toMethod(Health.method.check),
} satisfies ServiceDefinition;

/** A method as `@grpc/grpc-js` calls and serves it. Throws for bytes that are no message: gRPC sends the error. */
interface Method<I extends DescMessage, O extends DescMessage> {
  path: string;
  requestStream: boolean;
  responseStream: boolean;
  requestSerialize(message: MessageInitShape<I>): Buffer;
  requestDeserialize(bytes: Buffer): MessageShape<I>;
  responseSerialize(message: MessageInitShape<O>): Buffer;
  responseDeserialize(bytes: Buffer): MessageShape<O>;
}

function toMethod<I extends DescMessage, O extends DescMessage>(
  method: DescMethod & { input: I; output: O },
): Method<I, O> {
  const { input, output, methodKind } = method;
  return {
    path: `/${method.parent.typeName}/${method.name}`,
    requestStream: methodKind === 'bidi_streaming',
    responseStream: methodKind !== 'unary',
    requestSerialize: message => encode(input, message),
    requestDeserialize: bytes => fromBinary(input, bytes),
    responseSerialize: message => encode(output, message),
    responseDeserialize: bytes => fromBinary(output, bytes),
  };
}

function asBytes(bytes: Buffer): Buffer {
  return bytes;
}

function encode<M extends DescMessage>(
  schema: M,
  message: MessageInitShape<M>,
): Buffer {
  return Buffer.from(toBinary(schema, create(schema, message)));
}
