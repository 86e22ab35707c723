import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  parseAppFile,
  parseScore,
  parseYamlDocuments,
} from '@callboard/plugin-callboard-common';
import { readFiles } from './readFiles';

const TEMPLATE = join(__dirname, '../../../catalog/templates/new-service');

/** Every skeleton, written by the scaffolder itself, must be an app that Callboard takes. */
describe('template new-service', () => {
  const workspace = createMockDirectory();
  const scratch = createMockDirectory();
  beforeEach(() => [workspace, scratch].forEach(folder => folder.clear()));

  async function write(language: string): Promise<Record<string, string>> {
    const action = createFetchTemplateAction({
      integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      reader: mockServices.urlReader.mock(),
    });
    const ctx = createMockActionContext({
      input: {
        url: `./skeletons/${language}`,
        values: { name: 'shop', owner: 'group:default/guests' },
      },
      workspacePath: workspace.path,
      templateInfo: {
        entityRef: 'template:default/new-service',
        baseUrl: `file://${TEMPLATE}/template.yaml`,
      },
    });
    ctx.createTemporaryDirectory = async () => scratch.path;
    await action.handler(
      ctx as unknown as Parameters<typeof action.handler>[0],
    );
    return readFiles(workspace.path);
  }

  it.each([
    [
      'node',
      [
        'README.md',
        'app.yaml',
        'catalog-info.yaml',
        'package.json',
        'score.yaml',
        'server.js',
      ],
    ],
    [
      'postgres',
      [
        'README.md',
        'app.yaml',
        'catalog-info.yaml',
        'package-lock.json',
        'package.json',
        'score.yaml',
        'server.js',
      ],
    ],
    [
      'queue',
      [
        'README.md',
        'app.yaml',
        'catalog-info.yaml',
        'package-lock.json',
        'package.json',
        'queue.js',
        'score.yaml',
        'server.js',
        'worker.js',
        'worker.score.yaml',
      ],
    ],
    [
      'cron',
      [
        'README.md',
        'app.yaml',
        'catalog-info.yaml',
        'job.js',
        'package.json',
        'score.yaml',
      ],
    ],
    [
      'static',
      [
        'README.md',
        'app.yaml',
        'catalog-info.yaml',
        'index.html',
        'score.yaml',
      ],
    ],
  ])('%s', async (language, expected) => {
    const files = await write(language);
    expect(Object.keys(files).sort()).toEqual(expected);
    expect(
      Object.entries(files).filter(([, text]) => text.includes('${{')),
    ).toEqual([]);
    expect(
      parseScore(files['score.yaml'], { file: 'score.yaml' }),
    ).toMatchObject({
      ok: true,
      value: {
        workload: {
          metadata: { name: 'shop' },
          containers: {
            [language === 'cron' ? 'job' : 'web']: { image: '.' },
          },
        },
      },
    });
    expect(parseAppFile(files['app.yaml'], { file: 'app.yaml' })).toMatchObject(
      {
        ok: true,
        value: {
          metadata: { name: 'shop' },
          spec: { owner: 'group:default/guests' },
        },
      },
    );
    expect(
      parseYamlDocuments(files['catalog-info.yaml'], {
        file: 'catalog-info.yaml',
      }),
    ).toMatchObject({
      ok: true,
      value: [{ value: { kind: 'Component', metadata: { name: 'shop' } } }],
    });
  });

  it('starts a Node service as its package.json says', async () => {
    expect(JSON.parse((await write('node'))['package.json'])).toMatchObject({
      name: 'shop',
      scripts: { start: 'node server.js' },
    });
  });

  it('asks for the database of a service that has one', async () => {
    const files = await write('postgres');
    expect(
      parseScore(files['score.yaml'], { file: 'score.yaml' }),
    ).toMatchObject({
      value: {
        workload: {
          containers: {
            web: { variables: { DATABASE_URL: '${resources.db.url}' } },
          },
          resources: { db: { type: 'postgres' } },
        },
      },
    });
    const { dependencies } = JSON.parse(files['package.json']);
    expect(JSON.parse(files['package-lock.json'])).toMatchObject({
      name: 'shop',
      packages: { '': { dependencies } },
    });
  });

  it('offers the languages that have a skeleton', async () => {
    const documents = parseYamlDocuments(
      await readFile(join(TEMPLATE, 'template.yaml'), 'utf8'),
      { file: 'template.yaml' },
    );
    expect(documents).toMatchObject({
      ok: true,
      value: [
        {
          value: {
            kind: 'Template',
            metadata: { title: 'New service' },
            spec: {
              parameters: [
                {
                  properties: {
                    language: {
                      enum: ['node', 'postgres', 'queue', 'cron', 'static'],
                    },
                  },
                },
              ],
            },
          },
        },
      ],
    });
  });
});
