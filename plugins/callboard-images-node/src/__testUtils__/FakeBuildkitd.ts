import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type ClientHttp2Session, connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Duplex } from 'node:stream';
import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { PathPatterns } from '../buildkit/context/PathPatterns';
import type {
  BytesMessage,
  BytesMessageSchema,
  SolveRequest,
  StatusRequest,
  StatusResponseSchema,
} from '../buildkit/protocol/github.com/moby/buildkit/api/services/control/control_pb';
import type { Stat } from '../buildkit/protocol/github.com/tonistiigi/fsutil/types/stat_pb';
import { Packet_PacketType as PacketType } from '../buildkit/protocol/github.com/tonistiigi/fsutil/types/wire_pb';
import {
  AUTH_SERVICE,
  CONTROL_SERVICE,
  FILE_SYNC_SERVICE,
} from '../buildkit/services';
import { withParents } from '../base/collectBaseEntries';
import { listEntries } from '../layers/listEntries';
import { packLayer } from '../layers/packLayer';
import { digestOf } from '../oci/digestOf';
import { type ImageManifest, MEDIA_TYPES } from '../oci/types';
import {
  RegistrySession,
  pushBlob,
  pushManifest,
  readPlatformManifest,
} from '../registry';

type StatusInit = MessageInitShape<typeof StatusResponseSchema>;
type SessionStream = ServerDuplexStream<
  BytesMessage,
  MessageInitShape<typeof BytesMessageSchema>
>;

const PACKETS = FILE_SYNC_SERVICE.diffCopy;
const CREDENTIALS = AUTH_SERVICE.credentials;
const GO_DIRECTORY = 2 ** 31;
const GO_SYMLINK = 2 ** 27;

/**
 * A BuildKit daemon for tests on machines that have none: the real protocol, and
 * of Dockerfiles `FROM`, `COPY . /somewhere` and `RUN exit N`, `RUN sleep N`. What
 * it may stand for is what the contract in `buildkit.contract.test.ts` shows of both.
 */
export class FakeBuildkitd {
  readonly #server = new Server();
  readonly #sessions = new Map<string, ClientHttp2Session>();
  readonly #tellers = new Map<string, (answer: StatusInit) => void>();
  readonly #reported = new Map<string, StatusInit[]>();

