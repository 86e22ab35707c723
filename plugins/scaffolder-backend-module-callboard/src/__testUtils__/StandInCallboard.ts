import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';

/** A server in the place of the plugin `callboard`, that notes what it is asked. */
export class StandInCallboard {
  readonly asked: Array<{
    method?: string;
    url?: string;
    authorization?: string;
    body: unknown;
  }> = [];
  /** What it answers to everything. */
  answer = { status: 200, body: {} as object };
  readonly #server: Server;
  readonly #url: string;

  static async start(): Promise<StandInCallboard> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new StandInCallboard(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    this.#url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', async (req, res) => {
      const { method, url, headers } = req;
      const body = JSON.parse((await req.toArray()).join(''));
      this.asked.push({
        method,
        url,
        authorization: headers.authorization,
        body,
      });
      res
        .writeHead(this.answer.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(this.answer.body));
    });
  }

  get deps() {
    return {
      auth: mockServices.auth(),
      discovery: {
        getBaseUrl: async () => this.#url,
        getExternalBaseUrl: async () => this.#url,
      },
    };
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Runs an action as ana. @returns its outputs, by name */
export async function runAsAna(
  action: TemplateAction<any, any, any>,
  {
    input,
    workspacePath,
    isDryRun = false,
  }: { input: object; workspacePath?: string; isDryRun?: boolean },
): Promise<Record<string, unknown>> {
  const ctx = createMockActionContext({
    input,
    ...(workspacePath !== undefined && { workspacePath }),
  });
  ctx.isDryRun = isDryRun;
  ctx.getInitiatorCredentials = async () =>
    mockCredentials.user('user:default/ana');
  await action.handler(ctx as unknown as Parameters<typeof action.handler>[0]);
  return Object.fromEntries((ctx.output as unknown as jest.Mock).mock.calls);
}
