import { isOlderVersion } from './isOlderVersion';

it.each([
  ['0.1.0', '0.2.0', true],
  ['0.2.0', '0.1.0', false],
  ['0.1.0', '0.1.0', false],
  ['0.9.0', '0.10.0', true],
  ['1.0.0-rc.1', '1.0.0', true],
  ['1.0.0', '1.0.0-rc.1', false],
  ['1.0.0-rc.2', '1.0.0-rc.10', true],
  ['1.0.0-alpha', '1.0.0-alpha.1', true],
  ['1.0.0-1', '1.0.0-alpha', true],
  ['1.0.0+a', '1.0.0+b', false],
  ['v1.0.0', '1.0.1', true],
  ['dev', '1.0.0', false],
  ['1.0', '1.0.0', false],
])('%s before %s: %s', (version, than, expected) => {
  expect(isOlderVersion(version, than)).toBe(expected);
});