  static async listen(socketPath: string): Promise<FakeBuildkitd> {
    const fake = new FakeBuildkitd();
    fake.#server.addService(CONTROL_SERVICE, {
      session: (call: SessionStream) => fake.#open(call),
      status: (call: ServerWritableStream<StatusRequest, StatusInit>) =>
        fake.#follow(call),
      solve: (
        call: ServerUnaryCall<SolveRequest, object>,
        answer: sendUnaryData<object>,
      ) =>
        void fake.#solve(call).then(
          ExporterResponse => answer(null, { ExporterResponse }),
          (error: Error) =>
            answer({ code: status.UNKNOWN, details: error.message }),
        ),
    });
    await new Promise<void>((resolve, reject) =>
      fake.#server.bindAsync(
        `unix:${socketPath}`,
        ServerCredentials.createInsecure(),
        error => (error ? reject(error) : resolve()),
      ),
    );
    return fake;
  }

  close(): void {
    this.#server.forceShutdown();
  }

  #open(call: SessionStream): void {
    const socket = new Duplex({
      read: () => undefined,
      write: (data: Buffer, _encoding, done) => {
        call.write({ data });
        done();
      },
    });
    call.on('data', ({ data }: BytesMessage) => socket.push(Buffer.from(data)));
    call.on('end', () => socket.push(null));
    call.on('error', () => socket.destroy());
    const session = connect('http://session', {
      createConnection: () => socket,
    });
    session.on('error', () => undefined);
    const [id] = call.metadata.get('x-docker-expose-session-uuid');
    this.#sessions.set(String(id), session);
  }

  #follow(call: ServerWritableStream<StatusRequest, StatusInit>): void {
    const { Ref: ref } = call.request;
    this.#reported.get(ref)?.forEach(answer => call.write(answer));
    this.#tellers.set(ref, answer => void call.write(answer));
  }

  #send(ref: string, answer: StatusInit): void {
    this.#reported.set(ref, [...(this.#reported.get(ref) ?? []), answer]);
    this.#tellers.get(ref)?.(answer);
  }

  async #solve(
    call: ServerUnaryCall<SolveRequest, object>,
  ): Promise<Record<string, string>> {
    const {
      Ref: ref,
      Session: id,
      Exporters: exporters,
      FrontendAttrs: frontendAttrs,
    } = call.request;
    while (!this.#sessions.has(id))
      await new Promise(resolve => setImmediate(resolve)); // as the daemon: the session comes on its own stream
    const session = this.#sessions.get(id)!;
    const folder = await mkdtemp(join(tmpdir(), 'fake-buildkit-'));
    try {
      const read = (name: string, exclude: readonly string[]) =>
        receiveFolder(session, { name, exclude });
      const control = await read('dockerfile', []);
      const text = control.get('Dockerfile')?.data?.toString('utf8') ?? '';
      const ignored = control.get('.dockerignore')?.data?.toString('utf8');
      const { Attrs: attrs } = exporters[0];
      const target = await openTarget(session, attrs);
      for (const line of text.split('\n').filter(each => each.trim())) {
        this.#send(ref, {
          vertexes: [
            {
              digest: digestOf(line),
              name: line,
              cached: false,
              started: {},
              error: '',
            },
          ],
        });
        await this.#perform(line, { call, target, folder, session, ignored });
      }
      const labels = Object.entries(frontendAttrs)
        .filter(([key]) => key.startsWith('label:'))
        .map(([key, value]) => [key.slice('label:'.length), value]);
      const digest = await pushFolder(
        folder,
        target,
        Object.fromEntries(labels),
      );
      return { 'containerimage.digest': digest };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #perform(
    line: string,
    step: {
      call: ServerUnaryCall<SolveRequest, object>;
      target: Target;
      folder: string;
      session: ClientHttp2Session;
      ignored?: string;
    },
  ): Promise<void> {
    const { call, target, folder, session, ignored } = step;
    const [, verb, rest] = /^(\w+) (.*)$/.exec(line) ?? [];
    if (verb === 'FROM' && rest !== 'scratch') await findBase(rest, target);
    if (verb === 'COPY') {
      const lines = ignored?.split('\n') ?? [];
      const files = await receiveFolder(session, {
        name: 'context',
        exclude: lines,
      });
      await writeFiles(join(folder, rest.split(' ')[1]), files);
    }
    if (verb !== 'RUN') return;
    const [, said, code] = /echo (\w+)(?:; exit (\d+))?/.exec(rest) ?? [];
    if (said)
      this.#send(call.request.Ref, {
        logs: [{ vertex: digestOf(line), msg: Buffer.from(`${said}\n`) }],
      });
    if (code)
      throw new Error(
        `failed to solve: process "/bin/sh -c ${rest}" did not complete successfully: exit code: ${code}`,
      );
    if (rest.startsWith('sleep')) await once(call, 'cancelled');
  }
}

interface Target {
  session: RegistrySession;
  repository: string;
  tag: string;
}

async function openTarget(
  session: ClientHttp2Session,
  attrs: Record<string, string>,
): Promise<Target> {
  const [, registry, repository, tag] =
    /^([^/]+)\/(.+):([^:]+)$/.exec(attrs.name) ?? [];
  const call = callOver(session, AUTH_SERVICE.credentials.path);
  call.end(CREDENTIALS.requestSerialize({ Host: registry }));
  const answer = (await call.messages.next()).value as Buffer;
  const { Username: username, Secret: secret } =
    CREDENTIALS.responseDeserialize(answer);
  return {
    session: new RegistrySession({
      registry,
      insecure: attrs['registry.insecure'] === 'true',
      ...(username && { credentials: { username, password: secret } }),
      pause: async () => undefined,
      random: () => 0,
    }),
    repository,
    tag,
  };
}

async function findBase(reference: string, { session }: Target): Promise<void> {
  const [, repository, tag] = /^[^/]+\/(.+):([^:]+)$/.exec(reference) ?? [];
  const found = await readPlatformManifest(session, {
    repository,
    reference: tag,
    architecture: 'amd64',
    signal: new AbortController().signal,
  });
  if (!found.ok) throw new Error(`failed to solve: ${reference}: not found`);
}

