import { fromBinary } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { Turns } from '@callboard/plugin-callboard-node';
import {
  type StatusResponse,
  type Vertex,
  VertexSchema,
} from './protocol/github.com/moby/buildkit/api/services/control/control_pb';

/** The part of a `StatusResponse` that is shown to people. */
export type BuildStatus = Pick<StatusResponse, 'vertexes'> & {
  logs: ReadonlyArray<{ vertex: string; msg: Uint8Array }>;
};

const VERTEX_MAX_BYTES = 256 * 1024;
const LOG_PIECE_BYTES = 64 * 1024;
const MOST_FIELDS = 20_000; // per message; further fields are left out
const DIGEST = 'containerimage.digest';

/** Parses a `StatusResponse` step by step and yields to the event loop: a message of the daemon may have 16 MB. */
export async function* readStatus(
  bytes: Uint8Array,
): AsyncGenerator<BuildStatus> {
  for await (const { number, value } of fieldsOf(bytes)) {
    if (number === 1 && value.byteLength <= VERTEX_MAX_BYTES)
      yield { vertexes: [readVertex(value)], logs: [] };
    else if (number === 3) yield* readLog(value);
  }
}

/** Reads the digest of the pushed image from a `SolveResponse`; undefined when it has none. */
export async function readPushedDigest(
  bytes: Uint8Array,
): Promise<string | undefined> {
  let digest: string | undefined;
  for await (const { number, value: entry } of fieldsOf(bytes)) {
    if (number !== 1) continue;
    const { 1: key, 2: value } = await readTexts(entry);
    if (key === DIGEST) digest = value;
  }
  return digest;
}

function readVertex(bytes: Uint8Array): Vertex {
  try {
    return fromBinary(VertexSchema, bytes);
  } catch (error) {
    throw new Error('The build daemon tells of a step that cannot be read', {
      cause: error,
    });
  }
}

async function* readLog(bytes: Uint8Array): AsyncGenerator<BuildStatus> {
  const { 1: vertex = '' } = await readTexts(bytes);
  const turns = new Turns();
  for await (const { number, value } of fieldsOf(bytes)) {
    if (number !== 4) continue;
    for (let at = 0; at < value.byteLength; at += LOG_PIECE_BYTES) {
      const msg = value.subarray(at, at + LOG_PIECE_BYTES);
      yield { vertexes: [], logs: [{ vertex, msg }] };
      if (turns.isOver()) await turns.next();
    }
  }
}

/** Short texts of a message, by field number. */
async function readTexts(
  bytes: Uint8Array,
): Promise<Partial<Record<number, string>>> {
  const texts: Partial<Record<number, string>> = {};
  for await (const { number, value } of fieldsOf(bytes))
    if (value.byteLength <= 200)
      texts[number] = Buffer.from(value).toString('utf8');
  return texts;
}

/** Fields with a length: messages, texts, bytes. Yields to the event loop between them. */
async function* fieldsOf(
  bytes: Uint8Array,
): AsyncGenerator<{ number: number; value: Uint8Array }> {
  const turns = new Turns();
  const reader = new BinaryReader(bytes);
  for (let read = 0; reader.pos < reader.len; read += 1) {
    if (read >= MOST_FIELDS) return;
    const [number, type] = reader.tag();
    if (type === WireType.LengthDelimited)
      yield { number, value: reader.bytes() };
    else reader.skip(type, number);
    if (turns.isOver()) await turns.next();
  }
}
