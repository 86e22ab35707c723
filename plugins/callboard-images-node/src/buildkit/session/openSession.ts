import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type Client,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import type { RegistryCredentials } from '../../registry';
import type {
  CredentialsRequest,
  CredentialsResponseSchema,
} from '../protocol/github.com/moby/buildkit/session/auth/auth_pb';
import { HealthCheckResponse_ServingStatus } from '../protocol/grpc/health/v1/health_pb';
import {
  AUTH_SERVICE,
  CONTROL_SERVICE,
  FILE_SYNC_SERVICE,
  HEALTH_SERVICE,
} from '../services';
import { SessionSocket } from './SessionSocket';
import { type FileTransfer, readFolderName, sendFiles } from './sendFiles';

/** Resources that a build may read from Callboard. */
export interface SessionOffer {
  id: string;
  /** Builds with the same key send only the files that changed since the last of them. */
  sharedKey: string;
  /** Folder of the revision's files. */
  folder: string;
  /** Host that may get the credentials; no other may. */
  registry: string;
  credentials?: RegistryCredentials;
}

type CredentialsInit = MessageInitShape<typeof CredentialsResponseSchema>;

const MAX_HOST_LENGTH = 300;

/**
 * Opens the session through which a build reads files and credentials: the
 * daemon calls back over a stream that Callboard opens. The returned function
 * ends it.
 *
 * @remarks Source: moby/buildkit session/{session,grpc}.go, session/grpchijack.
 */
export function openSession(client: Client, offer: SessionOffer): () => void {
  const server = new Server();
  server.addService(FILE_SYNC_SERVICE, {
    diffCopy: (transfer: FileTransfer) => void serveFolder(transfer, offer),
  });
  server.addService(AUTH_SERVICE, {
    credentials: (
      call: ServerUnaryCall<CredentialsRequest, CredentialsInit>,
      answer: sendUnaryData<CredentialsInit>,
    ) => answer(null, credentialsFor(call.request.Host, offer)),
  });
  server.addService(HEALTH_SERVICE, {
    check: (_call: unknown, answer: sendUnaryData<object>) =>
      answer(null, {
        status: HealthCheckResponse_ServingStatus.SERVING,
      }),
  });
  const { session } = CONTROL_SERVICE;
  const call = client.makeBidiStreamRequest(
    session.path,
    session.requestSerialize,
    session.responseDeserialize,
    headersOf(offer),
  );
  const socket = new SessionSocket(call);
  const injector = server.createConnectionInjector(
    ServerCredentials.createInsecure(), // the outer connection has its own security
  );
  injector.injectConnection(socket);
  return () => {
    injector.destroy();
    server.forceShutdown();
    socket.destroy();
  };
}

async function serveFolder(
  transfer: FileTransfer,
  { folder }: SessionOffer,
): Promise<void> {
  transfer.on('error', () => undefined); // the daemon disconnected; the build reports that
  const name = readFolderName(transfer);
  if (name !== 'context' && name !== 'dockerfile') {
    transfer.emit('error', {
      code: status.NOT_FOUND,
      details: 'there is no such folder',
    });
    return;
  }
  try {
    await sendFiles(folder, transfer);
    transfer.end();
  } catch (error) {
    const details = error instanceof Error ? error.message : String(error);
    transfer.emit('error', { code: status.INTERNAL, details });
  }
}

function credentialsFor(
  host: string,
  { registry, credentials }: SessionOffer,
): CredentialsInit {
  const isOurs =
    host.slice(0, MAX_HOST_LENGTH).replace(/^https?:\/\//, '') === registry;
  return isOurs && credentials
    ? { Username: credentials.username, Secret: credentials.password }
    : {};
}

function headersOf({ id, sharedKey }: SessionOffer): Metadata {
  const headers = new Metadata();
  const prefix = 'x-docker-expose-session';
  headers.set(`${prefix}-uuid`, id);
  headers.set(`${prefix}-name`, 'callboard');
  headers.set(`${prefix}-sharedkey`, sharedKey);
  const methods = [FILE_SYNC_SERVICE.diffCopy, AUTH_SERVICE.credentials];
  for (const { path } of methods) headers.add(`${prefix}-grpc-method`, path);
  return headers;
}
