import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseNext, runLanes } from './lanes.mjs';

const named = (name, more = {}) => ({ name, ...more });

for (const { name, waiting, running, chosen } of [
  {
    name: 'the first of the list',
    waiting: [named('a'), named('b')],
    running: [named('c')],
    chosen: 'a',
  },
  {
    name: 'not what waits for a part that runs',
    waiting: [named('pages', { after: ['build'] }), named('b')],
    running: [named('build')],
    chosen: 'b',
  },
  {
    name: 'not what waits for a part that waits',
    waiting: [named('pages', { after: ['build'] }), named('build')],
    running: [],
    chosen: 'build',
  },
  {
    name: 'what was to wait for a part that nobody asked for',
    waiting: [named('pages', { after: ['build'] })],
    running: [],
    chosen: 'pages',
  },
  {
    name: 'nothing but light parts beside a quiet one',
    waiting: [
      named('a'),
      named('b', { quiet: true }),
      named('c', { light: true }),
    ],
    running: [named('d', { quiet: true })],
    chosen: 'c',
  },
  {
    name: 'no quiet part beside one that is not light',
    waiting: [named('a', { quiet: true })],
    running: [named('b')],
    chosen: undefined,
  },
  {
    name: 'nothing beside one that is alone, light or not',
    waiting: [named('b', { light: true }), named('c')],
    running: [named('a', { alone: true })],
    chosen: undefined,
  },
  {
    name: 'one that is alone beside nothing',
    waiting: [named('a', { alone: true })],
    running: [named('b', { light: true })],
    chosen: undefined,
  },
  {
    name: 'a quiet part beside a light one',
    waiting: [named('a', { quiet: true })],
    running: [named('b', { light: true })],
    chosen: 'a',
  },
  {
    name: 'two parts that wait in one lane',
    waiting: [named('a', { waits: true })],
    running: [named('b'), named('c', { waits: true })],
    chosen: 'a',
  },
  {
    name: 'nothing that computes in half a lane',
    waiting: [named('a'), named('b', { waits: true })],
    running: [named('c'), named('d', { waits: true })],
    chosen: 'b',
  },
  {
    name: 'nothing where no lane is free',
    waiting: [named('a', { waits: true })],
    running: [named('b'), named('c')],
    chosen: undefined,
  },
])
  test(`what starts next is ${name}`, () => {
    assert.equal(chooseNext(waiting, running, 2)?.name, chosen);
  });

/** Runs parts that end when they are told to. */
function play(parts, lanes) {
  const log = [];
  const ends = new Map();
  const runPart = part => {
    log.push(`${part.name} starts`);
    return new Promise(resolve => {
      ends.set(part.name, resolve);
    });
  };
  return {
    log,
    all: runLanes(parts, { lanes, runPart }),
    end: async (name, result = `${name} ended`) => {
      log.push(`${name} ends`);
      ends.get(name)(result);
      await new Promise(setImmediate);
    },
  };
}

test('runs no more parts at once than there are lanes, and answers in the order of the list', async () => {
  const { log, all, end } = play([named('a'), named('b'), named('c')], 2);
  await end('b');
  await end('c');
  await end('a');
  assert.deepEqual(log, [
    'a starts',
    'b starts',
    'b ends',
    'c starts',
    'c ends',
    'a ends',
  ]);
  assert.deepEqual(await all, ['a ended', 'b ended', 'c ended']);
});

test('one lane runs the list in its order', async () => {
  const { log, all, end } = play(
    [named('a', { waits: true }), named('b', { waits: true })],
    1,
  );
  await end('a');
  await end('b');
  await all;
  assert.deepEqual(log, ['a starts', 'a ends', 'b starts', 'b ends']);
});

test('a part that waits leaves its lane to the next that can run', async () => {
  const parts = [
    named('build'),
    named('pages', { after: ['build'] }),
    named('types'),
  ];
  const { log, all, end } = play(parts, 2);
  await end('build');
  await end('types');
  await end('pages');
  await all;
  assert.deepEqual(log, [
    'build starts',
    'types starts',
    'build ends',
    'pages starts',
    'types ends',
    'pages ends',
  ]);
});

test('parts that wait for each other are named instead of waited for', async () => {
  await assert.rejects(
    runLanes([named('a', { after: ['b'] }), named('b', { after: ['a'] })], {
      lanes: 2,
      runPart: () => assert.fail('nothing can start'),
    }),
    /Parts wait for each other: a, b/,
  );
});
