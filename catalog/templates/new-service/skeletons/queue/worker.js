import { setTimeout as pause } from 'node:timers/promises';
import { database, openQueue, workOn } from './queue.js';

const IDLE_MS = 500;
let isStopping = false;

// Told to stop: finish the task that is under way, then go.
process.on('SIGTERM', () => {
  isStopping = true;
});

await openQueue();
console.log('waiting for tasks');
while (!isStopping) {
  const didWork = await workOn(async task => {
    console.log(`task ${task.id}: ${task.text}`);
  });
  if (!didWork) await pause(IDLE_MS);
}
await database.end();
