import { EventEmitter } from 'node:events';
import { type Socket, connect } from 'node:net';
import { Duplex, Readable, Writable } from 'node:stream';
import type { Program, ProgramOptions } from './Program';

/** Frame types, as in `assets/launcher.cjs`. */
const START = 1;
const DATA = 2;
const END = 3;
const KILL = 4;
const ERRORS = 5;
const EXIT = 6;
const SIDE = 7;
const SIDE_END = 8;
const HEAD_BYTES = 5;

/** A program that the launcher's helper process started, over a connection of its own. */
export class LaunchedProgram extends EventEmitter implements Program {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly sideChannel?: Duplex;
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #outcome: { code?: number | null; error?: NodeJS.ErrnoException } | undefined;
  #openStreams = 2;

  constructor(
    door: string,
    start: ProgramOptions & { command: string; args: readonly string[] },
  ) {
    super();
    this.#socket = connect(door);
    const resume = () => void this.#socket.resume();
    this.stdout = new Readable({ read: resume });
    this.stderr = new Readable({ read: resume });
    for (const stream of [this.stdout, this.stderr])
      stream.on('close', () => this.#onStreamClosed());
    this.stdin = new Writable({
      write: (chunk, _encoding, done) => {
        if (this.#send(DATA, chunk)) done();
        else this.#socket.once('drain', done);
      },
      destroy: (error, done) => {
        this.#send(END);
        done(error);
      },
      final: done => {
        this.#send(END);
        done();
      },
    });
    if (start.hasSideChannel)
      this.sideChannel = new Duplex({
        read: resume,
        write: (chunk, _encoding, done) => {
          this.#send(SIDE, chunk);
          done();
        },
        destroy: (error, done) => {
          this.#send(SIDE_END);
          done(error);
        },
      });
    this.#send(START, Buffer.from(JSON.stringify(start)));
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', error => {
      this.#outcome ??= { error };
    });
    this.#socket.on('close', () => this.#finish());
  }

  kill(_signal: 'SIGKILL'): void {
    if (!this.#outcome) this.#send(KILL);
  }

  #send(kind: number, payload?: Buffer): boolean {
    if (!this.#socket.writable) return true; // the connection is closed
    const head = Buffer.alloc(HEAD_BYTES);
    head[0] = kind;
    head.writeUInt32BE(payload?.length ?? 0, 1);
    if (!payload) return this.#socket.write(head);
    this.#socket.cork();
    this.#socket.write(head);
    const isFree = this.#socket.write(payload);
    this.#socket.uncork();
    return isFree;
  }

  #take(chunk: Buffer): void {
    this.#received =
      this.#received.length === 0
        ? chunk
        : Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= HEAD_BYTES) {
      const end = HEAD_BYTES + this.#received.readUInt32BE(1);
      if (this.#received.length < end) return;
      const payload = this.#received.subarray(HEAD_BYTES, end);
      const [kind] = this.#received;
      this.#received = this.#received.subarray(end);
      if (kind === EXIT) this.#outcome = JSON.parse(payload.toString('utf8'));
      else if (kind === SIDE) this.sideChannel?.push(payload);
      else {
        const stream = kind === ERRORS ? this.stderr : this.stdout;
        if (!stream.destroyed && !stream.push(payload)) this.#socket.pause();
      }
    }
  }

  /** Like Node for its own child processes: drains output that has no reader. */
  #finish(): void {
    this.#outcome ??= { code: null };
    this.stdin.on('error', () => {});
    this.stdin.destroy();
    this.sideChannel?.destroy();
    for (const stream of [this.stdout, this.stderr]) {
      if (!stream.destroyed) stream.push(null);
      stream.resume();
    }
  }

  #onStreamClosed(): void {
    this.#openStreams -= 1;
    this.#socket.resume(); // a destroyed stream must not block the others
    if (this.#openStreams > 0) return;
    if (this.#outcome) this.#end();
    else this.#socket.once('close', () => this.#end());
  }

  #end(): void {
    const { error, code } = this.#outcome ?? {};
    if (error)
      this.emit('error', Object.assign(new Error(error.message), error));
    this.emit('close', code ?? null);
  }
}
