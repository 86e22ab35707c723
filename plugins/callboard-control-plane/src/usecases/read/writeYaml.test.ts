import { parse } from 'yaml';
import { writeYaml } from './writeYaml';

const configMap = (data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings' },
  data,
});
const many = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`key-${i}`, `value: ${i}`]),
  );

describe('writeYaml', () => {
  it('writes an object as people write it', () => {
    expect(writeYaml(configMap({ a: 'b' }))).toBe(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: b\n',
    );
  });

  it('writes a large one whole, as JSON, which takes no time', () => {
    const object = configMap(many(2_500));
    const text = writeYaml(object);
    expect(text).toMatch(/^\{\n {2}"apiVersion"/);
    expect(parse(text)).toEqual(object);
  });

  it('leaves out the end of one that nobody reads, and says so', () => {
    const text = writeYaml(configMap({ a: 'x'.repeat(3_000_000) }));
    expect(text.length).toBeLessThan(140_000);
    expect(text).toMatch(/\n# The rest is left out: the object has .+\n$/);
  });
});
