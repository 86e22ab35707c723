/*
 * Whether the portal's event loop stays free: what readers wait for while 50
 * apps are pushed at once, and what 200 readers wait for, against the same
 * portal idle. The readers are a process of their own; the loop is measured
 * within the portal, by the CPU time of its thread, which other programs do not
 * add to.
 *
 *   node test/load/run.mjs loop [--rounds 3] [--apps 50] [--profile FOLDER] [--check]
 *
 * `--check` fails where a figure that is held is worse than what was agreed, and measures
 * another round only as long as one is: what a machine does beside makes figures
 * worse, never better. `--profile` writes a CPU profile of each part; profiling
 * slows the portal itself.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LoopBench } from './loop/LoopBench';
import { type Round, type Verdict, judgeRounds } from './loop/judgeRounds';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    apps: { type: 'string', default: '50' },
    readers: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '6' },
    port: { type: 'string' },
    profile: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});

async function measure(): Promise<void> {
  const { profile, port } = options;
  const bench = await LoopBench.start({
    apps: Number(options.apps),
    seconds: Number(options.seconds),
    ...(port && { port: Number(port) }),
    ...(profile && { profileTo: (name: string) => join(profile, name) }),
  });
  try {
    const rounds: Round[] = [];
    let verdicts: Verdict[] = [];
    while (rounds.length < Number(options.rounds)) {
      const idle = await bench.idle();
      const pushes = await bench.pushes(rounds.length);
      const visitors = await bench.visitors(Number(options.readers));
      rounds.push({ idle, pushes, visitors });
      print({ idle, pushes, visitors });
      if (!options.check)
        print({ crowd: await bench.crowd(Number(options.readers)) });
      verdicts = judgeRounds(rounds);
      if (options.check && !verdicts.some(isFailure)) break;
    }
    for (const verdict of verdicts) {
      const { figure, value, most } = verdict;
      process.stdout.write(
        `${wordOf(verdict)} ${figure}: ${value.toFixed(
          1,
        )}, at most ${most.toFixed(1)}\n`,
      );
    }
    process.stdout.write(
      `${verdicts
        .map(({ figure, value }) => `${figure}: ${value.toFixed(1)}`)
        .join('; ')}\n`,
    );
    if (options.check && verdicts.some(isFailure)) process.exitCode = 1;
  } finally {
    await bench.remove();
  }
}

function isFailure({ isMet, isHeld }: Verdict): boolean {
  return isHeld && !isMet;
}

function wordOf(verdict: Verdict): string {
  if (verdict.isMet) return 'ok  ';
  return isFailure(verdict) ? 'FAIL' : 'goal';
}

function print(round: object): void {
  const text = JSON.stringify(
    round,
    (_, value) =>
      typeof value === 'number' ? Math.round(value * 10) / 10 : value,
    2,
  );
  process.stdout.write(`${text}\n`);
}

measure().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
