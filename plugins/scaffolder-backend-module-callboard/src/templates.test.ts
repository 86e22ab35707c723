import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type TemplateEntityV1beta3,
  templateEntityV1beta3Validator,
} from '@backstage/plugin-scaffolder-common';
import { parseYamlDocuments } from '@callboard/plugin-callboard-common';
import { StandInCallboard } from './__testUtils__/StandInCallboard';
import { connectAppAction } from './connectAppAction';
import { createAppAction } from './createAppAction';

const ROOT = join(__dirname, '../../..');
const TEMPLATES = join(ROOT, 'catalog/templates');
const DOCUMENT = join(ROOT, 'docs/sources.md');

/** The templates that are shipped, and the one that the documentation shows. */
const templates = [
  ...readdirSync(TEMPLATES).map(name => ({
    name,
    text: readFileSync(join(TEMPLATES, name, 'template.yaml'), 'utf8'),
  })),
  ...[...readFileSync(DOCUMENT, 'utf8').matchAll(/```yaml\n([^`]*)```/g)]
    .map(([, text]) => ({ name: 'of docs/sources.md', text }))
    .filter(({ text }) => text.includes('kind: Template')),
];

describe('template', () => {
  let callboard: StandInCallboard;
  beforeAll(async () => {
    callboard = await StandInCallboard.start();
  });
  afterAll(() => callboard.stop());

  it('is shown in the documentation', () => {
    expect(templates.map(({ name }) => name)).toEqual([
      'connect-repository',
      'new-service',
      'of docs/sources.md',
    ]);
  });

  it.each(templates)(
    '$name is one, and gives the actions of Callboard what they take',
    async ({ name, text }) => {
      const entity = readTemplate(name, text);
      expect(await templateEntityV1beta3Validator.check(entity)).toBe(true);
      const { deps } = callboard;
      const actions = [connectAppAction(deps), createAppAction(deps)];
      const steps = entity.spec.steps.flatMap(step => {
        const action = actions.find(({ id }) => id === step.action);
        return action ? [{ step, action }] : [];
      });
      expect(steps).toHaveLength(1);
      for (const { step, action } of steps) {
        const { required, properties } = action.schema!.input as {
          required: string[];
          properties: object;
        };
        const given = Object.keys(step.input ?? {});
        expect(given).toEqual(expect.arrayContaining(required));
        expect(Object.keys(properties)).toEqual(expect.arrayContaining(given));
      }
    },
  );

  it.each(templates)(
    '$name reads what is asked, and what steps before put out',
    ({ name, text }) => {
      const { spec } = readTemplate(name, text);
      const asked = [spec.parameters ?? []]
        .flat()
        .flatMap(page => Object.keys(page.properties as object));
      const used = [...text.matchAll(/parameters\.(\w+)/g)];
      expect(asked).toEqual(
        expect.arrayContaining(used.map(([, field]) => field)),
      );
      const ids = spec.steps.map(({ id }) => id);
      for (const [, id] of text.matchAll(/steps\.(\w+)\.output/g))
        expect(ids).toContain(id);
    },
  );
});

function readTemplate(name: string, text: string): TemplateEntityV1beta3 {
  const documents = parseYamlDocuments(text, { file: name });
  if (!documents.ok) throw new Error(documents.problem.why);
  return documents.value[0].value as TemplateEntityV1beta3;
}
