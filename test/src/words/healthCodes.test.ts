import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const PLUGINS = resolve(__dirname, '../../../plugins');
const PLACES = ['callboard-core/src', 'callboard-control-plane/src'];
const NO_PRODUCT = /\.test\.ts|__testUtils__|__fixtures__/;

/** Source of the product that judges, as one text. */
function readSource(): string {
  return PLACES.flatMap(place => {
    const folder = join(PLUGINS, place);
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts') && !NO_PRODUCT.test(file))
      .map(file => readFileSync(join(folder, file), 'utf8'));
  }).join('\n');
}

it.each(['HealthReason', 'FindingCode'])(
  'the API lists no %s that nothing gives',
  schema => {
    const document = parse(
      readFileSync(
        join(PLUGINS, 'callboard-backend/src/schema/openapi.yaml'),
        'utf8',
      ),
    );
    const source = readSource();
    const codes: string[] = document.components.schemas[schema].enum;
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter(code => !source.includes(`'${code}'`))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  },
);
