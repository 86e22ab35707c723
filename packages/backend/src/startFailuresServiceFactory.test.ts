import { createBackend } from '@backstage/backend-defaults';
import {
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { describeStartFailure } from './describeStartFailure';
import { startFailuresServiceFactory } from './startFailuresServiceFactory';

const plugin = (pluginId: string, init: () => Promise<void>) =>
  createBackendPlugin({
    pluginId,
    register: env => env.registerInit({ deps: {}, init }),
  });
const fails = async () => {
  throw new Error('no port is free');
};

/** What a backend reports with these parts while another one is still starting. */
async function heardOf(
  ...features: ReturnType<typeof plugin>[]
): Promise<string> {
  const backend = createBackend();
  backend.add(mockServices.rootLogger.factory());
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        backend: {
          baseUrl: 'http://localhost',
          listen: '127.0.0.1:0',
          startup: { plugins: { spare: { onPluginBootFailure: 'continue' } } },
        },
      },
    }),
  );
  let start = () => {};
  const slow = new Promise<void>(resolve => {
    start = resolve;
  });
  for (const feature of [plugin('slow', () => slow), ...features])
    backend.add(feature);
  const heard = new Promise<string>(resolve => {
    backend.add(
      startFailuresServiceFactory(part =>
        resolve(describeStartFailure({ result: { plugins: [part] } })),
      ),
    );
  });
  const started = backend.start().catch(() => undefined);
  const said = await heard;
  start();
  await started;
  await backend.stop();
  return said;
}

describe('a backend that cannot start', () => {
  it('says at once which plugin failed, whatever else is still starting', async () => {
    expect(await heardOf(plugin('shelf', fails))).toBe(
      'shelf: no port is free',
    );
  });

  it('says at once which module failed', async () => {
    const module = createBackendModule({
      pluginId: 'shelf',
      moduleId: 'books',
      register: env => env.registerInit({ deps: {}, init: fails }),
    });
    expect(
      await heardOf(
        plugin('shelf', async () => {}),
        module,
      ),
    ).toBe('shelf, module books: no port is free');
  });

  it('does not take a plugin for it that may fail', async () => {
    expect(await heardOf(plugin('spare', fails), plugin('shelf', fails))).toBe(
      'shelf: no port is free',
    );
  });
});
