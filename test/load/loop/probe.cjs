// Runs inside the portal (`NODE_OPTIONS=--require`): tells over a socket how its
// event loop does, and takes CPU profiles. Does nothing in any other process.
const { createServer } = require('node:net');
const { Session } = require('node:inspector');
const { monitorEventLoopDelay, performance } = require('node:perf_hooks');
const { readFileSync, writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const TICK_MS = 5;
const isPortal = process.argv.some(word => word.endsWith('src/index.ts'));
if (isMainThread && isPortal && process.env.CALLBOARD_LOOP_PROBE) probe();

function probe() {
  const delay = monitorEventLoopDelay({ resolution: TICK_MS });
  delay.enable();
  // What the loop's own thread computed between two ticks: a machine that is
  // busy with other things does not add to it, a long computation does.
  let last = process.threadCpuUsage();
  let lastAt = performance.now();
  let worst = 0;
  let stalls = [];
  setInterval(() => {
    const now = process.threadCpuUsage();
    const ms = (now.user + now.system - last.user - last.system) / 1000;
    worst = Math.max(worst, ms);
    if (ms > 25)
      stalls.push({
        cpuMs: Math.round(ms),
        wallMs: Math.round(performance.now() - lastAt),
      });
    last = now;
    lastAt = performance.now();
  }, TICK_MS).unref();

  /** How long the loop's thread was ready and other programs had the processors. */
  const waitedMs = () => {
    try {
      const task = `/proc/self/task/${process.pid}/schedstat`;
      return Number(readFileSync(task, 'utf8').split(' ')[1]) / 1e6;
    } catch {
      return 0; // only Linux counts it
    }
  };
  let sinceWaited = waitedMs();
  let since = process.cpuUsage();
  let sinceThread = process.threadCpuUsage();
  let session;
  const post = (method, params) =>
    new Promise((resolve, reject) =>
      session.post(method, params, (error, result) =>
        error ? reject(error) : resolve(result),
      ),
    );
  const commands = {
    async read() {
      const cpu = process.cpuUsage(since);
      const thread = process.threadCpuUsage();
      const answer = {
        cpuMs: (cpu.user + cpu.system) / 1000,
        loopCpuMs:
          (thread.user +
            thread.system -
            sinceThread.user -
            sinceThread.system) /
          1000,
        loopWaitedMs: waitedMs() - sinceWaited,
        worstStallCpuMs: worst,
        stalls: stalls.slice(0, 50),
        delayP99Ms: delay.percentile(99) / 1e6,
        delayMaxMs: delay.max / 1e6,
        rssMiB: process.memoryUsage.rss() / 2 ** 20,
      };
      since = process.cpuUsage();
      sinceThread = thread;
      sinceWaited = waitedMs();
      worst = 0;
      stalls = [];
      delay.reset();
      return answer;
    },
    async profile() {
      session = new Session();
      session.connect();
      await post('Profiler.enable');
      await post('Profiler.setSamplingInterval', { interval: 500 });
      await post('Profiler.start');
      return {};
    },
    async keep(file) {
      const { profile } = await post('Profiler.stop');
      session.disconnect();
      writeFileSync(file, JSON.stringify(profile));
      return { file };
    },
  };
  createServer(socket => {
    socket.once('data', data => {
      const [name, argument] = String(data).trim().split(' ');
      commands[name](argument).then(
        answer => socket.end(JSON.stringify(answer)),
        error => socket.end(JSON.stringify({ error: String(error) })),
      );
    });
    socket.on('error', () => {});
  })
    .listen(process.env.CALLBOARD_LOOP_PROBE)
    .unref();
}
