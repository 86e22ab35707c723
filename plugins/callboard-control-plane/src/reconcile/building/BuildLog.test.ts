import type { BuildLogLines } from '../../store';
import { BuildLog } from './BuildLog';

/** A log whose next save is at hand, and what was saved of it. */
function open() {
  const saved: BuildLogLines[] = [];
  let due: (() => void) | undefined;
  const log = new BuildLog({
    save: async lines => {
      saved.push(lines);
    },
    timers: {
      after(_, call) {
        due = call;
        return () => {
          due = undefined;
        };
      },
    },
  });
  const pass = () => due?.();
  return { log, saved, pass };
}

it('is saved while the build goes on, and whole at its end', async () => {
  const { log, saved, pass } = open();
  log.add('npm ci');
  log.add('added 3 packages');
  pass();
  log.add('done');
  await log.end();
  expect(saved).toEqual([
    { head: ['npm ci', 'added 3 packages'], tail: [], leftOut: 0 },
    { head: ['npm ci', 'added 3 packages', 'done'], tail: [], leftOut: 0 },
  ]);
  await log.end();
  expect(saved).toHaveLength(2);
});

it('keeps the first and the last lines of a build that says much, without what moves a terminal', async () => {
  const { log, saved } = open();
  log.add('\u001b[31mred\u001b[0m\u0007\u202e');
  for (let line = 1; line < 100_000; line += 1) log.add(`line ${line}`);
  log.add('x'.repeat(10_000));
  await log.end();
  const [{ head, tail, leftOut }] = saved;
  expect(head[0]).toBe('red');
  expect([head.length, tail.length, leftOut]).toEqual([200, 800, 99_001]);
  expect(tail.at(-2)).toBe('line 99999');
  expect(tail.at(-1)).toHaveLength(300);
});