/** Takes a folder as the daemon does: all names first, then the bytes it asks for. */
async function receiveFolder(
  session: ClientHttp2Session,
  { name, exclude }: { name: string; exclude: readonly string[] },
): Promise<Map<string, { stat: Stat; data?: Buffer }>> {
  const patterns = exclude.filter(line => line.trim() !== '');
  expectUsable(patterns);
  const call = callOver(session, FILE_SYNC_SERVICE.diffCopy.path, {
    'dir-name': name,
    ...(patterns.length > 0 && { 'exclude-patterns': patterns }),
  });
  const stats: Stat[] = [];
  const bytes = new Map<number, Buffer[]>();
  let open = 0;
  for await (const message of call.messages) {
    const { type, stat, ID: id, data } = PACKETS.responseDeserialize(message);
    if (type === PacketType.PACKET_STAT && stat?.path) stats.push(stat);
    else if (type === PacketType.PACKET_STAT) {
      for (const [index, { mode }] of stats.entries()) {
        if (mode >= GO_SYMLINK) continue;
        open += 1;
        call.write(
          PACKETS.requestSerialize({ type: PacketType.PACKET_REQ, ID: index }),
        );
      }
      if (open === 0)
        call.write(PACKETS.requestSerialize({ type: PacketType.PACKET_FIN }));
    } else if (type === PacketType.PACKET_DATA && data.length)
      bytes.set(id, [...(bytes.get(id) ?? []), Buffer.from(data)]);
    else if (type === PacketType.PACKET_DATA) {
      bytes.set(id, bytes.get(id) ?? []);
      open -= 1;
      if (open === 0)
        call.write(PACKETS.requestSerialize({ type: PacketType.PACKET_FIN }));
    } else if (type === PacketType.PACKET_FIN) call.end();
  }
  return new Map(
    stats.map((stat, index) => [
      stat.path,
      {
        stat,
        data: bytes.has(index) ? Buffer.concat(bytes.get(index)!) : undefined,
      },
    ]),
  );
}

function expectUsable(patterns: readonly string[]): void {
  if (new PathPatterns(patterns).isEmpty && patterns.length > 0)
    throw new Error('unusable patterns');
}

async function writeFiles(
  folder: string,
  files: Map<string, { stat: Stat; data?: Buffer }>,
): Promise<void> {
  for (const [path, { stat, data }] of files) {
    const full = join(folder, path);
    await mkdir(dirname(full), { recursive: true });
    if (stat.mode >= GO_DIRECTORY) await mkdir(full, { recursive: true });
    else if (stat.mode >= GO_SYMLINK) await symlink(stat.linkname!, full);
    else await writeFile(full, data ?? '', { mode: stat.mode });
  }
}

async function pushFolder(
  folder: string,
  { session, repository, tag }: Target,
  labels: Record<string, string>,
): Promise<string> {
  const { signal } = new AbortController();
  const place = await mkdtemp(join(tmpdir(), 'fake-layer-'));
  const layer = await packLayer(withParents(await listEntries(folder, '')), {
    folder: place,
    newId: () => 'layer',
  });
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Labels: labels },
      rootfs: { type: 'layers', diff_ids: [layer.diffId] },
    }),
  );
  const configDescriptor = {
    mediaType: MEDIA_TYPES.config,
    digest: digestOf(config),
    size: config.length,
  };
  const document: ImageManifest = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.manifest,
    config: configDescriptor,
    layers: [layer.descriptor],
  };
  const steps = [
    await pushBlob(session, {
      repository,
      descriptor: layer.descriptor,
      source: { from: 'disk', path: layer.file },
      signal,
    }),
    await pushBlob(session, {
      repository,
      descriptor: configDescriptor,
      source: { from: 'bytes', bytes: config },
      signal,
    }),
  ];
  const pushed = await pushManifest(session, {
    repository,
    document,
    tag,
    signal,
  });
  await rm(place, { recursive: true, force: true });
  const failure = [...steps, pushed].find(step => !step.ok);
  if (failure && !failure.ok) throw new Error(failure.problem.what);
  return pushed.ok ? pushed.value.descriptor.digest : '';
}

/** One call of gRPC over an HTTP/2 session, message by message. */
function callOver(
  session: ClientHttp2Session,
  path: string,
  headers: Record<string, string | string[]> = {},
) {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  const frame = (message: Buffer) => {
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    return Buffer.concat([head, message]);
  };
  async function* messages(): AsyncGenerator<Buffer> {
    let rest = Buffer.alloc(0);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
        const size = rest.readUInt32BE(1);
        yield rest.subarray(5, 5 + size);
        rest = rest.subarray(5 + size);
      }
    }
  }
  return {
    messages: messages(),
    write: (message: Buffer) => void stream.write(frame(message)),
    end: (message?: Buffer) =>
      void (message ? stream.end(frame(message)) : stream.end()),
  };
}
