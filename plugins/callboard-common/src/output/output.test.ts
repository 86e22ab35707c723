import { readLogText, selectLogLines } from '.';

describe('a line of output', () => {
  it.each([
    ['listening', { message: 'listening', level: undefined, fields: [] }],
    [
      '[ERROR] no route',
      { message: '[ERROR] no route', level: 'error', fields: [] },
    ],
    [
      '2026-11-22T07:00:01.123Z WARN slow',
      {
        message: '2026-11-22T07:00:01.123Z WARN slow',
        level: 'warn',
        fields: [],
      },
    ],
    [
      'time=07:00 level=debug msg=x',
      { message: 'time=07:00 level=debug msg=x', level: 'debug', fields: [] },
    ],
    [
      'Error handling is on',
      { message: 'Error handling is on', level: undefined, fields: [] },
    ],
    [
      'TypeError: x is no function',
      { message: 'TypeError: x is no function', level: undefined, fields: [] },
    ],
    ['error: x', { message: 'error: x', level: 'error', fields: [] }],
    [
      '{"level":50,"time":1,"msg":"no route","path":"/x","err":{"code":7}}',
      {
        message: 'no route',
        level: 'error',
        fields: [
          { name: 'path', value: '/x' },
          { name: 'err', value: '{"code":7}' },
        ],
      },
    ],
    [
      '{"severity":"NOTICE","message":"ready","@timestamp":"2026"}',
      { message: 'ready', level: 'info', fields: [] },
    ],
    [
      '{"a":1}',
      { message: '', level: undefined, fields: [{ name: 'a', value: '1' }] },
    ],
    ['{"a":', { message: '{"a":', level: undefined, fields: [] }],
    ['[1,2]', { message: '[1,2]', level: undefined, fields: [] }],
    [
      '{"level":"__proto__"}',
      {
        message: '',
        level: undefined,
        fields: [{ name: 'level', value: '__proto__' }],
      },
    ],
    ['', { message: '', level: undefined, fields: [] }],
  ])('%s', (text, read) => {
    expect(readLogText(text)).toEqual(read);
  });
});

describe('lines that are wanted', () => {
  const at = (second: number) => `2026-11-22T07:00:0${second}.000Z`;
  const lines = [
    { at: at(0), text: 'GET /cart' },
    { at: at(1), text: 'ERROR cannot pay' },
    { at: at(2), text: '    at pay (shop.js:4)' },
    { at: at(3), text: 'WARN slow' },
    { at: at(4), text: 'debug: asked' },
  ];
  const textsOf = (selection: Parameters<typeof selectLogLines>[1]) =>
    selectLogLines(lines, selection).map(({ text }) => text);

  it('are all where nothing is said', () => {
    expect(selectLogLines(lines, {})).toEqual(lines);
  });

  it('hold a text, capitals or not', () => {
    expect(textsOf({ grep: 'CART' })).toEqual(['GET /cart']);
  });

  it('are as grave as wanted, with the stack of an error', () => {
    expect(textsOf({ level: 'error' })).toEqual([
      'ERROR cannot pay',
      '    at pay (shop.js:4)',
    ]);
    expect(textsOf({ level: 'info' })).toEqual([
      'GET /cart',
      'ERROR cannot pay',
      '    at pay (shop.js:4)',
      'WARN slow',
    ]);
  });

  it('were written within a time', () => {
    expect(textsOf({ since: at(1), until: at(2) })).toEqual([
      'ERROR cannot pay',
      '    at pay (shop.js:4)',
    ]);
  });
});
