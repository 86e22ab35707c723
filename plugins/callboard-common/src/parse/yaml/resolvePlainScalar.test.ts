import { resolvePlainScalar } from './resolvePlainScalar';

describe('resolvePlainScalar', () => {
  it.each([
    ['', null],
    ['~', null],
    ['Null', null],
    ['nUll', 'nUll'],
    ['true', true],
    ['FALSE', false],
    ['tRue', 'tRue'],
    ['yes', 'yes'],
    ['n', 'n'],
    ['0', 0],
    ['-0', 0],
    ['+5', 5],
    ['5.', 5],
    ['.5', 0.5],
    ['.', '.'],
    ['-', '-'],
    ['+', '+'],
    ['1e3', 1000],
    ['1e', '1e'],
    ['e3', 'e3'],
    ['0x', '0x'],
    ['0xFf', 255],
    ['0X1', 1],
    ['0o8', '0o8'],
    ['089', 89],
    ['0b2', '0b2'],
    ['1_0', 10],
    ['_1', '_1'],
    ['1 2', '1 2'],
    ['127.0.0.1', '127.0.0.1'],
    ['1:30', '1:30'],
    ['0777', 511],
    ['9007199254740991', 9007199254740991],
    ['0B11', 3],
    ['0O17', 15],
    ['-0b11', -3],
    ['1e21', 1e21],
    ['1e999', '1e999'],
    ['123456789012345678901234567890', 1.2345678901234568e29],
    ['0xffffffffffffffffff', '0xffffffffffffffffff'],
    ['.8_1', '.8_1'],
    ['0.8_1', 0.81],
  ])('%p is %p', (text, value) => {
    expect(resolvePlainScalar(text)).toEqual({ kind: 'value', value });
  });

  it.each([
    '2026-01-31',
    '2026-1-3',
    '2026-01-31T08:00:00Z',
    '2026-01-31t08:00:00.5+02:00',
    '2026-01-31 08:00:00',
    '2028-02-29',
    '2026-01-31 08:00:00,5',
  ])('%p is a date', text => {
    expect(resolvePlainScalar(text)).toEqual({ kind: 'date', text });
  });

  it.each([
    '2026-01',
    '2026-01-31T08:00',
    '26-01-31',
    '2026-01-31T08:00:00',
    '2026-02-29',
    '2026-13-01',
    '2026-01-31 24:00:00',
  ])('%p is text', text => {
    expect(resolvePlainScalar(text)).toEqual({ kind: 'value', value: text });
  });

  it.each(['.inf', '-.INF', '.nan', '9007199254740993', '0xffffffffffffffff'])(
    '%p cannot be kept',
    text => {
      expect(resolvePlainScalar(text).kind).toBe('unrepresentable');
    },
  );
});
