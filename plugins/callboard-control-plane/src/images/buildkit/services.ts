import type { ServiceDefinition } from '@grpc/grpc-js';
import { type Codec, codecOf } from './messages';

const unary = { requestStream: false, responseStream: false };
const serverStream = { requestStream: false, responseStream: true };
const bothStream = { requestStream: true, responseStream: true };

/** What the daemon does for us. */
export const CONTROL_SERVICE = {
  solve: method(
    '/moby.buildkit.v1.Control/Solve',
    ['SolveRequest', 'SolveResponse'],
    unary,
  ),
  status: method(
    '/moby.buildkit.v1.Control/Status',
    ['StatusRequest', 'StatusResponse'],
    serverStream,
  ),
  session: method(
    '/moby.buildkit.v1.Control/Session',
    ['BytesMessage', 'BytesMessage'],
    bothStream,
  ),
} satisfies ServiceDefinition;

/** What we do for the daemon, inside the session: files, credentials, a sign of life. */
export const FILE_SYNC_SERVICE = {
  diffCopy: method(
    '/moby.filesync.v1.FileSync/DiffCopy',
    ['Packet', 'Packet'],
    bothStream,
  ),
} satisfies ServiceDefinition;

export const AUTH_SERVICE = {
  credentials: method(
    '/moby.filesync.v1.Auth/Credentials',
    ['CredentialsRequest', 'CredentialsResponse'],
    unary,
  ),
} satisfies ServiceDefinition;

export const HEALTH_SERVICE = {
  check: method(
    '/grpc.health.v1.Health/Check',
    ['HealthCheckRequest', 'HealthCheckResponse'],
    unary,
  ),
} satisfies ServiceDefinition;

function method(
  path: string,
  [request, response]: [request: string, response: string],
  streams: { requestStream: boolean; responseStream: boolean },
) {
  const asked: Codec<object> = codecOf(request);
  const answered: Codec<object> = codecOf(response);
  return {
    path,
    ...streams,
    requestSerialize: asked.encode,
    requestDeserialize: asked.decode,
    responseSerialize: answered.encode,
    responseDeserialize: answered.decode,
  };
}
