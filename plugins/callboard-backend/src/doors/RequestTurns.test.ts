import { setImmediate as nextTurn } from 'node:timers/promises';
import { RequestTurns } from './RequestTurns';

/** As a request does that computes for so long. */
function compute(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it('serves a crowd in the order of arrival, with turns for others in between', async () => {
  const turns = new RequestTurns();
  const served: string[] = [];
  for (let index = 0; index < 12; index += 1)
    turns.enter(() => {
      compute(3);
      served.push(`${index}`);
    });
  expect(served.length).toBeLessThan(5);
  while (served.filter(each => each !== 'other').length < 12) {
    served.push('other');
    await nextTurn();
  }
  const requests = served.filter(each => each !== 'other');
  expect(requests).toEqual(Array.from({ length: 12 }, (_, at) => `${at}`));
  expect(served.length - requests.length).toBeGreaterThan(2);
});

it('serves one that comes alone at once, also after a crowd', async () => {
  const turns = new RequestTurns();
  let count = 0;
  const request = () => {
    compute(10);
    count += 1;
  };
  turns.enter(request);
  expect(count).toBe(1);
  turns.enter(request);
  expect(count).toBe(1);
  while (count < 2) await nextTurn();
  await nextTurn();
  turns.enter(request);
  expect(count).toBe(3);
});
