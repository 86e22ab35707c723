import { Duplex } from 'node:stream';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type {
  BytesMessage,
  BytesMessageSchema,
} from '../protocol/github.com/moby/buildkit/api/services/control/control_pb';

/** The call that carries a session's bytes. */
export type SessionCall = ClientDuplexStream<
  MessageInitShape<typeof BytesMessageSchema>,
  BytesMessage
>;

/** A call whose messages are the bytes of a connection: inside it the daemon is the client and Callboard the server. */
export class SessionSocket extends Duplex {
  readonly #call: SessionCall;

  constructor(call: SessionCall) {
    super();
    this.#call = call;
    call.on('data', ({ data }: BytesMessage) => {
      if (!this.push(Buffer.from(data))) call.pause();
    });
    call.on('end', () => this.push(null));
    call.on('error', () => this.destroy()); // the build itself reports why it failed
  }

  override _read(): void {
    this.#call.resume();
  }

  override _write(
    data: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    if (this.#call.write({ data })) done();
    else this.#call.once('drain', () => done());
  }

  override _final(done: () => void): void {
    this.#call.end();
    done();
  }

  override _destroy(
    error: Error | null,
    done: (error: Error | null) => void,
  ): void {
    this.#call.cancel();
    done(error);
  }
}
