import { join } from 'node:path';
import { ApiClient, type ApiRequest } from '../support/ApiClient';
import {
  CONTRACT_SERVERS,
  reportSkippedServers,
} from '../support/contractServers';
import { Goldens } from '../support/goldens';
import { normalizeAnswer } from '../support/normalizeAnswer';
import type { RunningApiServer } from '../support/startApiServer';
import { SCENARIOS } from './scenarios';

jest.setTimeout(120_000);
reportSkippedServers();

/** Requests and the answers a real API server gave: every server must give the same. */
describe.each(CONTRACT_SERVERS)(
  'answers of the $name API server',
  ({ name: server, start }) => {
    let running: RunningApiServer;
    let client: ApiClient;

    beforeAll(async () => {
      running = await start();
      client = new ApiClient(running);
    });

    afterAll(() => running.stop());

    describe.each(Object.entries(SCENARIOS))('%s', (suite, scenarios) => {
      const goldens = new Goldens(join(__dirname, '__fixtures__'), suite);

      it.each(
        scenarios.map((scenario, index) => ({
          ...scenario,
          namespace: `${suite}-${index}`,
        })),
      )('$name', async ({ name, steps, namespace }) => {
        await createNamespace(client, namespace);
        const answers = [];
        for (const step of steps) {
          const answer = normalizeAnswer(
            await client.send(within(namespace, step)),
          );
          answers.push({
            request: `${step.method ?? 'GET'} ${step.path}`,
            answer,
          });
        }
        if (goldens.isRecording(server)) goldens.record(name, answers);
        expect(answers).toEqual(goldens.expected(name));
      });
    });
  },
);

/** Real and simulated servers differ in who makes the account: here the test does. */
async function createNamespace(client: ApiClient, name: string): Promise<void> {
  await client.send({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });
  await client.send({
    method: 'POST',
    path: `/api/v1/namespaces/${name}/serviceaccounts`,
    body: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default' },
    },
  });
}

function within(namespace: string, step: ApiRequest): ApiRequest {
  const fill = <T>(value: T): T =>
    value === undefined
      ? value
      : (JSON.parse(JSON.stringify(value).replaceAll('{ns}', namespace)) as T);
  return { ...step, path: fill(step.path), body: fill(step.body) };
}
