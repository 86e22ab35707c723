import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { promisify } from 'node:util';
import {
  HOOK_PROGRAM,
  type HookCall,
  readHookCall,
  writeHookReply,
} from './hookScript';

/** Handles a hook of one push: prints lines to the pusher, returns the exit code. */
export type HookHandler = (
  call: HookCall,
  print: (line: string) => void,
) => Promise<number>;

const MAX_CALL_CHARACTERS = 1024 * 1024; // 100 refs take 30 KB

/** Writes the hooks that git starts, and serves those of pushes in progress. */
export class HookServer {
  /** Folder for `core.hooksPath`. */
  readonly folder: string;
  readonly #channels = new Set<Duplex>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Writes the hooks into `folder`. Rejects when programs cannot be executed in
   * the folder: git would then silently skip the hooks and accept every push.
   */
  static async open(folder: string): Promise<HookServer> {
    await mkdir(folder, { recursive: true });
    for (const hook of ['pre-receive', 'post-receive']) {
      const program = join(folder, hook);
      await writeFile(program, HOOK_PROGRAM);
      await chmod(program, 0o755);
      await promisify(execFile)(program, ['probe']);
    }
    return new HookServer(folder);
  }

  /** Serves the hooks of one push, one after the other, over the side channel of its git process. */
  serve(channel: Duplex, handler: HookHandler): void {
    const decoder = new StringDecoder('utf8');
    let received = '';
    let isAnswering = false;
    const answer = async (call: HookCall) => {
      const send = (reply: Parameters<typeof writeHookReply>[0]) =>
        void (channel.writable && channel.write(writeHookReply(reply)));
      try {
        send({ exit: await handler(call, line => send({ line })) });
      } catch {
        channel.destroy(); // the handler reports its own bugs; the hook refuses the push
      }
    };
    const next = () => {
      if (isAnswering || channel.destroyed) return;
      const read = readHookCall(received);
      const isTooLong = received.length > MAX_CALL_CHARACTERS;
      if (isTooLong || read.kind === 'foreign') channel.destroy();
      else if (read.kind === 'call') {
        received = read.rest;
        isAnswering = true;
        void answer(read.call).then(() => {
          isAnswering = false;
          next();
        });
      }
    };
    this.#channels.add(channel);
    channel.on('close', () => this.#channels.delete(channel));
    channel.on('error', () => {}); // git has exited; its push ends by itself
    channel.on('data', (chunk: Buffer) => {
      received += decoder.write(chunk);
      next();
    });
  }

  /** Closes all channels: waiting hooks refuse the push or print that Callboard stopped. */
  close(): void {
    for (const channel of this.#channels) channel.destroy();
  }
}
