import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import {
  describeBytes,
  failed,
  ok,
  type Result,
} from '@callboard/plugin-callboard-common';
import { joinChunks } from '@callboard/plugin-callboard-node';
import type { Descriptor } from '../oci/types';
import { readBytesWithin } from './readTextWithin';
import type { RegistrySession } from './RegistrySession';
import { answerInvalid } from './registryProblems';

/** Source of the bytes to store. */
export type BlobSource =
  | { from: 'bytes'; bytes: Uint8Array }
  | { from: 'chunks'; chunks: readonly Uint8Array[] }
  | { from: 'disk'; path: string }
  /** On another host: downloaded to this machine's disk only when it has to be sent. */
  | { from: 'elsewhere'; fetch(): Promise<Result<{ path: string }>> };

type PresentSource = Exclude<BlobSource, { from: 'elsewhere' }>;

/** How a blob came into a repository. */
export type BlobOutcome =
  | { kind: 'present' }
  | { kind: 'mounted' }
  | { kind: 'uploaded'; bytes: number };

const CHUNK_BYTES = 16 * 1024 * 1024;
const RESUMES = 5;

export async function hasBlob(
  session: RegistrySession,
  {
    repository,
    digest,
    signal,
  }: { repository: string; digest: string; signal: AbortSignal },
): Promise<Result<boolean>> {
  const answer = await session.send({
    method: 'HEAD',
    path: `${repository}/blobs/${digest}`,
    repository,
    action: 'pull',
    expect: [200, 404],
    doing: 'look for a layer',
    signal,
  });
  if (!answer.ok) return answer;
  return ok(answer.value.status === 200);
}

interface BlobRequest {
  repository: string;
  descriptor: Descriptor;
  maxBytes: number;
  signal: AbortSignal;
}

/** Reads a small blob (a configuration); its digest is checked. */
export async function readBlob(
  session: RegistrySession,
  request: BlobRequest,
): Promise<Result<Buffer>> {
  const read = await readBlobChunks(session, request);
  return read.ok ? ok(await joinChunks(read.value)) : read;
}

/** Like {@link readBlob}, for bytes that are passed on and need not be in one buffer. */
export async function readBlobChunks(
  session: RegistrySession,
  { repository, descriptor, maxBytes, signal }: BlobRequest,
): Promise<Result<readonly Uint8Array[]>> {
  const answer = await session.send({
    method: 'GET',
    path: `${repository}/blobs/${descriptor.digest}`,
    repository,
    action: 'pull',
    expect: [200],
    doing: 'read the configuration of an image',
    signal,
  });
  if (!answer.ok) return answer;
  const { chunks, digest, isWhole } = await readBytesWithin(
    answer.value,
    maxBytes,
  );
  const why = isWhole
    ? 'has another digest'
    : `is larger than ${describeBytes(maxBytes)}`;
  return isWhole && digest === descriptor.digest
    ? ok(chunks)
    : failed(
        answerInvalid(session.registry, `the blob ${descriptor.digest} ${why}`),
      );
}

/**
 * Brings a blob into a repository and sends as little as possible: nothing when
 * it is there, nothing when the registry can mount it from `mountFrom`, else
 * chunks, each of which continues at the offset that the registry reports.
 */
export async function pushBlob(
  session: RegistrySession,
  input: {
    repository: string;
    descriptor: Descriptor;
    source: BlobSource;
    mountFrom?: string;
    signal: AbortSignal;
  },
): Promise<Result<BlobOutcome>> {
  const { repository, descriptor, source, signal } = input;
  const present = await hasBlob(session, {
    repository,
    digest: descriptor.digest,
    signal,
  });
  if (!present.ok) return present;
  if (present.value) return ok({ kind: 'present' });
  const started = await startUpload(session, input);
  if (!started.ok) return started;
  if (started.value === 'mounted') return ok({ kind: 'mounted' });
  const here = await bringHere(source);
  if (!here.ok) return here;
  const location = await sendChunks(session, {
    repository,
    source: here.value,
    size: descriptor.size,
    location: started.value,
    signal,
  });
  if (!location.ok) return location;
  const url = session.addressOf(location.value);
  url.searchParams.set('digest', descriptor.digest);
  const done = await session.send({
    method: 'PUT',
    path: url.href,
    repository,
    action: 'push',
    headers: { 'content-length': '0' },
    expect: [201, 204],
    doing: 'finish the upload of a layer',
    signal,
  });
  if (!done.ok) return done;
  await done.value.body?.cancel();
  return ok({ kind: 'uploaded', bytes: descriptor.size });
}

