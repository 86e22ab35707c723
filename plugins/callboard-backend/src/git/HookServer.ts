import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import {
  type AddressInfo,
  type Server,
  type Socket,
  createServer,
} from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  HOOK_PORT,
  HOOK_PROGRAM,
  HOOK_SECRET,
  type HookCall,
  type HookReply,
  hookLauncher,
} from './hookScript';

/** Answers a hook of one push: prints lines to who pushes, returns the exit code. */
export type HookHandler = (
  call: HookCall,
  print: (line: string) => void,
) => Promise<number>;

export interface PushSession {
  /** For the environment of the git process that receives the push. */
  env: Record<string, string>;
  close(): void;
}

const MAX_CALL_BYTES = 1024 * 1024; // 100 refs take 30 KB
const CALL_DEADLINE_MS = 10_000; // a hook sends its one line at once

/** Listens for the hooks of pushes under way, on this machine only, and knows them by a secret that lives as long as the push. */
export class HookServer {
  /** Folder for `core.hooksPath`. */
  readonly folder: string;
  readonly #server: Server;
  readonly #handlers = new Map<string, HookHandler>();
  readonly #sockets = new Set<Socket>();

  private constructor(folder: string) {
    this.folder = folder;
    this.#server = createServer(socket => this.#accept(socket));
  }

  /**
   * Writes the hooks into `folder` and starts to listen. Rejects when the
   * folder does not allow programs: git would then skip the hooks in silence
   * and take every push.
   */
  static async listen(folder: string): Promise<HookServer> {
    const server = new HookServer(folder);
    const program = join(folder, 'callboard-hook.cjs');
    await mkdir(folder, { recursive: true });
    await writeFile(program, HOOK_PROGRAM);
    for (const hook of ['pre-receive', 'post-receive'] as const) {
      await writeFile(
        join(folder, hook),
        hookLauncher({ node: process.execPath, program, hook }),
      );
      await chmod(join(folder, hook), 0o755);
      await promisify(execFile)(join(folder, hook), ['probe']);
    }
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    server.#server.unref();
    return server;
  }

  /** Begins to answer the hooks of one push. */
  open(handler: HookHandler): PushSession {
    const secret = randomBytes(32).toString('hex');
    this.#handlers.set(secret, handler);
    const { port } = this.#server.address() as AddressInfo;
    return {
      env: { [HOOK_PORT]: String(port), [HOOK_SECRET]: secret },
      close: () => this.#handlers.delete(secret),
    };
  }

  /** Ends every conversation: hooks that wait for an answer refuse or say that Callboard stopped. */
  async close(): Promise<void> {
    this.#handlers.clear();
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {}); // the hook is gone; its push ends by itself
    socket.setTimeout(CALL_DEADLINE_MS, () => socket.destroy());
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (received.length > MAX_CALL_BYTES) socket.destroy();
      const end = received.indexOf('\n');
      if (end < 0) return;
      socket.removeAllListeners('data').resume();
      socket.setTimeout(0);
      void this.#answer(socket, received.slice(0, end));
    });
  }

  async #answer(socket: Socket, text: string): Promise<void> {
    const send = (reply: HookReply) =>
      void (socket.writable && socket.write(`${JSON.stringify(reply)}\n`));
    const call = readCall(text);
    const handler = call && this.#handlers.get(call.secret);
    if (!handler) {
      socket.destroy();
      return;
    }
    try {
      send({ exit: await handler(call, line => send({ line })) });
    } catch {
      socket.destroy(); // the handler reports its own bugs; the hook refuses
    }
  }
}

function readCall(text: string): HookCall | undefined {
  try {
    const call: Partial<HookCall> | null = JSON.parse(text);
    const isCall =
      typeof call?.secret === 'string' &&
      typeof call.updates === 'string' &&
      (call.hook === 'pre-receive' || call.hook === 'post-receive');
    return isCall ? (call as HookCall) : undefined;
  } catch {
    return undefined; // no hook of ours
  }
}
