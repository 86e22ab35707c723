import { Field, MapField, Root, Type } from 'protobufjs';

/** A field: its type, its number, and whether it stands once, often, or as a map from text. */
type FieldOf = readonly [type: string, id: number, rule?: 'repeated' | 'map'];

/**
 * The messages of BuildKit's protocol, as far as a build of one Dockerfile needs
 * them. Fields that are left out here are ignored when they arrive.
 *
 * @remarks Source: moby/buildkit v0.30 api/services/control/control.proto,
 * session/auth/auth.proto; tonistiigi/fsutil types/{wire,stat}.proto; grpc.health.v1.
 */
const MESSAGES: Record<string, Record<string, FieldOf>> = {
  SolveRequest: {
    ref: ['string', 1],
    session: ['string', 5],
    frontend: ['string', 6],
    frontendAttrs: ['string', 7, 'map'],
    exporters: ['Exporter', 13, 'repeated'],
  },
  Exporter: { type: ['string', 1], attrs: ['string', 2, 'map'] },
  SolveResponse: { exporterResponse: ['string', 1, 'map'] },
  StatusRequest: { ref: ['string', 1] },
  StatusResponse: {
    vertexes: ['Vertex', 1, 'repeated'],
    logs: ['VertexLog', 3, 'repeated'],
  },
  Vertex: {
    digest: ['string', 1],
    name: ['string', 3],
    cached: ['bool', 4],
    started: ['Timestamp', 5],
    completed: ['Timestamp', 6],
    error: ['string', 7],
  },
  Timestamp: { seconds: ['int64', 1], nanos: ['int32', 2] },
  VertexLog: { vertex: ['string', 1], msg: ['bytes', 4] },
  BytesMessage: { data: ['bytes', 1] },
  CredentialsRequest: { host: ['string', 1] },
  CredentialsResponse: { username: ['string', 1], secret: ['string', 2] },
  HealthCheckRequest: { service: ['string', 1] },
  HealthCheckResponse: { status: ['int32', 1] },
  Packet: {
    type: ['int32', 1],
    stat: ['Stat', 2],
    id: ['uint32', 3],
    data: ['bytes', 4],
  },
  Stat: {
    path: ['string', 1],
    mode: ['uint32', 2],
    uid: ['uint32', 3],
    gid: ['uint32', 4],
    size: ['int64', 5],
    modTime: ['int64', 6],
    linkname: ['string', 7],
  },
};

export interface SolveRequest {
  ref: string;
  session: string;
  frontend: string;
  frontendAttrs: Record<string, string>;
  exporters: Array<{ type: string; attrs: Record<string, string> }>;
}

export interface SolveResponse {
  exporterResponse: Record<string, string>;
}

/** A step of a build, told again whenever it changes. */
export interface Vertex {
  digest: string;
  name: string;
  cached: boolean;
  started?: object;
  completed?: object;
  error: string;
}

export interface StatusResponse {
  vertexes: Vertex[];
  logs: Array<{ vertex: string; msg: Uint8Array }>;
}

export interface BytesMessage {
  data: Uint8Array;
}

/** A file or folder as the daemon sees it; `mode` has the bits of Go's `os.FileMode`. */
export interface Stat {
  path: string;
  mode: number;
  size?: number;
  linkname?: string;
}

/** One packet of the transfer of files. */
export interface Packet {
  type: number;
  stat?: Stat;
  id?: number;
  data?: Uint8Array;
}

/** Turns a message into bytes and back. Throws for bytes that are none: gRPC answers that. */
export interface Codec<T> {
  encode(message: T): Buffer;
  decode(bytes: Buffer): T;
}

const root = new Root();
for (const [name, fields] of Object.entries(MESSAGES)) {
  const type = new Type(name);
  for (const [field, [of, id, rule]] of Object.entries(fields))
    type.add(
      rule === 'map'
        ? new MapField(field, id, 'string', of)
        : new Field(field, id, of, rule),
    );
  root.add(type);
}

/** The codec of a message of the table above. */
export function codecOf<T extends object>(name: string): Codec<T> {
  const type = root.lookupType(name);
  return {
    encode: message => Buffer.from(type.encode(message).finish()),
    decode: bytes =>
      type.toObject(type.decode(bytes), {
        longs: Number,
        defaults: true,
        arrays: true,
        objects: true,
      }) as T,
  };
}