async function bringHere(source: BlobSource): Promise<Result<PresentSource>> {
  if (source.from !== 'elsewhere') return ok(source);
  const fetched = await source.fetch();
  return fetched.ok ? ok({ from: 'disk', path: fetched.value.path }) : fetched;
}

/** Returns the address of the upload, or that the registry mounted the blob. */
async function startUpload(
  session: RegistrySession,
  input: {
    repository: string;
    descriptor: Descriptor;
    mountFrom?: string;
    signal: AbortSignal;
  },
): Promise<Result<string>> {
  const { repository, descriptor, mountFrom, signal } = input;
  const mount =
    mountFrom && mountFrom !== repository
      ? `?mount=${descriptor.digest}&from=${encodeURIComponent(mountFrom)}`
      : '';
  const answer = await session.send({
    method: 'POST',
    path: `${repository}/blobs/uploads/${mount}`,
    repository,
    action: 'push',
    ...(mount ? { alsoPull: mountFrom } : {}),
    headers: { 'content-length': '0' },
    expect: [201, 202],
    doing: 'start the upload of a layer',
    signal,
  });
  if (!answer.ok) return answer;
  await answer.value.body?.cancel();
  if (answer.value.status === 201 && mount) return ok('mounted');
  const location = answer.value.headers.get('location');
  return location
    ? ok(location)
    : failed(
        answerInvalid(session.registry, 'it did not say where to upload to'),
      );
}

async function sendChunks(
  session: RegistrySession,
  input: {
    repository: string;
    source: PresentSource;
    size: number;
    location: string;
    signal: AbortSignal;
  },
): Promise<Result<string>> {
  const { repository, source, size, signal } = input;
  let { location } = input;
  let resumes = 0;
  for (let offset = 0; offset < size; ) {
    const end = Math.min(offset + CHUNK_BYTES, size);
    const from = offset;
    const answer = await session.send({
      method: 'PATCH',
      path: location,
      repository,
      action: 'push',
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(end - from),
        'content-range': `${from}-${end - 1}`,
      },
      body: () => readRange(source, from, end),
      expect: [202, 204, 416],
      doing: 'upload a layer',
      signal,
    });
    const isTaken = answer.ok && answer.value.status !== 416;
    if (answer.ok) await answer.value.body?.cancel();
    if (isTaken) {
      location = answer.value.headers.get('location') ?? location;
      offset = end;
      continue;
    }
    resumes += 1;
    if (resumes > RESUMES || (!answer.ok && !answer.problem.transient)) {
      return answer.ok
        ? failed(
            answerInvalid(
              session.registry,
              'it takes no further bytes of an upload',
            ),
          )
        : answer;
    }
    const stand = await readUploadStatus(session, {
      repository,
      location,
      signal,
    });
    if (!stand.ok) return stand;
    location = stand.value.location;
    offset = stand.value.offset;
  }
  return ok(location);
}

/** Reads the offset of an upload: bytes that arrived before a connection broke are not sent again. */
async function readUploadStatus(
  session: RegistrySession,
  {
    repository,
    location,
    signal,
  }: { repository: string; location: string; signal: AbortSignal },
): Promise<Result<{ location: string; offset: number }>> {
  const answer = await session.send({
    method: 'GET',
    path: location,
    repository,
    action: 'push',
    expect: [204],
    doing: 'go on with the upload of a layer',
    signal,
  });
  if (!answer.ok) return answer;
  await answer.value.body?.cancel();
  const last = /-(\d+)$/.exec(answer.value.headers.get('range') ?? '')?.[1];
  return ok({
    location: answer.value.headers.get('location') ?? location,
    offset: last === undefined || last === '0' ? 0 : Number(last) + 1,
  });
}

function readRange(source: PresentSource, from: number, end: number): BodyInit {
  if (source.from === 'bytes')
    return new Uint8Array(source.bytes.subarray(from, end));
  const body =
    source.from === 'chunks'
      ? Readable.from(cutChunks(source.chunks, from, end))
      : createReadStream(source.path, { start: from, end: end - 1 });
  return Readable.toWeb(body) as ReadableStream<Uint8Array>;
}

function* cutChunks(
  chunks: readonly Uint8Array[],
  from: number,
  end: number,
): Generator<Uint8Array> {
  let at = 0;
  for (const chunk of chunks) {
    const cut = chunk.subarray(Math.max(0, from - at), Math.max(0, end - at));
    if (cut.byteLength > 0) yield cut;
    at += chunk.byteLength;
  }
}
