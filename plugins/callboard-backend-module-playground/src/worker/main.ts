/*
 * The playground's process: simulated clusters and pushed code, apart from the
 * portal. Their work, and each program that is started for them, then takes no
 * time of the portal's event loop. Started by `PlaygroundWorker`, it executes
 * its orders, and ends with the portal.
 */
import type { Answers, Order, Report, Task } from './messages';
import { type OpenedPlayground, openPlayground } from './openPlayground';

const running = new Map<number, AbortController>();
let opened: Promise<OpenedPlayground> | undefined;

process.on('message', (order: Order) => {
  obey(order).catch((error: Error & { code?: string }) => {
    const cause = {
      message: error.message,
      ...(error.code && { code: error.code }),
    };
    if (order.kind === 'open') report({ kind: 'failed', ...cause });
    else if ('id' in order) report({ kind: 'error', id: order.id, ...cause });
    else throw error;
  });
});
process.on('disconnect', () => process.exit()); // the portal is gone; all children end with this process
// Ctrl-C and `kill` reach the portal too, which then stops this process in order.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {});

async function obey(order: Order): Promise<void> {
  switch (order.kind) {
    case 'open':
      opened = openPlayground(order.settings);
      report({ kind: 'opened', facts: (await opened).facts });
      return;
    case 'do':
      await perform(order.id, order.task);
      return;
    case 'abort':
      running.get(order.id)?.abort();
      return;
    case 'close':
      await (await opened)?.close();
      process.disconnect?.();
      process.exit();
      return;
    default:
      order satisfies never;
  }
}

async function perform(id: number, task: Task): Promise<void> {
  const ended = new AbortController();
  running.set(id, ended);
  try {
    const answer = await answerTo(task, {
      playground: await opened!,
      signal: ended.signal,
      onOutput: line => report({ kind: 'output', id, line }),
    });
    report({ kind: 'done', id, answer });
  } finally {
    running.delete(id);
  }
}

async function answerTo(
  task: Task,
  context: {
    playground: OpenedPlayground;
    signal: AbortSignal;
    onOutput(line: string): void;
  },
): Promise<Answers[keyof Answers]> {
  const { playground, signal, onOutput } = context;
  switch (task.kind) {
    case 'build':
      return playground.build({ ...task.input, signal, onOutput });
    case 'measure':
      return playground.storage.measure(task.images, [], signal);
    case 'remove':
      return playground.storage.remove(task.image, signal);
    case 'power':
      return playground.switchPower(task.cluster, task.on);
    default:
      return task satisfies never;
  }
}

function report(message: Report): void {
  process.send?.(message);
}
