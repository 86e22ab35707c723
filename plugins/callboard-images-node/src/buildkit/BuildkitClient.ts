import type { MessageInitShape } from '@bufbuild/protobuf';
import { Client, type ServiceError, status as codes } from '@grpc/grpc-js';
import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { RegistryCredentials } from '../registry';
import {
  type BuildkitAddress,
  toChannelCredentials,
  toTarget,
} from './BuildkitAddress';
import { Progress } from './Progress';
import {
  buildEnded,
  buildSilent,
  buildkitUnreachable,
  digestMissing,
  dockerfileFailed,
} from './buildkitProblems';
import type { SolveRequestSchema } from './protocol/github.com/moby/buildkit/api/services/control/control_pb';
import { type BuildStatus, readPushedDigest, readStatus } from './readAnswers';
import { CONTROL_SERVICE } from './services';
import { openSession } from './session/openSession';

/** One image to build from a Dockerfile. */
export interface DockerfileBuild {
  /** Folder with the Dockerfile and all files that it may copy. */
  folder: string;
  app: string;
  /** Host and port; the image is pushed to `registry/repository:tag`. */
  registry: string;
  repository: string;
  tag: string;
  /** Uses plain HTTP to the registry. */
  insecure: boolean;
  credentials?: RegistryCredentials;
  labels: Record<string, string>;
  newId: () => string;
  signal: AbortSignal;
  onOutput(line: string): void;
}

export interface BuiltDockerfile {
  /** Digest of the manifest that was pushed. */
  digest: string;
  /** Base images, by digest, as far as BuildKit reported them. */
  bases: string[];
}

type SolveRequest = MessageInitShape<typeof SolveRequestSchema>;

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const SILENCE_MS = 180_000; // a compiler may print nothing for minutes
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const MAX_PENDING_BYTES = 2 * MAX_MESSAGE_BYTES;

/**
 * Lets a BuildKit daemon build an image from a Dockerfile and push it. The
 * limits of a build are in the daemon's own configuration; Callboard sends it
 * the revision's files, credentials for the registry of the images, and nothing
 * else.
 *
 * @remarks Source: moby/buildkit api/services/control, client/solve.go.
 */
export class BuildkitClient {
  readonly #address: BuildkitAddress;

  readonly #silenceMs: number;

  /**
   * @param options.silenceMs - time without output of the daemon after which a
   *   build is ended
   */
  constructor(address: BuildkitAddress, options: { silenceMs?: number } = {}) {
    this.#address = address;
    this.#silenceMs = options.silenceMs ?? SILENCE_MS;
  }

  async build(input: DockerfileBuild): Promise<Result<BuiltDockerfile>> {
    const { signal, newId, onOutput } = input;
    if (signal.aborted) return failed(buildEnded());
    const client = new Client(
      toTarget(this.#address),
      toChannelCredentials(this.#address),
      { 'grpc.max_receive_message_length': MAX_MESSAGE_BYTES },
    );
    const session = newId();
    const endSession = openSession(client, {
      id: session,
      sharedKey: input.app,
      folder: input.folder,
      registry: input.registry,
      credentials: input.credentials,
    });
    const ref = newId();
    const progress = new Progress(onOutput);
    const silent = new AbortController();
    const silence = setTimeout(() => silent.abort(), this.#silenceMs);
    const status = followStatus(client, ref, each => {
      silence.refresh();
      progress.take(each);
    });
    try {
      const solved = await solve(
        client,
        solveRequest(input, { ref, session }),
        AbortSignal.any([signal, silent.signal]),
      );
      if (!solved.ok && silent.signal.aborted && !signal.aborted)
        return failed(buildSilent(this.#silenceMs));
      if (!solved.ok) return failed(this.#toProblem(solved.error, signal));
      await status.hasRead();
      const digest = await readPushedDigest(solved.value).catch(
        () => undefined, // not a valid BuildKit response
      );
      return digest !== undefined && DIGEST.test(digest)
        ? ok({ digest, bases: progress.bases })
        : failed(digestMissing());
    } finally {
      clearTimeout(silence);
      status.end();
      endSession();
      client.close();
    }
  }

  #toProblem(error: ServiceError, signal: AbortSignal): Problem {
    if (signal.aborted) return buildEnded();
    return error.code === codes.UNAVAILABLE
      ? buildkitUnreachable(this.#address.url)
      : dockerfileFailed(error.details);
  }
}

function solveRequest(
  { registry, repository, tag, insecure, labels }: DockerfileBuild,
  { ref, session }: { ref: string; session: string },
): SolveRequest {
  return {
    Ref: ref,
    Session: session,
    Frontend: 'dockerfile.v0',
    FrontendAttrs: {
      filename: 'Dockerfile',
      // The same revision gives the same image, if its steps are reproducible.
      'build-arg:SOURCE_DATE_EPOCH': '0',
      ...Object.fromEntries(
        Object.entries(labels).map(([name, value]) => [`label:${name}`, value]),
      ),
    },
    Exporters: [
      {
        Type: 'image',
        Attrs: {
          name: `${registry}/${repository}:${tag}`,
          push: 'true',
          'oci-mediatypes': 'true',
          'rewrite-timestamp': 'true',
          ...(insecure && { 'registry.insecure': 'true' }),
        },
      },
    ],
  };
}

function solve(
  client: Client,
  request: SolveRequest,
  signal: AbortSignal,
): Promise<{ ok: true; value: Buffer } | { ok: false; error: ServiceError }> {
  const { path, requestSerialize, responseDeserialize } = CONTROL_SERVICE.solve;
  return new Promise(resolve => {
    const ended = new AbortController();
    const call = client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      (error, value) => {
        ended.abort();
        resolve(
          error || !value
            ? { ok: false, error: error as ServiceError }
            : { ok: true, value },
        );
      },
    );
    signal.addEventListener('abort', () => call.cancel(), {
      signal: ended.signal,
    });
  });
}

interface FollowedStatus {
  end(): void;
  /** Resolves once all received messages are read. */
  hasRead(): Promise<void>;
}

/** Follows the progress of a build until it ends. An error here loses lines of output and never fails the build. */
function followStatus(
  client: Client,
  ref: string,
  onStatus: (status: BuildStatus) => void,
): FollowedStatus {
  const { path, requestSerialize, responseDeserialize } =
    CONTROL_SERVICE.status;
  const call = client.makeServerStreamRequest(
    path,
    requestSerialize,
    responseDeserialize,
    { Ref: ref },
  );
  let isRead: Promise<void> = Promise.resolve();
  let pendingBytes = 0;
  call.on('data', (answer: Buffer) => {
    if (pendingBytes + answer.length > MAX_PENDING_BYTES) return;
    pendingBytes += answer.length;
    const read = async () => {
      for await (const status of readStatus(answer)) onStatus(status);
    };
    isRead = isRead
      .then(read)
      .catch(() => undefined)
      .finally(() => (pendingBytes -= answer.length));
  });
  call.on('error', () => undefined);
  return { end: () => call.cancel(), hasRead: () => isRead };
}
