import { ConfigReader } from '@backstage/config';
import { readPlaygroundConfig } from './readPlaygroundConfig';

describe('callboard.playground', () => {
  it.each([
    { name: 'nothing', callboard: {}, expected: false },
    { name: 'other settings', callboard: { playground: {} }, expected: false },
    {
      name: 'enabled',
      callboard: { playground: { enabled: true } },
      expected: true,
    },
  ])(
    'is on where the configuration says so: $name',
    ({ callboard, expected }) => {
      const config = new ConfigReader({ callboard });
      expect(readPlaygroundConfig(config, '/data').enabled).toBe(expected);
    },
  );
});
