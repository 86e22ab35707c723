import { once } from 'node:events';
import {
  type Challenge,
  type Frame,
  PROTOCOL,
  PURPOSES,
  decodeFrame,
  encodeFrame,
  generateKeys,
  helloText,
  signText,
} from '@callboard/tunnel';
import { WebSocket } from 'ws';

const PATIENCE_MS = 10_000;

type HelloParts = Parameters<typeof helloText>[1] & {
  signature: string;
  [key: string]: unknown;
};

/** What somebody says of themselves: who, and with whose keys. */
export interface Claim {
  cluster: string;
  keys?: { privateKey: string; publicKey: string };
  joinToken?: string;
  /** What of it is forged after it was signed. */
  change?: (hello: HelloParts) => object;
}

/** Speaks to the hub as no agent does. */
export class Forger {
  readonly #socket: WebSocket;
  readonly #heard: Frame[] = [];
  #wake: () => void = () => undefined;
  /** Resolves when the hub has ended the connection. */
  readonly ended: Promise<void>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.ended = new Promise(resolve => socket.on('close', () => resolve()));
    socket.on('error', () => undefined); // ends it as well
    socket.on('message', data => {
      const frame = decodeFrame(data as Buffer);
      if (frame) this.#heard.push(frame);
      this.#wake();
    });
  }

  static async dial(url: string): Promise<Forger> {
    const socket = new WebSocket(url);
    const forger = new Forger(socket);
    await once(socket, 'open');
    return forger;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  send(message: Uint8Array | string): void {
    if (this.isOpen) this.#socket.send(message, () => undefined);
  }

  sendFrame(frame: Frame): void {
    this.send(encodeFrame(frame));
  }

  /** Asks for signs of life and reads none of them. */
  pingWithoutReading(times: number): void {
    this.#socket.pause();
    for (let count = 0; count < times; count += 1)
      this.#socket.ping(Buffer.alloc(125), true, () => undefined);
  }

  /** The next frame of a kind, heard already or to come. */
  async hear<Type extends Frame['type']>(
    type: Type,
  ): Promise<Extract<Frame, { type: Type }>> {
    const deadline = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const at = this.#heard.findIndex(frame => frame.type === type);
      if (at >= 0)
        return this.#heard.splice(at, 1)[0] as Extract<Frame, { type: Type }>;
      if (deadline.aborted) throw new Error(`The hub sent no ${type}`);
      await new Promise<void>(resolve => {
        this.#wake = resolve;
        deadline.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  async challenge(): Promise<Challenge> {
    return (await this.hear('control')).message as Challenge;
  }

  /** Says hello. @returns what the hub answers */
  async greet(claim: Claim, challenge?: Challenge): Promise<{ kind: string }> {
    const { cluster, keys = generateKeys(), joinToken, change } = claim;
    const asked = challenge ?? (await this.challenge());
    const said = {
      protocol: PROTOCOL,
      cluster,
      agentKey: keys.publicKey,
      agentVersion: '0.1.0',
      ...(joinToken !== undefined && { joinToken }),
    };
    const text = helloText(asked, said);
    const signature = signText(keys.privateKey, PURPOSES.hello, text);
    const hello = { ...said, signature };
    this.sendFrame({
      type: 'control',
      message: { kind: 'hello', ...(change?.(hello) ?? hello) },
    });
    return (await this.hear('control')).message as { kind: string };
  }

  hangUp(): void {
    this.#socket.terminate();
  }
}
