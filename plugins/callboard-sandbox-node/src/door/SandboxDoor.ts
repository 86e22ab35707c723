import { type Server, type Socket, createServer } from 'node:net';
import type { OtherUser } from '../otherUser';
import { listenAt } from './listenAt';
import { readAnswer } from './readAnswer';

const MAX_CONNECTIONS = 512; // per sandbox
const MAX_IDLE = 16;
const TAKE_MS = 5_000; // the helper connects at once
const FIRST_MS = 60_000; // its first start may be slow on a busy machine

/** A service that a sandbox may use: a Unix socket inside, and the loopback address at which it is offered. */
export interface SandboxForward {
  path: string;
  host: string;
  port: number;
}

/** A command of the portal to the helper in a sandbox. */
export type SandboxOrder =
  | {
      kind: 'start';
      command: string[];
      env: Record<string, string>;
      forwards: readonly SandboxForward[];
    }
  | { kind: 'connect'; port: number }
  | { kind: 'signal'; signal: 'SIGTERM' }
  | {
      kind: 'exec';
      command: string[];
      env: Record<string, string>;
      timeoutMs: number;
    };

/**
 * The entry to one sandbox: a Unix socket of the portal to which the helper
 * inside connects, as agents do. The portal never opens a path or a port that
 * pushed code could have replaced, and reads only bounded responses from it.
 */
export class SandboxDoor {
  readonly path: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #idle: Socket[] = [];
  #waiting: Array<(socket: Socket | undefined) => void> = [];
  #hasDialled = false;

  /**
   * @param user - may connect, in addition to this process; undefined when it
   *   runs as our own user
   */
  static async open(
    path: string,
    user: OtherUser | undefined,
  ): Promise<SandboxDoor> {
    const server = createServer();
    await listenAt(path, server, user);
    return new SandboxDoor(path, server);
  }

  private constructor(path: string, server: Server) {
    this.path = path;
    this.#server = server;
    server.on('connection', socket => this.#admit(socket));
  }

  /** Sends an order that has no response. */
  async send(order: SandboxOrder): Promise<void> {
    const socket = await this.#take();
    socket.write(`${JSON.stringify(order)}\n`);
  }

  /** Connects to a port inside. Rejects when nothing listens there. */
  async connect(port: number): Promise<Socket> {
    const socket = await this.#take();
    socket.write(`${JSON.stringify({ kind: 'connect', port })}\n`);
    const timer = setTimeout(() => socket.destroy(), TAKE_MS);
    const first = await readAnswer(socket, 1);
    clearTimeout(timer);
    if (first !== '+') {
      socket.destroy();
      throw new Error(`Nothing listens on port ${port}`);
    }
    return socket;
  }

  /** Sends an order and returns its response: at most `maxBytes`, and only what arrives within `timeoutMs`. */
  async ask(
    order: SandboxOrder,
    { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number },
  ): Promise<string> {
    const socket = await this.#take();
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    socket.write(`${JSON.stringify(order)}\n`);
    const answer = await readAnswer(socket, maxBytes);
    clearTimeout(timer);
    socket.destroy();
    return answer;
  }

  async close(): Promise<void> {
    this.#waiting.splice(0).forEach(give => give(undefined));
    this.#sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => this.#server.close(resolve));
  }

  #admit(socket: Socket): void {
    if (
      this.#sockets.size >= MAX_CONNECTIONS ||
      (this.#idle.length >= MAX_IDLE && this.#waiting.length === 0)
    ) {
      socket.destroy();
      return;
    }
    this.#hasDialled = true;
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#idle = this.#idle.filter(other => other !== socket);
    });
    const give = this.#waiting.shift();
    if (give) give(socket);
    else this.#idle.push(socket);
  }

  async #take(): Promise<Socket> {
    const socket = this.#idle.shift() ?? (await this.#next());
    if (!socket) throw new Error('The sandbox does not answer');
    return socket;
  }

  #next(): Promise<Socket | undefined> {
    return new Promise(resolve => {
      this.#waiting.push(resolve);
      const timer = setTimeout(
        () => {
          this.#waiting = this.#waiting.filter(other => other !== resolve);
          resolve(undefined);
        },
        this.#hasDialled ? TAKE_MS : FIRST_MS,
      );
      timer.unref();
    });
  }
}
