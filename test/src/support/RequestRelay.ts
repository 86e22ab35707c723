import { once } from 'node:events';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
  request,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands in front of an API server and tells of each request before it goes on. */
export class RequestRelay {
  onRequest: (asked: { method: string; path: string }) => void = () => {};
  readonly #server: Server;

  static async open(target: string): Promise<RequestRelay> {
    const relay = new RequestRelay(target);
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    return relay;
  }

  private constructor(target: string) {
    this.#server = createServer((asked, answer) =>
      this.#pass(asked, answer, target),
    );
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #pass(asked: IncomingMessage, answer: ServerResponse, target: string): void {
    const { method = 'GET', url: path = '/', headers } = asked;
    this.onRequest({ method, path });
    const sent = request(`${target}${path}`, { method, headers }, response => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      answer.flushHeaders(); // a watch may say nothing for a while
      response.pipe(answer);
    });
    sent.on('error', () => answer.destroy());
    answer.on('close', () => sent.destroy());
    asked.pipe(sent);
  }
}
